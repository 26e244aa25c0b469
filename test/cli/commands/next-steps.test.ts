import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runProgram } from '../../../src/cli/program.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sb-next-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The next steps after an `up` of queues; `more`: what the resource of each has beside its usual fields. */
async function nextSteps(name: string, queues: Record<string, { field?: string; parameter?: string }>) {
  const resources = Object.entries(queues).map(
    ([queue, { field = '', parameter = '' }]) => `  ${queue}:
    Type: Custom::AwsCloudFormationStack
    ${field}
    Properties:
      ServiceToken: acs:fc:cn-hangzhou:1234567890123456:functions/stackbridge
      Timeout: 600
      Parameters:
        Timeout: 600
        ${parameter}
        Stack: { Template: "Resources: {Q: {Type: AWS::SQS::Queue}}" }
`,
  )
  const path = join(folder, `${name}.yml`)
  await writeFile(path, `ROSTemplateFormatVersion: '2015-09-01'\nResources:\n${resources.join('')}`)
  let printed = ''
  const code = await runProgram(['up', '--sandbox', '--state', join(folder, 'state'), path], {
    stdout: { write: (text) => void (printed += text) },
    stderr: { write: () => undefined },
    stdin: Readable.from([]),
    environment: {},
    onInterrupt: () => () => undefined,
    version: '0',
  })
  expect(code).toBe(0)
  return /# (.+)\n$/.exec(printed)?.[1]
}

it('after up is down, which leaves what the resources retain', async () => {
  expect(await nextSteps('own', { One: {} })).toBe('deletes the stack')
  expect(await nextSteps('kept', { One: { parameter: 'OnDelete: retain' }, Two: {} })).toBe(
    'deletes the stack, but not the foreign stack of One',
  )
  expect(
    await nextSteps('all', {
      One: { parameter: 'OnDelete: retain' },
      Two: { field: 'DeletionPolicy: Retain' },
    }),
  ).toBe('deletes the stack, but not the foreign stacks of One, Two')
})
