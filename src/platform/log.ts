import { format } from 'node:util'
import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino'
import { escapeControls } from './control-characters.ts'
import type { Secrets } from './secrets.ts'

/** The part of pino's loggers that the bridge uses. */
export interface Logger extends Pick<PinoLogger, 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace'> {
  child(bindings: Readonly<Record<string, unknown>>): Logger
}

export interface LogOptions {
  /** One of pino's levels, or `silent`. */
  readonly level: string
  readonly secrets: Secrets
  /** Fields of each line, such as the event's ids. */
  readonly bindings?: Readonly<Record<string, unknown>>
  /** Where the lines go; standard output by default. */
  readonly destination?: DestinationStream
}

/**
 * Creates a logger that writes one JSON object a line and masks secrets. Fields, errors and the message are masked before
 * the line is built, so that the line is valid JSON for any secret. Bindings are masked anew when further secrets become
 * known. docs/logging.md lists messages and fields.
 */
export function createLogger({ level, secrets, bindings = {}, destination }: LogOptions): Logger {
  let known: { readonly secrets: number; readonly fields: Record<string, unknown> } | undefined
  const maskedBindings = (): Record<string, unknown> => {
    if (known?.secrets !== secrets.count)
      known = { secrets: secrets.count, fields: maskFields(secrets, bindings) }
    return known.fields
  }
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      // Errors are masked with the other fields.
      serializers: { err: (value: unknown) => value },
      hooks: {
        logMethod(inputs, method) {
          const { fields, message } = partsOf(inputs)
          const masked = { ...maskedBindings(), ...maskFields(secrets, fields) }
          Reflect.apply(method, this, message === undefined ? [masked] : [masked, secrets.mask(message)])
        },
        streamWrite: escapeControls,
      },
    },
    destination ?? standardOutput(),
  )
  const child = (more: Readonly<Record<string, unknown>>): Logger =>
    createLogger({
      level: logger.level,
      secrets,
      bindings: { ...bindings, ...more },
      ...(destination === undefined ? {} : { destination }),
    })
  return Object.assign(logger, { child })
}

/** The arguments of `log.info(fields, message, ...values)`, `log.info(message, ...values)` or `log.error(error)`. */
function partsOf([first, ...rest]: readonly unknown[]): {
  readonly fields: object
  readonly message: string | undefined
} {
  if (typeof first !== 'object' && first !== undefined) return { fields: {}, message: format(first, ...rest) }
  const fields = first instanceof Error ? { err: first } : (first ?? {})
  return { fields, message: rest[0] === undefined ? undefined : format(...rest) }
}

/** Shared by all loggers of the process. Each event has its own logger, which masks the event's secrets. */
let output: DestinationStream | undefined

/** The standard output of the process, one for all loggers. A line that is written to it keeps its place among theirs. */
export function standardOutput(): DestinationStream {
  output ??= outputTo(1)
  return output
}

const MOST_UNWRITTEN_BYTES = 1024 * 1024

/**
 * Writes lines to an open file descriptor. Up to 1 MiB that cannot be written is kept and written with the next line;
 * anything more is dropped.
 */
export function outputTo(fileDescriptor: number): DestinationStream {
  const destination = pino.destination({ dest: fileDescriptor, sync: true, maxLength: MOST_UNWRITTEN_BYTES })
  // Without this listener each line would throw if the disk is full or the pipe is closed, and stop the operation.
  destination.on('error', () => undefined)
  return destination
}

function maskFields(secrets: Secrets, fields: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [secrets.mask(name), secrets.maskDeep(value)]),
  )
}
