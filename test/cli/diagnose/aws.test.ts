import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { completeEvent } from '../../../src/cli/event-file.ts'
import { createLocalBridge } from '../../../src/cli/local-bridge/local-bridge.ts'
import { openTarget, withoutFields } from '../../../src/cli/target.ts'
import type { JsonObject } from '../../../src/platform/json.ts'
import { SANDBOX_KEY, startSandboxCloudFormation } from '../../../src/sandbox/aws/cloudformation/server.ts'
import { diagnosed, readDiagnosis, shapeOf } from './diagnosed.ts'

const POLICY = join(import.meta.dirname, '../../../examples/policies/aws/cloudformation/diagnose.json')
const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:maker'
const READER = {
  accessKeyId: 'AKIAREADERREADER0000',
  secretAccessKey: 'reader-secret-of-no-value-000000000000000',
  accountId: '123456789012',
  deniedActions: [] as string[],
}

const sandboxed = (behaviour: JsonObject): JsonObject => ({ Metadata: { Sandbox: behaviour } })
const failing = (
  Type: string,
  Message: string,
  more: JsonObject = {},
  Properties: JsonObject = {},
): JsonObject => ({
  Type,
  Properties,
  ...sandboxed({ FailOn: 'create', Message, ...more }),
})

let cloud: Awaited<ReturnType<typeof startSandboxCloudFormation>>
const bridge = createLocalBridge({ environment: {} })
let stacks = 0

beforeAll(async () => {
  cloud = await startSandboxCloudFormation({ resourceDelayMs: 0, keys: [SANDBOX_KEY, READER] })
})
afterAll(async () => {
  await Promise.all([cloud.close(), bridge.close()])
})

const connection = (key: { accessKeyId: string; secretAccessKey: string } = SANDBOX_KEY): JsonObject => ({
  AccessKeyId: key.accessKeyId,
  AccessKeySecret: key.secretAccessKey,
  RegionId: 'us-east-1',
  Endpoint: cloud.url,
})

/** Creates a stack and waits until it is complete; returns an event that names it. */
async function failed(
  Resources: JsonObject,
  { key = SANDBOX_KEY, stack = {} }: { key?: typeof SANDBOX_KEY; stack?: JsonObject } = {},
): Promise<JsonObject & { PhysicalResourceId: string }> {
  stacks += 1
  const Stack = {
    Name: `diagnosed-${String(stacks)}`,
    Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
    Template: { Resources },
    ...stack,
  }
  const event = completeEvent({ ResourceProperties: { ...connection(), Stack } })
  const target = await openTarget(event, 'operate', bridge.surroundings())
  if (!target.ok) throw new Error(target.problems.join('; '))
  const outcome = await target.session.create()
  if (outcome.outcome !== 'started') throw new Error(outcome.outcome)
  const { watch } = outcome
  await expect.poll(async () => (await target.session.describe(watch)).phase).not.toBe('working')
  await expect.poll(() => cloud.cloud.stacks.get(watch.stack.id)?.operation).toBeUndefined()
  return { ...event, ResourceProperties: { ...connection(key), Stack }, PhysicalResourceId: watch.stack.id }
}

describe('stackbridge diagnose on AWS', () => {
  it('shows each failed resource with its events, the first failure before those that it caused', async () => {
    const read = await readDiagnosis(
      await failed({
        Broken: failing('AWS::SNS::Topic', 'Topic already exists'),
        Waiting: { Type: 'AWS::SQS::Queue', ...sandboxed({ DelaySeconds: 5 }) },
      }),
    )
    expect(read).toMatchObject({ status: 'ROLLBACK_COMPLETE', isAtWork: false, missing: [] })
    expect(shapeOf(read)[0]).toBe('Broken')
    expect(shapeOf(read).slice(1).sort()).toEqual(['(Waiting)', `(${read.stackName})`])
    const [broken] = read.failures
    expect(broken?.type).toBe('AWS::SNS::Topic')
    expect(broken?.history.map(({ status }) => status)).toEqual([
      'CREATE_IN_PROGRESS',
      'CREATE_FAILED',
      'DELETE_IN_PROGRESS',
      'DELETE_COMPLETE',
    ])
    expect(read.next.map(({ cause }) => cause)).toEqual(['Something of this name exists already.'])
  })

  it('follows the failure through stacks that are nested three deep', async () => {
    const nested = (name: string, Resources: JsonObject): JsonObject => {
      const TemplateURL = `https://templates.example/${name}.json`
      cloud.cloud.templates.set(TemplateURL, JSON.stringify({ Resources }))
      return { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL } }
    }
    const Leaf = failing('AWS::SNS::Topic', 'the leaf')
    const event = await failed({ A: nested('a', { B: nested('b', { C: nested('c', { Leaf }) }) }) })
    const read = await readDiagnosis(event)
    expect(read.failures[0]).toMatchObject({ path: 'A/B/C/Leaf', isConsequence: false })
    expect(shapeOf(read).slice(1).sort()).toEqual(['(A)', '(A/B)', '(A/B/C)', `(${read.stackName})`].sort())
  })

  it("reads the log of a custom resource's function, without the lines of the runtime", async () => {
    const log = ['START RequestId: 1', 'ERROR connection refused', 'END RequestId: 1', 'REPORT RequestId: 1']
    const message = 'CloudFormation did not receive a response from your Custom Resource.'
    const custom = failing('Custom::Made', message, { Log: log }, { ServiceToken: FUNCTION })
    const { failures, next } = await readDiagnosis(await failed({ Made: custom }))
    expect(failures[0]?.evidence.map(({ source, text }) => [source, text])).toEqual([
      ['log /aws/lambda/maker', 'ERROR connection refused'],
    ])
    expect(next[0]?.cause).toBe("The custom resource's function did not answer CloudFormation.")
  })

  it("reads the log group of the function's configuration, or Lambda's default group if it has no permission for that", async () => {
    const behaviour = { Log: ['ERROR in a group of its own'], LogGroup: '/teams/network' }
    const ownGroup = 'arn:aws:lambda:us-east-1:123456789012:function:own-group'
    const broken = failing('Custom::Made', 'no answer', behaviour, { ServiceToken: ownGroup })
    const sourcesFor = async (deniedActions: string[]) => {
      READER.deniedActions = deniedActions
      const read = await readDiagnosis(await failed({ Made: broken }, { key: READER }))
      return { read, sources: read.failures[0]?.evidence.map(({ source }) => source) }
    }
    expect(await sourcesFor([])).toMatchObject({ sources: ['log /teams/network'], read: { missing: [] } })
    const denied = await sourcesFor(['GetFunctionConfiguration'])
    expect(denied.read.missing[0]).toMatchObject({
      action: 'lambda:GetFunctionConfiguration',
      isDenied: true,
      tells: 'which log own-group writes to',
    })
    expect(denied.sources).toEqual([])
  })

  it.each([
    [
      'arn:aws:sns:us-east-1:123456789012:makers',
      'Made is served through the topic arn:aws:sns:us-east-1:123456789012:makers: the bridge does not look up its subscribers.',
    ],
    [
      'arn:aws:lambda:us-east-1:999999999999:function:maker',
      'The function maker of Made is in the account 999999999999: only credentials of that account can read its log.',
    ],
    ['https://example.com', 'its ServiceToken is no Lambda function.'],
  ])(
    'explains why the log behind the ServiceToken %s is not read, and makes no call',
    async (ServiceToken, said) => {
      const event = await failed({ Made: failing('Custom::Made', 'no answer', {}, { ServiceToken }) })
      const before = cloud.calls.length
      expect((await readDiagnosis(event)).notes.join('\n')).toContain(said)
      expect(cloud.calls.slice(before)).not.toContain('FilterLogEvents')
      expect(cloud.calls.slice(before)).not.toContain('GetFunctionConfiguration')
    },
  )

  it('uses the default log group of a deleted function, and reports that a call failed', async () => {
    const gone = 'arn:aws:lambda:us-east-1:123456789012:function:gone'
    const event = await failed({ Made: failing('Custom::Made', 'no answer', {}, { ServiceToken: gone }) })
    const read = await readDiagnosis(event)
    expect(read.missing.map(({ action, tells }) => [action, tells])).toEqual([
      ['logs:FilterLogEvents', 'the log /aws/lambda/gone'],
    ])
    cloud.faults.add('throttle', { action: 'GetFunctionConfiguration', times: 1 })
    expect((await readDiagnosis(event)).missing).toContainEqual(
      expect.objectContaining({ action: 'lambda:GetFunctionConfiguration', isDenied: false }),
    )
  })

  it('reads the events of an ECS service, and the denied calls of a failure that names none', async () => {
    const said =
      '(service web) was unable to place a task because no container instance met all of its requirements.'
    const { failures } = await readDiagnosis(
      await failed({
        Web: failing('AWS::ECS::Service', 'ECS Deployment Circuit Breaker was triggered.', { Log: [said] }),
        Policy: failing('AWS::S3::BucketPolicy', 'Access Denied', { DeniedCall: 's3:PutBucketPolicy' }),
      }),
    )
    const evidence = new Map(failures.map(({ path, evidence: own }) => [path, own.map(({ text }) => text)]))
    expect(evidence.get('Web')).toEqual([said])
    expect(evidence.get('Policy')).toEqual([
      'PutBucketPolicy of s3.amazonaws.com, called by arn:aws:iam::123456789012:user/sandbox: AccessDenied: Access Denied',
    ])
  })

  it.each([
    ['DescribeStacks', 'cloudformation:DescribeStacks'],
    ['DescribeStackEvents', 'cloudformation:DescribeStackEvents'],
    ['DescribeEvents', 'cloudformation:DescribeEvents'],
    ['FilterLogEvents', 'logs:FilterLogEvents'],
    ['DescribeServices', 'ecs:DescribeServices'],
    ['LookupEvents', 'cloudtrail:LookupEvents'],
  ])('names the missing permission to call %s, and shows the rest', async (denied, action) => {
    READER.deniedActions = [denied]
    const event = await failed(
      {
        Made: failing('Custom::Made', 'Access Denied', { Log: ['line'] }, { ServiceToken: FUNCTION }),
        Web: failing('AWS::ECS::Service', 'broken', { Log: ['line'] }),
      },
      { key: READER },
    )
    const read = await readDiagnosis(event)
    expect(read.missing).toMatchObject([{ action, isDenied: true }])
    expect(read.missing[0]?.said).toContain(denied)
    expect(read.failures.length > 0).toBe(denied !== 'DescribeStackEvents')
  })

  it('finds a deleted stack by its id, and by its name', async () => {
    const event = await failed(
      { Broken: failing('AWS::SNS::Topic', 'broken') },
      { stack: { OnFailure: 'DELETE' } },
    )
    await expect.poll(() => cloud.cloud.stacks.get(event.PhysicalResourceId)?.status).toBe('DELETE_COMPLETE')
    const unnamed = withoutFields(event, ['PhysicalResourceId'])
    for (const read of [await readDiagnosis(event), await readDiagnosis(unnamed)]) {
      expect(read).toMatchObject({ status: 'DELETE_COMPLETE', stackId: event.PhysicalResourceId })
      expect(read.failures[0]).toMatchObject({ path: 'Broken' })
    }
  })

  it('reports that no operation has failed, and that a stack does not exist', async () => {
    const event = await failed({ Fine: { Type: 'AWS::SNS::Topic' } })
    expect(await readDiagnosis(event)).toMatchObject({ status: 'CREATE_COMPLETE', failures: [], next: [] })
    const id = 'arn:aws:cloudformation:us-east-1:123456789012:stack/none/00000000-0000-4000-8000-0000000fffff'
    expect(await diagnosed({ ...event, PhysicalResourceId: id })).toMatchObject({ outcome: 'absent' })
  })

  it('reports that an operation is still in progress', async () => {
    stacks += 1
    const Stack = {
      Name: `diagnosed-${String(stacks)}`,
      Template: { Resources: { Slow: { Type: 'AWS::SNS::Topic', ...sandboxed({ DelaySeconds: 3600 }) } } },
    }
    const event = completeEvent({ ResourceProperties: { ...connection(), Stack } })
    const target = await openTarget(event, 'operate', bridge.surroundings())
    if (!target.ok) throw new Error(target.problems.join('; '))
    await target.session.create()
    expect(await readDiagnosis(event)).toMatchObject({ isAtWork: true, failures: [] })
  })

  it('masks the secrets of the properties, and texts in a log that look like secrets', async () => {
    const custom = failing(
      'Custom::Made',
      'Access Denied for hunter2-hidden',
      {
        Log: [
          'user hunter2-hidden, DB_PASSWORD=pa55w0rd-in-log, postgres://u:pw-in-a-url@db/x, AKIAIOSFODNN7EXAMPLE',
        ],
      },
      { ServiceToken: FUNCTION, Password: { Ref: 'Password' } },
    )
    const Template = {
      Parameters: { Password: { Type: 'String', NoEcho: true } },
      Resources: { Made: custom },
    }
    const Parameters = { Password: 'hunter2-hidden' }
    const shown = JSON.stringify(await readDiagnosis(await failed({}, { stack: { Template, Parameters } })))
    expect(shown).toContain('[secret]')
    for (const secret of ['hunter2-hidden', 'pa55w0rd-in-log', 'pw-in-a-url', 'AKIAIOSFODNN7EXAMPLE'])
      expect(shown).not.toContain(secret)
  })

  it('reads at most its limit of a stack with very many events, and says so', async () => {
    const event = await failed({ Broken: failing('AWS::SNS::Topic', 'broken') })
    const events = cloud.cloud.stacks.get(event.PhysicalResourceId)?.events ?? []
    const [begin, ...rest] = events
    if (begin === undefined) throw new Error('no events')
    const many = Array.from({ length: 10_000 }, (_, index) => ({
      ...begin,
      id: `many-${String(index)}`,
      logicalId: `R${String(index % 500)}`,
      physicalId: '',
    }))
    events.splice(0, events.length, begin, ...many, ...rest)
    const read = await readDiagnosis(event)
    expect(read.failures[0]).toMatchObject({ path: 'Broken' })
    expect(read.notes.join()).toContain('more events than are read')
  })

  it('needs only the permissions of its policy', async () => {
    READER.deniedActions = []
    const custom = failing('Custom::Made', 'Access Denied', { Log: ['line'] }, { ServiceToken: FUNCTION })
    const Web = failing('AWS::ECS::Service', 'broken', { Log: ['line'] })
    const event = await failed({ Made: custom, Web }, { stack: { OnFailure: 'DELETE' } })
    await expect.poll(() => cloud.cloud.stacks.get(event.PhysicalResourceId)?.status).toBe('DELETE_COMPLETE')
    const before = cloud.calls.length
    await readDiagnosis(withoutFields(event, ['PhysicalResourceId']))
    const allowed = readFileSync(POLICY, 'utf8').match(/(?<=:)[A-Z]\w+(?=")/g) ?? []
    expect([...new Set(cloud.calls.slice(before))].sort()).toEqual(allowed.sort())
  })
})
