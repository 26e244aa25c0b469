import type { Command } from 'commander'
import type { DestinationStream } from 'pino'
import type { Console } from '../terminal/console.ts'
import type { Renderer } from '../report.ts'

/** Options that several commands share; `color` is a global one. */
export interface CommonOptions {
  readonly json?: boolean
  readonly verbose?: boolean
  readonly color?: boolean
}

export function withJsonOption(command: Command): Command {
  return command.option('--json', 'print one JSON object per line, for programs')
}

/** For the commands that run the bridge or a provider. */
export function withCommonOptions(command: Command): Command {
  return withJsonOption(command).option('--verbose', "write the bridge's own log to standard error")
}

/** Loads the renderer, which only an action needs. */
export async function rendererFor(options: CommonOptions, io: Console): Promise<Renderer> {
  if (options.json === true) {
    const { createJsonRenderer } = await import('../terminal/json-renderer.ts')
    return createJsonRenderer((line) => void io.stdout.write(`${line}\n`))
  }
  const { systemClock } = await import('../../platform/clock.ts')
  const { createScreen } = await import('../terminal/screen.ts')
  const { createTextRenderer } = await import('../terminal/text-renderer.ts')
  return createTextRenderer(createScreen(io.stdout), isColored(options, io), systemClock)
}

/** https://no-color.org and https://force-color.org; the command's own option comes first. */
function isColored(options: CommonOptions, { stdout, environment }: Console): boolean {
  const isSet = (name: string) => (environment[name] ?? '') !== ''
  if (options.color === false || isSet('NO_COLOR')) return false
  return stdout.isTTY === true || isSet('FORCE_COLOR')
}

/** The destination of the bridge's log; empty without `--verbose`. */
export function logFor(options: CommonOptions, io: Console): { readonly log?: DestinationStream } {
  return options.verbose === true ? { log: { write: (line: string) => void io.stderr.write(line) } } : {}
}
