import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { completeEvent } from '../../src/cli/event-file.ts'
import { createLocalBridge } from '../../src/cli/local-bridge/local-bridge.ts'
import { openTarget } from '../../src/cli/target.ts'
import { startSandboxCloudFormation } from '../../src/sandbox/aws/cloudformation/server.ts'
import { CLI, reportsIn, run } from './built-cli.ts'
import { awsConnection } from '../embedded-connections.ts'

/** The built command line in a separate process, and the built bridge in it. */

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sb-drift-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const resource = (type: string, properties: string): string =>
  `{ Type: '${type}', Properties: { ServiceToken: { Ref: StackbridgeArn }, Timeout: 600, Parameters: { Timeout: 600, ${properties} } } }`

const template = (value: string, drift: string): string => `ROSTemplateFormatVersion: '2015-09-01'
Parameters: { StackbridgeArn: { Type: String } }
Resources:
  Aws: ${resource(
    'Custom::AwsCloudFormationStack',
    `OnDrift: report, Stack: { Template: { Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: hunter2, DelaySeconds: ${value} }, Metadata: { Sandbox: { Drift: '${drift}' } } } } } }`,
  )}
  Ros: ${resource(
    'Custom::RosStack',
    `Stack: { Template: { ROSTemplateFormatVersion: '2015-09-01', Resources: { Bucket: { Type: 'ALIYUN::OSS::Bucket', Properties: { BucketName: one }, Metadata: { Sandbox: { Drift: '${drift}' } } } } } }`,
  )}
  Heat: ${resource(
    'Custom::HeatStack',
    `OnDrift: refuse, Stack: { Template: { heat_template_version: '2018-08-31', resources: { volume: { type: 'OS::Cinder::Volume', properties: { size: ${value} }, metadata: { Sandbox: { Drift: '${drift}' } } } } } }`,
  )}
`

describe('stackbridge drift', () => {
  it('finds drift in stacks of up; then an Update reports it or is refused', async () => {
    const path = join(folder, 'three.ros.yml')
    const state = ['--state', join(folder, 'state'), '--sandbox']
    await writeFile(path, template('1', ''))
    const none = await run(['drift', path, ...state, '--json'])
    expect(none.code).toBe(1)
    expect(none.stdout).toContain('There is no such stack.')
    expect((await run(['up', path, ...state])).code).toBe(0)
    const same = await run(['drift', path, ...state, '--json', '--detailed-exitcode'])
    expect(reportsIn(same.stdout)).toMatchObject([{ drifted: [] }, { drifted: [] }, { drifted: [] }])
    expect(same.code).toBe(0)

    await writeFile(path, template('1', 'DELETED'))
    expect((await run(['up', path, ...state])).code).toBe(0)
    const { code, stdout, stderr } = await run(['drift', path, ...state])
    expect(stderr).toBe('')
    expect(code).toBe(0)
    expect(stdout.split('\n').filter((line) => /^ {2}[-!~] /.test(line))).toEqual([
      expect.stringMatching(/^ {2}- {3}DELETED {4}Queue {2}AWS::SQS::Queue/),
      expect.stringMatching(/^ {2}- {3}DELETED {4}Bucket {2}ALIYUN::OSS::Bucket/),
      expect.stringMatching(/^ {2}! {3}unhealthy {2}volume {2}OS::Cinder::Volume/),
    ])
    const one = await run(['drift', path, ...state, '--resource', 'Aws', '--json', '--detailed-exitcode'])
    expect(reportsIn(one.stdout)).toMatchObject([
      { type: 'drift', resource: 'Aws', drifted: [{ drift: 'deleted' }] },
    ])
    expect(one.code).toBe(2)

    await writeFile(path, template('2', 'DELETED'))
    const updated = await run(['up', path, ...state, '--json'])
    expect(updated.code).toBe(1)
    const answers = reportsIn(updated.stdout)
    expect(JSON.stringify(answers)).toContain('the stack has drifted: volume (OS::Cinder::Volume')
    expect((await run(['drift', join(folder, 'none.yml')])).code).toBe(2)
    expect((await run(['drift', '--detailed-exitcode', '--no-such-option'])).code).toBe(1)
    // Eight commands, most of which rebuild the embedded clouds.
  })

  it("ends on Ctrl-C during the cloud's detection", async () => {
    const aws = await startSandboxCloudFormation({ resourceDelayMs: 0 })
    aws.cloud.detectionMs = 3_600_000
    const event = {
      ResourceType: 'Custom::AwsCloudFormationStack',
      LogicalResourceId: 'One',
      StackId: 'ros-stack',
      StackName: 'ros',
      ResourceProperties: {
        ...awsConnection(aws),
        Stack: { Name: 'stopped', Template: { Resources: { One: { Type: 'AWS::SQS::Queue' } } } },
      },
    }
    const path = join(folder, 'stopped.json')
    await writeFile(path, JSON.stringify(event))
    const bridge = createLocalBridge({ environment: {} })
    const target = await openTarget(completeEvent(event), 'operate', bridge.surroundings())
    if (!target.ok) throw new Error(target.problems.join('; '))
    await target.session.create()
    await bridge.close()
    await expect.poll(() => [...aws.cloud.stacks.values()][0]?.status).toBe('CREATE_COMPLETE')
    const child = spawn(process.execPath, [CLI, 'drift', path], { env: { PATH: process.env['PATH'] ?? '' } })
    await expect.poll(() => aws.calls.includes('DescribeStackDriftDetectionStatus')).toBe(true)
    const ended = once(child, 'exit')
    child.kill('SIGINT')
    expect(await ended).toEqual([130, null])
    await aws.close()
  })
})
