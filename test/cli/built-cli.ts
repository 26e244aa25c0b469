import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { inject } from 'vitest'

export const CLI = join(inject('built'), 'cli.mjs')

/** The path of one of the repository's own event files. */
export const example = (name: string): string => join(import.meta.dirname, '../../examples/events', name)

export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/**
 * Runs the built command line as a user does; of this process's environment it gets only PATH. `onPrinted` is called with each
 * chunk of standard output.
 */
export function run(
  args: readonly string[],
  input = '',
  environment: Readonly<Record<string, string>> = {},
  onPrinted: (text: string) => void = () => undefined,
): Promise<Ran> {
  return new Promise((resolve) => {
    const env = { PATH: process.env['PATH'] ?? '', ...environment }
    const child = execFile(process.execPath, [CLI, ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr })
    })
    child.stdout?.on('data', onPrinted)
    child.stdin?.end(input)
  })
}

/** The objects that `--json` printed. */
export function reportsIn(stdout: string): Record<string, unknown>[] {
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}
