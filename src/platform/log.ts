import { format } from 'node:util'
import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino'
import { escapeControls } from './control-characters.ts'
import type { Secrets } from './secrets.ts'

export type Logger = PinoLogger

export interface LogOptions {
  /** One of pino's levels, or `silent`. */
  readonly level: string
  readonly secrets: Secrets
  /** Fields that each line bears, such as the event's ids. */
  readonly bindings?: Readonly<Record<string, unknown>>
  /** Where the lines go; standard output by default. */
  readonly destination?: DestinationStream
}

/**
 * A logger of one JSON object a line that cannot write a secret down: fields, errors and the message are masked while they
 * are still values, so that the line stays JSON whatever the secrets are. What the logger is bound to is masked with each
 * line, since secrets may become known later. The fields are listed in docs/logging.md.
 */
export function createLogger({ level, secrets, bindings = {}, destination }: LogOptions): Logger {
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
          const masked = maskFields(secrets, { ...bindings, ...fields })
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

/** Of a call such as `log.info(fields, message, ...values)`, `log.info(message, ...values)` or `log.error(error)`. */
function partsOf([first, ...rest]: readonly unknown[]): {
  readonly fields: object
  readonly message: string | undefined
} {
  if (typeof first !== 'object' && first !== undefined) return { fields: {}, message: format(first, ...rest) }
  const fields = first instanceof Error ? { err: first } : (first ?? {})
  return { fields, message: rest[0] === undefined ? undefined : format(...rest) }
}

/** One for all loggers of the process: each event has a logger of its own, since it masks its own secrets. */
let output: DestinationStream | undefined

function standardOutput(): DestinationStream {
  output ??= outputTo(1)
  return output
}

const MOST_UNWRITTEN_BYTES = 1024 * 1024

/** Lines to an open file descriptor; what cannot be written is kept for the next line, up to 1 MiB, and dropped beyond. */
export function outputTo(fileDescriptor: number): DestinationStream {
  const destination = pino.destination({ dest: fileDescriptor, sync: true, maxLength: MOST_UNWRITTEN_BYTES })
  // A full disk or a reader that is gone must not stop an operation: without a listener each line would throw.
  destination.on('error', () => undefined)
  return destination
}

function maskFields(secrets: Secrets, fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [secrets.mask(name), secrets.maskDeep(value)]),
  )
}
