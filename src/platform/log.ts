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
 * A logger of one JSON object a line that cannot write a secret down: fields and errors are masked while they are still
 * values, and the finished line once more, for what was formatted into a message. The fields are listed in
 * docs/logging.md.
 */
export function createLogger({ level, secrets, bindings = {}, destination }: LogOptions): Logger {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => maskFields(secrets, fields),
        bindings: (fields) => maskFields(secrets, fields),
      },
      // Errors are serialised with the other fields, by their masked copy.
      serializers: { err: (value: unknown) => value },
      hooks: {
        logMethod(inputs, method) {
          const [first, ...rest] = inputs
          const masked = first instanceof Error ? { err: secrets.maskDeep(first) } : first
          Reflect.apply(method, this, [masked, ...rest])
        },
        streamWrite: (line) => escapeControls(secrets.mask(line)),
      },
    },
    destination ?? standardOutput(),
  )
  return logger.child(bindings)
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
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, secrets.maskDeep(value)]))
}
