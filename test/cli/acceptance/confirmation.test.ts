import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Console } from '../../../src/cli/terminal/console.ts'
import { runProgram } from '../../../src/cli/program.ts'

/** The question before a run, on a terminal with the given answers. */

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sb-confirm-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function answering(answer: string) {
  const printed: string[] = []
  const output = { write: (text: string) => printed.push(text) }
  const io = {
    stdout: Object.assign(Object.create(process.stdout), output),
    stderr: output,
    stdin: Object.assign(Readable.from([answer]), { isTTY: true }),
    environment: { NO_COLOR: '1' },
    onInterrupt: () => () => undefined,
    version: '0',
  } satisfies Console
  const options = ['--state', join(folder, 'state'), '--report', folder]
  const code = await runProgram(['acceptance', '--cloud', 'aws', ...options], io)
  return { code, printed: printed.join('') }
}

it.each(['n\n', '\n', ''])('creates nothing if the answer is %j', async (answer) => {
  const { code, printed } = await answering(answer)
  expect(printed).toMatch(/no other stack is changed.*Begin\? \[y\/N\] .*nothing was done/s)
  expect(code).toBe(1)
  expect((await readdir(folder)).filter((name) => name.startsWith('stackbridge'))).toEqual([])
})
