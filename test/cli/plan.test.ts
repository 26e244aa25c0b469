import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { completeEvent } from '../../src/cli/event-file.ts'
import { createLocalBridge } from '../../src/cli/local-bridge/local-bridge.ts'
import {
  AWS_TYPE,
  startSandboxClouds,
  type SandboxClouds,
} from '../../src/cli/sandbox-clouds/sandbox-clouds.ts'
import { openTarget } from '../../src/cli/target.ts'
import { isJsonObject, type JsonObject } from '../../src/platform/json.ts'
import { startSandboxCloudFormation } from '../../src/sandbox/aws/cloudformation/server.ts'
import { CLI, example, reportsIn, run } from './built-cli.ts'

/** The built command line in a separate process. */

let folder: string
let clouds: SandboxClouds
const bridge = createLocalBridge({ environment: {} })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sb-plan-'))
  clouds = await startSandboxClouds({ resourceDelayMs: 0 })
})
afterAll(async () => {
  await Promise.all([clouds.close(), bridge.close(), rm(folder, { recursive: true, force: true })])
})

async function write(name: string, content: string | JsonObject): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const eventOf = (name: string, resources: JsonObject): JsonObject => ({
  ResourceType: AWS_TYPE,
  ResourceProperties: clouds.connectedProperties(AWS_TYPE, {
    Stack: { Name: name, Template: { Resources: resources } },
  }),
})

const propertiesOf = ({ ResourceProperties: properties = null }: JsonObject): JsonObject =>
  isJsonObject(properties) ? properties : {}

/** Creates the stack of an event; returns its id. */
async function created(event: JsonObject): Promise<string> {
  const target = await openTarget(completeEvent(event), 'operate', bridge.surroundings())
  if (!target.ok) throw new Error(target.problems.join('; '))
  const { session } = target
  const outcome = await session.create()
  if (outcome.outcome !== 'started') throw new Error(`not started: ${outcome.outcome}`)
  const { watch } = outcome
  await expect.poll(async () => (await session.describe(watch)).phase).toBe('succeeded')
  return watch.stack.id
}

const RESOURCES = {
  Kept: { Type: 'AWS::SNS::Topic' },
  Named: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'plan-one' } },
  Shown: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: 'one' } },
  Gone: { Type: 'AWS::SQS::Queue' },
}
const CHANGED = {
  Kept: { Type: 'AWS::SNS::Topic' },
  Named: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'plan-two' } },
  Shown: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: 'hunter2-display' } },
  New: { Type: 'AWS::SQS::Queue' },
}

describe('stackbridge plan', () => {
  it('lists the changes of an Update, losses first, with names of properties and no values', async () => {
    const id = await created(eventOf('planned', RESOURCES))
    const update = { ...eventOf('planned', CHANGED), RequestType: 'Update', PhysicalResourceId: id }
    const file = await write('update.json', update)
    const { code, stdout, stderr } = await run(['plan', file])
    expect(stderr).toBe('')
    expect(code).toBe(0)
    expect(stdout).toContain('update of stack planned')
    const lines = stdout.split('\n').filter((line) => /^ {2}\S/.test(line))
    expect(lines.map((line) => line.replace(/ (planned-|https?:|arn:|plan-)\S+/, '').trim())).toEqual([
      '-/+ REPLACE  Named  AWS::S3::Bucket   (BucketName)',
      '-   REMOVE   Gone   AWS::SQS::Queue',
      '~   change   Shown  AWS::SNS::Topic   (DisplayName)',
      '+   add      New    AWS::SQS::Queue',
    ])
    expect(stdout).toContain('1 to add, 1 to change, 1 to replace, 1 to remove.')
    expect(stdout).not.toContain('hunter2')
    const unchanged = await run([
      'plan',
      await write('same.json', { ...update, ...eventOf('planned', RESOURCES) }),
    ])
    expect(unchanged.stdout).toContain('No resource changes.')
  })

  it('exits with 0 for no change, 2 for a change and 1 for an error, if requested', async () => {
    const id = await created(eventOf('codes', { One: { Type: 'AWS::SQS::Queue' } }))
    const codeOf = async (event: JsonObject) =>
      (await run(['plan', '--detailed-exitcode', '--json', await write('codes.json', event)])).code
    const update = { RequestType: 'Update', PhysicalResourceId: id }
    expect(await codeOf({ ...eventOf('codes', { One: { Type: 'AWS::SQS::Queue' } }), ...update })).toBe(0)
    expect(await codeOf({ ...eventOf('codes', { Two: { Type: 'AWS::SQS::Queue' } }), ...update })).toBe(2)
    const outputs = clouds.connectedProperties(AWS_TYPE, {
      Stack: {
        Name: 'codes',
        Template: { Resources: { One: { Type: 'AWS::SQS::Queue' } }, Outputs: { New: { Value: 'one' } } },
      },
    })
    expect(await codeOf({ ResourceType: AWS_TYPE, ResourceProperties: outputs, ...update })).toBe(2)
    expect(await codeOf({ ...eventOf('codes', {}), ...update, PhysicalResourceId: `${id}0` })).toBe(1)
    expect(await codeOf({ RequestType: 'Delete' })).toBe(1)
    expect((await run(['plan', '--detailed-exitcode', '--no-such-option'])).code).toBe(1)
    expect((await run(['plan', '--no-such-option'])).code).toBe(2)
  })

  it('counts a new stack without resources as a change', async () => {
    const Template = { heat_template_version: '2018-08-31', resources: {} }
    const ResourceProperties = clouds.connectedProperties('Custom::HeatStack', {
      Stack: { Name: 'empty', Template },
    })
    const file = await write('empty.json', { ResourceType: 'Custom::HeatStack', ResourceProperties })
    const { code, stdout } = await run(['plan', '--detailed-exitcode', '--json', file])
    expect(reportsIn(stdout)).toMatchObject([{ operation: 'create', changes: [] }])
    expect(code).toBe(2)
  })

  it('reports that a file is neither an event nor a template', async () => {
    for (const content of ['', ' \n', '[1]', '"text"']) {
      const { code, stderr } = await run(['plan', await write('neither.json', content)])
      expect(stderr).toMatch(/neither\.json holds neither an event nor a ROS template/)
      expect(code).toBe(2)
    }
  })

  it('plans a Create of an event file without a stack', async () => {
    for (const name of ['aws/cloudformation/create.json', 'openstack/heat/create.json']) {
      const { code, stdout } = await run(['plan', '--sandbox', '--json', example(name)])
      expect(reportsIn(stdout)).toMatchObject([
        {
          type: 'plan',
          outcome: 'planned',
          operation: 'create',
          stackId: null,
          changes: [{ action: 'add' }],
        },
      ])
      expect(code).toBe(0)
    }
  })

  it('plans each custom resource of a template, compared with the stacks of up', async () => {
    const template = (value: string, second: string): string => `ROSTemplateFormatVersion: '2015-09-01'
Parameters: { StackbridgeArn: { Type: String } }
Resources:
  First: { Type: Custom::HeatStack, Properties: { ServiceToken: { Ref: StackbridgeArn }, Timeout: 600, Parameters: { Timeout: 600, Stack: { Template: { heat_template_version: '2018-08-31', resources: { thing: { type: 'OS::Heat::TestResource', properties: { value: ${value} } } }, outputs: { Out: { value: { get_attr: [thing, output] } } } } } } } }
  ${second}: { Type: Custom::AwsCloudFormationStack, Properties: { ServiceToken: { Ref: StackbridgeArn }, Timeout: 600, Parameters: { Timeout: 600, Stack: { Template: { Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::Sub': 'q' } } } } } } } } }
  Group: { Type: ALIYUN::ECS::SecurityGroup, Properties: { Description: { 'Fn::GetAtt': [First, Out] } } }
  Third: { Type: Custom::HeatStack, Properties: { ServiceToken: { Ref: StackbridgeArn }, Timeout: 600, Parameters: { Timeout: 600, Stack: { Template: { heat_template_version: '2018-08-31', parameters: { v: { type: string } }, resources: { thing: { type: 'OS::Heat::TestResource', properties: { value: { get_param: v } } } } }, Parameters: { v: { 'Fn::GetAtt': [First, Out] } } } } } }
`
    const state = ['--state', join(folder, 'state'), '--sandbox', '--json']
    const path = await write('three.ros.yml', template('one', 'Second'))
    const fresh = await run(['plan', path, ...state])
    expect(reportsIn(fresh.stdout)).toMatchObject([
      { resource: 'First', operation: 'create' },
      { resource: 'Second', operation: 'create' },
      { resource: 'Third', outcome: 'impossible', reason: expect.stringContaining('First') },
    ])
    expect(fresh.code).toBe(1)
    expect((await run(['up', path, ...state])).code).toBe(0)
    await write('three.ros.yml', template('two', 'Other'))
    const { code, stdout, stderr } = await run(['plan', path, '--detailed-exitcode', ...state])
    expect(stderr).toBe('')
    expect(reportsIn(stdout)).toMatchObject([
      { resource: 'First', operation: 'update', changes: [{ action: 'change', resource: 'thing' }] },
      { resource: 'Other', operation: 'create', changes: [{ action: 'add', resource: 'Queue' }] },
      // ROS computes its input only after the update of First.
      { resource: 'Third', operation: 'update', changes: [] },
      { resource: 'Second', outcome: 'deleted', stackId: expect.stringMatching(/^arn:aws:/) },
    ])
    expect(code).toBe(2)
    const one = await run(['plan', path, '--resource', 'First', ...state])
    expect(reportsIn(one.stdout)).toHaveLength(1)
  })

  it('says whether the stack of a resource stays that is no longer in the template', async () => {
    const resources = (deleted: string, more = ''): string =>
      `{ Type: Custom::AwsCloudFormationStack, ${more} Properties: { ServiceToken: here, Timeout: 600, Parameters: { Timeout: 600, RegionId: us-east-1, ${deleted} } } }`
    const made = (name: string): string =>
      `Stack: { Name: ${name}, Template: { Resources: { Queue: { Type: 'AWS::SQS::Queue' } } } }`
    const head = "ROSTemplateFormatVersion: '2015-09-01'\nResources:\n"
    const left = `  Left: ${resources(made('left'))}\n`
    const path = await write(
      'leaving.ros.yml',
      `${head}${left}  Deleted: ${resources(made('deleted'))}
  Kept: ${resources(`OnDelete: retain, ${made('kept')}`)}
  Retained: ${resources(made('retained'), 'DeletionPolicy: Retain,')}
  Reading: ${resources('Mode: read-only, Stack: { Name: left }', 'DependsOn: Left,')}
`,
    )
    const state = ['--state', join(folder, 'leaving'), '--sandbox', '--json']
    expect((await run(['up', path, ...state])).code).toBe(0)
    await write('leaving.ros.yml', `${head}${left}`)
    const { stdout } = await run(['plan', path, ...state])
    expect(reportsIn(stdout).slice(1)).toMatchObject([
      { resource: 'Deleted', outcome: 'deleted' },
      { resource: 'Kept', outcome: 'kept', reason: expect.stringContaining('OnDelete') },
      { resource: 'Retained', outcome: 'kept', reason: expect.stringContaining('DeletionPolicy') },
      { resource: 'Reading', outcome: 'kept', reason: expect.stringContaining('only reads') },
    ])
  })

  it('plans the other resources of a template if the cloud refuses one', async () => {
    const of = (name: string, type: string): string =>
      `  ${name}: { Type: Custom::HeatStack, Properties: { ServiceToken: here, Timeout: 600, Parameters: { Timeout: 600, Stack: { Template: { heat_template_version: '2018-08-31', resources: { one: { ${type}: 'OS::Heat::TestResource' } } } } } } }\n`
    const head = "ROSTemplateFormatVersion: '2015-09-01'\nResources:\n"
    const path = await write('refused.ros.yml', `${head}${of('Bad', 'Type')}${of('Good', 'type')}`)
    const { code, stdout } = await run(['plan', path, '--sandbox', '--json'])
    expect(reportsIn(stdout)).toMatchObject([
      { resource: 'Bad', outcome: 'impossible', reason: expect.stringContaining('type key') },
      { resource: 'Good', outcome: 'planned' },
    ])
    expect(code).toBe(1)
  })

  it('removes its change set when it is interrupted', async () => {
    const aws = await startSandboxCloudFormation({ resourceDelayMs: 0 })
    aws.cloud.readsUntilPlanned = 1000
    const event = eventOf('stopped', { One: { Type: 'AWS::SQS::Queue' } })
    const connected = {
      ...event,
      ResourceProperties: { ...propertiesOf(event), Endpoint: aws.url },
    }
    const id = await created(connected)
    const update = { ...connected, RequestType: 'Update', PhysicalResourceId: id }
    const child = spawn(process.execPath, [CLI, 'plan', await write('stopped.json', update)], {
      env: { PATH: process.env['PATH'] ?? '' },
    })
    await expect.poll(() => aws.cloud.changeSetsOf(id)).toHaveLength(1)
    const ended = once(child, 'exit')
    child.kill('SIGINT')
    expect(await ended).toEqual([130, null])
    expect(aws.cloud.changeSetsOf(id)).toEqual([])
    await aws.close()
  })
})
