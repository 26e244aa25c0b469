import type { Environment } from '../../platform/settings.ts'

/** Where a command writes. The fields are those of `process.stdout`. */
export interface Output {
  write(text: string): unknown
  readonly isTTY?: boolean
  readonly columns?: number
  readonly rows?: number
}

/** What a command may use of the process; a test passes its own. */
export interface Console {
  readonly stdout: Output
  readonly stderr: { write(text: string): unknown }
  /** `isTTY`: a person can answer a question there. */
  readonly stdin: AsyncIterable<unknown> & { readonly isTTY?: boolean }
  readonly environment: Environment
  /** Calls back on SIGINT, SIGTERM, or when nobody reads `stdout` any more; returns a function that stops listening. */
  onInterrupt(callback: () => void): () => void
  readonly version: string
}

/**
 * `changes`: with `plan --detailed-exitcode`, where wrong usage is `failed`. `closedPipe`: nobody reads the output any more; as a
 * shell reports a program that SIGPIPE has ended.
 */
export const EXIT = {
  success: 0,
  failed: 1,
  usage: 2,
  changes: 2,
  interrupted: 130,
  closedPipe: 141,
} as const

/** What each command gets besides its own arguments. */
export interface CommandContext {
  readonly io: Console
  readonly setExitCode: (code: number) => void
}
