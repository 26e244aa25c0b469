import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runProgram } from '../../../src/cli/program.ts'

/** A command that finds nothing to do says so: no output would look like a fault. */

const WITHOUT_STACKS = `ROSTemplateFormatVersion: '2015-09-01'
Resources: { Vpc: { Type: 'ALIYUN::ECS::VPC', Properties: { CidrBlock: 10.0.0.0/8 } } }
`

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sb-nothing-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function said(...args: readonly string[]) {
  const printed = { stdout: '', stderr: '' }
  const code = await runProgram([...args], {
    stdout: { write: (text: string) => (printed.stdout += text) },
    stderr: { write: (text: string) => (printed.stderr += text) },
    stdin: Readable.from([Buffer.from(WITHOUT_STACKS)]),
    environment: { NO_COLOR: '1' },
    onInterrupt: () => () => undefined,
    version: '0',
  })
  return { code, ...printed }
}

it.each([['plan'], ['drift'], ['diagnose']])('%s, of a template without a foreign stack', async (command) => {
  const args = [command, '-', '--stack-name', 'none', '--state', join(folder, 'state')]
  expect(await said(...args)).toEqual({
    code: 0,
    stdout: 'no stack to ask about: the template has no resource that Stackbridge serves\n',
    stderr: '',
  })
  expect(await said(...args, '--json')).toEqual({ code: 0, stdout: '', stderr: '' })
})

it('acceptance clean, where no run was interrupted', async () => {
  const args = ['acceptance', 'clean', '--state', join(folder, 'state')]
  expect(await said(...args)).toEqual({
    code: 0,
    stdout: `nothing is left of an interrupted run in ${join(folder, 'state')}\n`,
    stderr: '',
  })
  expect(await said(...args, '--json')).toEqual({ code: 0, stdout: '', stderr: '' })
})
