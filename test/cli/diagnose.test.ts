import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  AWS_TYPE,
  startSandboxClouds,
  type SandboxClouds,
} from '../../src/cli/sandbox-clouds/sandbox-clouds.ts'
import type { JsonObject } from '../../src/platform/json.ts'
import { reportsIn, run } from './built-cli.ts'

/** The built command line in a separate process. */

let folder: string
let clouds: SandboxClouds

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sb-diagnose-'))
  clouds = await startSandboxClouds({ resourceDelayMs: 0 })
})
afterAll(async () => {
  await Promise.all([clouds.close(), rm(folder, { recursive: true, force: true })])
})

async function write(name: string, content: string | JsonObject): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const TEMPLATE = {
  Resources: {
    Made: {
      Type: 'Custom::Made',
      Properties: { ServiceToken: 'arn:aws:lambda:us-east-1:123456789012:function:maker' },
      Metadata: {
        Sandbox: {
          FailOn: 'create',
          Message: 'CloudFormation did not receive a response from your Custom Resource.',
          Log: ['ERROR \u001b[31mred\u001b[0m PASSWORD=hunter2-in-a-log'],
        },
      },
    },
  },
}

describe('stackbridge diagnose', () => {
  it('shows the likely cause, its log without secrets and control characters, and what to do', async () => {
    const event = {
      ResourceType: AWS_TYPE,
      ResourceProperties: { Stack: { Name: 'failing', Template: TEMPLATE } },
    }
    const file = await write('event.json', event)
    const { code, stdout, stderr } = await run(['diagnose', '--sandbox', file])
    expect(stderr).toBe('')
    expect(code).toBe(0)
    expect(stdout).toContain('LIKELY CAUSE  Made')
    expect(stdout).toContain('log /aws/lambda/maker:')
    expect(stdout).toContain('PASSWORD=[secret]')
    expect(stdout).not.toContain('\u001b')
    expect(stdout).toContain("next: The custom resource's function did not answer CloudFormation.")
  })

  it('reads the stack of an id in a cloud that the environment names, after the FAILED answer that suggests the command', async () => {
    const Stack = { Name: 'by-id', Template: TEMPLATE }
    const properties = clouds.connectedProperties(AWS_TYPE, { Stack })
    const file = await write('create.json', { ResourceType: AWS_TYPE, ResourceProperties: properties })
    const invoked = await run(['invoke', file, '--json'])
    const answer = reportsIn(invoked.stdout).find(({ type }) => type === 'answer')
    const reason = typeof answer?.['reason'] === 'string' ? answer['reason'] : ''
    expect(reason).toMatch(/For more, run: stackbridge diagnose with this id\.$/)
    const id = /arn:aws:cloudformation:\S+(?=\.)/.exec(reason)?.[0] ?? ''
    const environment = clouds.connections.find(({ cloud }) => cloud === 'aws')?.environment ?? {}
    const { code, stdout, stderr } = await run(['diagnose', id, '--json'], '', environment)
    expect(stderr).toBe('')
    expect(code).toBe(0)
    expect(reportsIn(stdout)).toMatchObject([
      {
        type: 'diagnosis',
        outcome: 'read',
        stackId: id,
        failures: [{ path: 'Made' }, { isConsequence: true }],
      },
    ])
  })

  it('diagnoses the failed stack of up by its template', async () => {
    const template = await write(
      'failing.ros.yml',
      `ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Foreign:
    Type: ALIYUN::ROS::CustomResource
    Properties:
      ServiceToken: acs:fc:cn-hangzhou:1234567890:functions/stackbridge
      Timeout: 600
      Parameters:
        Provider: AwsCloudFormation
        Stack:
          Template: ${JSON.stringify(TEMPLATE)}
`,
    )
    const state = ['--state', join(folder, 'state')]
    expect((await run(['up', '--sandbox', template, ...state])).code).toBe(1)
    const { code, stdout, stderr } = await run(['diagnose', '--sandbox', template, ...state])
    expect(stderr).toBe('')
    expect(stdout).toContain('diagnose  Foreign')
    expect(stdout).toContain('LIKELY CAUSE  Made')
    expect(code).toBe(0)
  })

  it('refuses a command line that names no stack', async () => {
    const { code, stderr } = await run(['diagnose'])
    expect(code).toBe(2)
    expect(stderr).toContain('give a template, an event file or the id of a stack')
  })
})
