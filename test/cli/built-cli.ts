import { execFile, spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
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
 * Runs the built command line as a user does. Of this process's environment it gets only PATH. `onPrinted` is called with each
 * chunk of standard output. `cwd` is the working directory of the command.
 */
export function run(
  args: readonly string[],
  input = '',
  environment: Readonly<Record<string, string>> = {},
  onPrinted: (text: string) => void = () => undefined,
  cwd?: string,
): Promise<Ran> {
  return new Promise((resolve) => {
    const env = { PATH: process.env['PATH'] ?? '', ...environment }
    const child = execFile(process.execPath, [CLI, ...args], { env, cwd }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr })
    })
    child.stdout?.on('data', onPrinted)
    child.stdin?.end(input)
  })
}

/** Sends the signal to the command as soon as `isReached` returns true. */
export async function runUntil(
  isReached: () => boolean,
  signal: 'SIGKILL' | 'SIGINT',
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Omit<Ran, 'stdout'>> {
  const env = { PATH: process.env['PATH'] ?? '', ...environment }
  const child = spawn(process.execPath, [CLI, ...args], { env })
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const ended = new Promise<number>((resolve) => {
    child.on('exit', (code) => {
      resolve(code ?? 0)
    })
  })
  while (!isReached() && child.exitCode === null) await setTimeout(20)
  child.kill(signal)
  return { code: await ended, stderr }
}

/** The objects that `--json` printed. */
export function reportsIn(stdout: string): Record<string, unknown>[] {
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}
