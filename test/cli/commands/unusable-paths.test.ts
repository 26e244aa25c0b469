import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runProgram } from '../../../src/cli/program.ts'

/** A path that cannot be used is wrong usage: the message names it, says in words why, and nothing is done. */

const TEMPLATE = `ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Queue:
    Type: Custom::AwsCloudFormationStack
    Properties:
      ServiceToken: acs:fc:cn-hangzhou:1234567890123456:functions/stackbridge
      Timeout: 600
      Parameters: { Timeout: 600, Stack: { Template: "Resources: {Q: {Type: AWS::SQS::Queue}}" } }
`

let folder: string
let file: string
let template: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sb-paths-'))
  file = join(folder, 'file')
  template = join(folder, 'queue.ros.yml')
  await writeFile(file, 'x')
  await writeFile(template, TEMPLATE)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function said(args: readonly string[], stdin = '', environment: Record<string, string> = {}) {
  const printed: string[] = []
  const output = { write: (text: string) => printed.push(text) }
  const code = await runProgram([...args], {
    stdout: output,
    stderr: output,
    stdin: Readable.from([Buffer.from(stdin)]),
    environment: { NO_COLOR: '1', ...environment },
    onInterrupt: () => () => undefined,
    version: '0',
  })
  return { code, printed: printed.join('') }
}

describe('a file in the place of a folder', () => {
  it.each([
    ['up', '--sandbox'],
    ['plan', '--sandbox'],
    ['drift', '--sandbox'],
    ['diagnose', '--sandbox'],
    ['down'],
  ])('is refused as --state of %s', async (...command) => {
    for (const state of [file, join(file, 'below')]) {
      const { code, printed } = await said([...command, '--state', state, template])
      expect(printed).toMatch(
        /^stackbridge: \S+ cannot be used \((?:it is a file|a part of its path is a file)\); give another one with --state\n$/,
      )
      expect(code).toBe(2)
    }
  })

  it.each(['--state', '--report'])('is refused as %s of acceptance before the run', async (option) => {
    const { code, printed } = await said(['acceptance', '--sandbox', '--cloud', 'aws', '--yes', option, file])
    expect(printed).toBe(
      option === '--state'
        ? `stackbridge: ${file} cannot be used (it is a file); give another one with --state\n`
        : `stackbridge: ${file} cannot be written (it is a file); give another folder with --report\n`,
    )
    expect(code).toBe(2)
  })

  it('is refused as --journal of serve', async () => {
    const { code, printed } = await said(['serve', '--listen', '127.0.0.1:0', '--journal', file], '', {
      STACKBRIDGE_BEARER_TOKEN: 't'.repeat(32),
    })
    expect(printed).toBe(`stackbridge: the journal's folder ${file} cannot be used (it is a file)\n`)
    expect(code).toBe(2)
  })

  it('is refused by init and package', async () => {
    expect(await said(['init', 'aws', file])).toEqual({
      code: 2,
      printed: `stackbridge: ${file} cannot be written to (it is a file); give another folder\n`,
    })
    expect(await said(['package', template, '--out', join(file, 'out')])).toEqual({
      code: 2,
      printed: `stackbridge: ${join(file, 'out')} cannot be written (a part of its path is a file); give another file with --out\n`,
    })
  })
})

it('a folder in the place of a file is refused', async () => {
  expect((await said(['package', template, '--out', folder])).printed).toBe(
    `stackbridge: ${folder} cannot be written (it is a folder); give another file with --out\n`,
  )
  expect((await said(['up', '--sandbox', folder])).printed).toBe(
    `stackbridge: ${folder} is a folder; give the path of a file, or - for standard input\n`,
  )
})

it('what is no folder of states beside the template is passed over', async () => {
  const beside = join(folder, 'beside')
  await mkdir(beside)
  await writeFile(join(beside, '.stackbridge'), 'x')
  await writeFile(join(beside, 'queue.ros.yml'), TEMPLATE)
  const { code, printed } = await said(['plan', '--sandbox', join(beside, 'queue.ros.yml')])
  expect(printed).toContain('1 to add.')
  expect(code).toBe(0)
  expect(await readdir(beside)).toEqual(['.stackbridge', 'queue.ros.yml'])
})

const READERS = ['validate', 'up', 'plan', 'drift', 'diagnose', 'package', 'invoke', 'watch', 'doctor']
const READERS_OF_EVENTS = ['plan', 'drift', 'diagnose', 'invoke', 'watch', 'doctor']

describe('standard input', () => {
  it.each(READERS)('has its name in the messages of %s', async (command) => {
    const { code, printed } = await said([command, '-'])
    expect(printed).toMatch(/^(?:stackbridge: )?standard input:? /)
    expect(code).toBe(command === 'validate' ? 1 : 2)
  })

  it.each(READERS_OF_EVENTS)('without a field of an event is no event for %s', async (command) => {
    for (const input of ['{}', '{"a": 1}']) {
      const { code, printed } = await said([command, '-'], input)
      expect(printed).toMatch(
        /^stackbridge: standard input (?:has no field of an event, such as RequestType or ResourceProperties|holds neither an event nor a ROS template)\n$/,
      )
      expect(code).toBe(2)
    }
  })
})
