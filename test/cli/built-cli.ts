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
 * Runs the built command line as a person does, with nothing of this process's environment but the path. `onPrinted` is
 * told each piece of standard output as it comes.
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

/** What `--json` printed. */
export function reportsIn(stdout: string): Record<string, unknown>[] {
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}
