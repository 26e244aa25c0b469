import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../../../src/platform/clock.ts'
import type { JsonObject } from '../../../../src/platform/json.ts'
import { createLogger } from '../../../../src/platform/log.ts'
import { createNetwork } from '../../../../src/platform/network.ts'
import { Secrets } from '../../../../src/platform/secrets.ts'
import { provider as awsCloudFormation } from '../../../../src/providers/aws/cloudformation/provider.ts'
import type { Check } from '../../../../src/providers/provider.ts'
import {
  SANDBOX_KEY,
  startSandboxCloudFormation,
  type SandboxCloudFormation,
} from '../../../../src/sandbox/aws/cloudformation/server.ts'

let aws: SandboxCloudFormation | undefined
let network: ReturnType<typeof createNetwork>
beforeEach(() => {
  network = createNetwork({ allowPrivateAddresses: true, intranetCallbackRanges: [] })
})
afterEach(async () => {
  await Promise.all([aws?.close(), network.close()])
})

/** The results of the checks, by name, for a key that is denied these actions. */
async function checked(deniedActions: readonly string[], stack: JsonObject = {}, more: JsonObject = {}) {
  aws = await startSandboxCloudFormation({ keys: [{ ...SANDBOX_KEY, deniedActions }] })
  const secrets = new Secrets()
  const properties = {
    AccessKeyId: SANDBOX_KEY.accessKeyId,
    AccessKeySecret: SANDBOX_KEY.secretAccessKey,
    RegionId: aws.region,
    Endpoint: aws.url,
    Stack: { Name: 'a-stack', Template: BUCKET, ...stack },
    ...more,
  }
  const opened = await awsCloudFormation.open(
    {
      kind: 'create',
      owner: { rosStackId: 'ros', rosStackName: 'ros', logicalResourceId: 'A' },
      requestId: 'r',
      properties,
      fingerprint: 'f',
    },
    {
      clock: systemClock,
      random: () => 0.5,
      network,
      secrets,
      log: createLogger({ level: 'silent', secrets }),
      environment: {},
    },
  )
  if (!opened.ok) throw new Error(JSON.stringify(opened.problems))
  if ('OnDrift' in more) await opened.session.create()
  const found = new Map<string, Check>()
  for await (const check of opened.session.checks?.() ?? []) found.set(check.name, check)
  return found
}

const BUCKET = {
  Parameters: { Name: { Type: 'String' } },
  Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { Ref: 'Name' } } } },
}
const ROLE = { Resources: { Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'a-role' } } } }
const NAMED = { Parameters: { Name: 'a-bucket' } }

describe('the checks of AWS', () => {
  it('find nothing missing for a key with all rights, and change nothing', async () => {
    const found = await checked([], NAMED)
    const results = [...found.values()].map(({ name, result }) => [name, result])
    expect(results).toEqual([
      ['credentials', 'ok'],
      ['DescribeStacks', 'ok'],
      ['DescribeStackEvents', 'ok'],
      ['DescribeEvents', 'ok'],
      ['ListStackResources', 'ok'],
      ['ListStacks', 'ok'],
      ['ValidateTemplate', 'ok'],
      ['CreateStack …', 'unknown'],
    ])
    expect(aws?.cloud.stacks.size).toBe(0)
  })

  it.each(['DescribeStacks', 'DescribeStackEvents', 'ListStackResources'])(
    'name %s if the policy does not allow it',
    async (action) => {
      const found = await checked([action], NAMED)
      expect(found.get(action)).toMatchObject({
        result: 'missing',
        detail: expect.stringContaining(`allow cloudformation:${action} in the policy`),
      })
      expect(found.get('ListStacks')).toMatchObject({ result: 'ok' })
    },
  )

  it('check the permissions for OnDrift if there is a stack', async () => {
    const names = ['DescribeStackResourceDrifts', 'DescribeStackDriftDetectionStatus']
    const all = await checked([], NAMED, { OnDrift: 'report' })
    expect(names.map((name) => all.get(name)?.result)).toEqual(['ok', 'ok'])
    for (const [OnDrift, result, loss] of [
      ['report', 'degraded', /as UNKNOWN$/],
      ['refuse', 'missing', /refuses each Update$/],
    ] as const) {
      await aws?.close()
      const found = await checked(names, NAMED, { OnDrift })
      for (const name of names)
        expect(found.get(name)).toMatchObject({ result, detail: expect.stringMatching(loss) })
    }
  })

  it('report what works without ListStacks, which the bridge does not need', async () => {
    expect((await checked(['ListStacks'], NAMED)).get('ListStacks')).toMatchObject({
      result: 'degraded',
      detail: expect.stringContaining('is not recognised'),
    })
  })

  it('report what does not work without DescribeEvents', async () => {
    expect((await checked(['DescribeEvents'], NAMED)).get('DescribeEvents')).toMatchObject({
      result: 'degraded',
      detail: expect.stringMatching(
        /allow cloudformation:DescribeEvents in the policy; without it .* which validation/,
      ),
    })
  })

  it('report no missing right for calls that the bridge never makes', async () => {
    const found = await checked(['ValidateTemplate'], NAMED)
    expect(found.get('ValidateTemplate')).toMatchObject({ result: 'unknown' })
  })

  it.each([
    ['a parameter that is not given', {}, 'Stack.Parameters.Name is missing'],
    [
      'a parameter that the template has not',
      { Parameters: { Name: 'n', Nmae: 'n' } },
      'Stack.Parameters.Nmae is not a parameter',
    ],
    ['a capability that is not given', { Template: ROLE }, 'CAPABILITY_NAMED_IAM in Stack.Capabilities'],
    ['a template that is none', { Template: { Resources: {} } }, 'mend Stack.Template'],
  ])('find %s before anything is created', async (_name, stack, problem) => {
    expect((await checked([], stack)).get('ValidateTemplate')).toMatchObject({
      result: 'missing',
      detail: expect.stringContaining(problem),
    })
  })
})
