import type { Command } from 'commander'
import type { DestinationStream } from 'pino'
import type { Environment } from '../platform/settings.ts'
import { createJsonRenderer } from './json-renderer.ts'
import type { Renderer } from './report.ts'
import { createScreen } from './screen.ts'
import { createTextRenderer } from './text-renderer.ts'

/** What a command may use of the process; a test brings its own. */
export interface Console {
  readonly stdout: NodeJS.WriteStream
  readonly stderr: { write(text: string): unknown }
  readonly stdin: AsyncIterable<unknown>
  readonly environment: Environment
  /** Calls back when the person wants to stop; returns how to stop listening. */
  onInterrupt(callback: () => void): () => void
  readonly version: string
}

export const EXIT = { success: 0, failed: 1, usage: 2, interrupted: 130 } as const

/** What each command is given beside its own arguments. */
export interface CommandContext {
  readonly io: Console
  readonly setExitCode: (code: number) => void
}

/** Options that every command which shows something has; `color` is a global one. */
export interface CommonOptions {
  readonly json?: boolean
  readonly verbose?: boolean
  readonly color?: boolean
}

/** Adds the options that `CommonOptions` reads. */
export function withCommonOptions(command: Command): Command {
  return command
    .option('--json', 'one JSON object a line, for machines')
    .option('--verbose', "the bridge's own log on standard error")
}

export function rendererFor(options: CommonOptions, io: Console): Renderer {
  if (options.json === true) return createJsonRenderer((line) => void io.stdout.write(`${line}\n`))
  return createTextRenderer(createScreen(io.stdout), isColoured(options, io))
}

/** https://no-color.org and https://force-color.org; the command's own option comes first. */
function isColoured(options: CommonOptions, { stdout, environment }: Console): boolean {
  const isSet = (name: string) => (environment[name] ?? '') !== ''
  if (options.color === false || isSet('NO_COLOR')) return false
  return stdout.isTTY || isSet('FORCE_COLOR')
}

/** Where the bridge's log goes; empty for nowhere. */
export function logFor(options: CommonOptions, io: Console): { readonly log?: DestinationStream } {
  return options.verbose === true ? { log: { write: (line: string) => void io.stderr.write(line) } } : {}
}

/** The embedded clouds are quicker than real ones, and are on loopback, where any credential may go. */
export function sandboxSettings(environment: Environment): Environment {
  return { STACKBRIDGE_POLL_MIN_MS: '200', STACKBRIDGE_ENDPOINT_HOSTS: '127.0.0.1', ...environment }
}
