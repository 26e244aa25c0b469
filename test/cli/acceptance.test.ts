import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  startSandboxCloudFormation,
  type SandboxCloudFormation,
} from '../../src/sandbox/aws/cloudformation/server.ts'
import { reportsIn, run, runUntil } from './built-cli.ts'

/** Runs the scenarios with the built command line, on embedded clouds. */

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sb-accept-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const at = (...args: readonly string[]): string[] => [
  'acceptance',
  ...args,
  ...['--json', '--state', join(folder, 'state'), '--report', folder],
]

const failures = (stdout: string) =>
  reportsIn(stdout).filter(({ type, result }) => type === 'scenario' && result !== 'passed')

describe('stackbridge acceptance --sandbox', () => {
  it.each(['aws', 'heat', 'huawei-rfs', 'aliyun-ros'])(
    'runs every scenario on the embedded cloud %s, and writes a report without ids of accounts',
    async (cloud) => {
      const ran = await run(at('--sandbox', '--yes', '--cloud', cloud))
      expect(ran.stderr).toBe('')
      expect(failures(ran.stdout)).toEqual([])
      expect(ran.code).toBe(0)
      const files = await readdir(folder)
      const [json = '', markdown = ''] = await Promise.all(
        ['.json', '.md'].map((end) =>
          readFile(join(folder, files.find((file) => file.endsWith(end)) ?? ''), 'utf8'),
        ),
      )
      const report: unknown = JSON.parse(json)
      expect(report).toMatchObject({ sandbox: true, subjects: [cloud], left: [] })
      expect(report).toHaveProperty('scenarios.length', 13)
      expect(report).toHaveProperty(
        'facts',
        expect.arrayContaining([
          { fact: 'delay-header', seen: null, why: expect.stringContaining('--deployed') },
        ]),
      )
      for (const text of [json, markdown]) {
        expect(text).not.toMatch(/123456789012|hidden-[0-9a-f]{24}|sandbox-secret|0123456789abcdef/)
        expect(text).toContain('Gate')
      }
      expect(markdown).toContain('not observed, because')
    },
  )

  it('does nothing without a terminal unless --yes confirms the plan', async () => {
    const ran = await run(at('--sandbox', '--cloud', 'aws'))
    expect(ran.stderr).toContain('give --yes')
    expect(ran.code).toBe(2)
    expect(ran.stdout).toBe('')
  })

  it('requires a cloud, and lists them', async () => {
    const ran = await run(at('--yes'))
    expect(ran.stderr).toContain('give --cloud with one of aws, heat, huawei-rfs, aliyun-ros')
    expect(ran.code).toBe(2)
  })
})

describe('stackbridge acceptance clean', () => {
  let aws: SandboxCloudFormation
  beforeEach(async () => {
    aws = await startSandboxCloudFormation({ resourceDelayMs: 1500 })
  })
  afterEach(() => aws.close())

  const environment = () => ({
    AWS_ENDPOINT_URL: aws.url,
    AWS_REGION: aws.region,
    AWS_ACCESS_KEY_ID: aws.key.accessKeyId,
    AWS_SECRET_ACCESS_KEY: aws.key.secretAccessKey,
    STACKBRIDGE_ENDPOINT_HOSTS: '127.0.0.1',
    STACKBRIDGE_POLL_MIN_MS: '200',
  })
  const existing = () =>
    [...aws.cloud.stacks.values()]
      .filter(({ status }) => status !== 'DELETE_COMPLETE')
      .map(({ name }) => name)

  /** Sends the signal to the run when a stack has the status. */
  const interrupted = (status: string, signal: 'SIGKILL' | 'SIGINT') =>
    runUntil(
      () => [...aws.cloud.stacks.values()].some((stack) => stack.status === status),
      signal,
      at('--yes', '--cloud', 'aws'),
      environment(),
    )

  it.each(['CREATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE'])(
    'deletes what a run has left that was killed at %s, and no other stack',
    async (status) => {
      const created = await run(['invoke', '-', '--json'], createByAnotherOwner(), environment())
      expect(created.code, created.stdout).toBe(0)
      await interrupted(status, 'SIGKILL')
      expect(existing()).toHaveLength(2)
      const another = await run(at('--yes', '--cloud', 'aws'), '', environment())
      expect(another.stderr).toContain('run stackbridge acceptance clean first')
      const cleaned = await run(at('clean'), '', environment())
      expect(cleaned.code, cleaned.stdout).toBe(0)
      expect(existing()).toEqual(['of-another'])
      const again = await run(at('clean'), '', environment())
      expect(again).toMatchObject({ code: 0, stdout: '', stderr: '' })
    },
  )

  it('is the command that the run suggests after Ctrl-C', async () => {
    const { code, stderr } = await interrupted('CREATE_IN_PROGRESS', 'SIGINT')
    expect(code).toBe(130)
    expect(stderr).toContain('run stackbridge acceptance clean')
    expect((await run(at('clean'), '', environment())).code).toBe(0)
    expect(existing()).toEqual([])
  })
})

/** A stack that looks like one of a run, but belongs to another owner. */
function createByAnotherOwner(): string {
  return JSON.stringify({
    RequestType: 'Create',
    ResourceType: 'Custom::AwsCloudFormationStack',
    LogicalResourceId: 'Stack',
    ResourceProperties: {
      Stack: {
        Name: 'of-another',
        Template: { Resources: { Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' } } },
        Tags: { 'stackbridge-acceptance': 'of-another' },
      },
    },
  })
}
