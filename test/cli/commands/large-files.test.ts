import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runProgram } from '../../../src/cli/program.ts'

/** Files that are larger than ROS or the bridge accepts: a command refuses them before it parses them as YAML, which is slow. */

const MOST = 524_288
const HEAD = `ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Queue:
    Type: Custom::AwsCloudFormationStack
    Properties:
      ServiceToken: here
      Timeout: 600
      Parameters:
        Timeout: 600
        Stack: { Template: file://included.yml }
`

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sb-large-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function said(args: readonly string[], stdin: Iterable<Uint8Array> = []) {
  const printed: string[] = []
  const output = { write: (text: string) => printed.push(text) }
  const code = await runProgram([...args], {
    stdout: output,
    stderr: output,
    stdin: Readable.from(stdin),
    environment: { NO_COLOR: '1' },
    onInterrupt: () => () => undefined,
    version: '0',
  })
  return { code, printed: printed.join('') }
}

async function written(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text)
  return join(folder, name)
}

const PLAYING = [
  ['up', '--sandbox'],
  ['plan', '--sandbox'],
  ['drift', '--sandbox'],
  ['diagnose', '--sandbox'],
]

describe('a ROS template that is longer than the limit of ROS', () => {
  it.each([...PLAYING, ['package'], ['validate']])(
    'is refused by %s, whatever else it contains',
    async (...command) => {
      // Invalid YAML proves that the file is not parsed.
      const path = await written('long.ros.yml', HEAD + '['.repeat(MOST))
      const { code, printed } = await said([...command, path])
      expect(printed).toContain(
        `has ${String(HEAD.length + MOST)} bytes, and ROS takes a template of at most ${String(MOST)}`,
      )
      expect(code).toBe(command[0] === 'validate' ? 1 : 2)
    },
  )
})

describe('an included file', () => {
  it.each(PLAYING)(
    'that does not fit in an event is refused by %s before anything is created',
    async (...command) => {
      await written('included.yml', '['.repeat(MOST + 1))
      const path = await written('including.ros.yml', HEAD)
      const { code, printed } = await said([...command, '--state', join(folder, 'state'), path])
      expect(printed).toContain(`included.yml, which has ${String(MOST + 1)} characters`)
      expect(printed).toContain('--upload-to')
      expect(code).toBe(2)
    },
  )
})

it('an endless file, device or pipe is not read to its end', async () => {
  const endless = (function* () {
    for (;;) yield Buffer.alloc(1_000_000, 'x')
  })()
  const { code, printed } = await said(['validate', '-'], endless)
  expect(printed).toBe('stackbridge: standard input has more than 10000000 bytes, which no cloud takes\n')
  expect(code).toBe(2)
  const { printed: ofDevice } = await said(['up', '/dev/zero', '--stack-name', 'zero'])
  expect(ofDevice).toContain('/dev/zero has more than 10000000 bytes')
})
