import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  SANDBOX_KEY,
  startSandboxAliyunRos,
  type SandboxAliyunRos,
} from '../../../../src/sandbox/alibaba-cloud/ros/server.ts'
import { vendor, vendorClient } from './vendor-client.ts'

/** The embedded ROS, called by Alibaba Cloud's own SDK. */

let ros: SandboxAliyunRos
let client: ReturnType<typeof vendorClient>

beforeEach(async () => {
  ros = await startSandboxAliyunRos({ resourceDelayMs: 5 })
  client = vendorClient(ros.url, SANDBOX_KEY)
})
afterEach(() => ros.close())

const regionId = 'cn-hangzhou'
const EMPTY = '{"ROSTemplateFormatVersion": "2015-09-01"}'
const thing = (properties: object, parameters: object = {}): string =>
  JSON.stringify({
    ROSTemplateFormatVersion: '2015-09-01',
    Parameters: parameters,
    Resources: { Thing: { Type: 'Sandbox::Resource', Properties: properties } },
    Outputs: { Value: { Value: { 'Fn::GetAtt': ['Thing', 'Value'] } } },
  })

async function create(more: object = {}): Promise<string> {
  const request = { regionId, stackName: 'a-stack', templateBody: EMPTY, ...more }
  return (await client.createStack(new vendor.CreateStackRequest(request))).body?.stackId ?? ''
}

async function get(stackId: string, more: object = {}) {
  const { body } = await client.getStack(new vendor.GetStackRequest({ regionId, stackId, ...more }))
  if (body === undefined) throw new Error('no body')
  return body
}

async function settled(stackId: string): Promise<string> {
  await expect.poll(() => ros.cloud.stacks.get(stackId)?.operation).toBeUndefined()
  return (await get(stackId)).status ?? ''
}

const update = (stackId: string, more: object) =>
  client.updateStack(new vendor.UpdateStackRequest({ regionId, stackId, ...more }))
const remove = (stackId: string, more: object = {}) =>
  client.deleteStack(new vendor.DeleteStackRequest({ regionId, stackId, ...more }))

async function codeOf(call: Promise<unknown>): Promise<string> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'none'
}

describe('the article’s operations', () => {
  it('list the regions, create a stack of the empty template, show its status and delete it', async () => {
    const { body } = await client.describeRegions(
      new vendor.DescribeRegionsRequest({ acceptLanguage: 'en-US' }),
    )
    expect(body?.regions?.map((region) => region.regionId)).toContain('cn-hangzhou')
    const id = await create({ timeoutInMinutes: 60 })
    expect(await settled(id)).toBe('CREATE_COMPLETE')
    await remove(id)
    expect(await settled(id)).toBe('DELETE_COMPLETE')
  })
})

describe('a signature', () => {
  it.each([
    ['an unknown key', { accessKeyId: 'unknown' }, 'InvalidAccessKeyId.NotFound'],
    ['another secret', { accessKeySecret: 'another' }, 'SignatureDoesNotMatch'],
    ['an invalid token', { securityToken: 'x' }, 'InvalidSecurityToken.MismatchWithAccessKey'],
  ])('by %s is refused', async (_what, more, code) => {
    const other = vendorClient(ros.url, { ...SANDBOX_KEY, ...more })
    expect(await codeOf(other.describeRegions(new vendor.DescribeRegionsRequest({})))).toBe(code)
  })

  it('with an expired time stamp is refused', async () => {
    await ros.close()
    const late = { now: () => Date.now() + 3_600_000, sleep: () => Promise.resolve() }
    ros = await startSandboxAliyunRos({ signatureClock: late })
    const other = vendorClient(ros.url, SANDBOX_KEY)
    expect(await codeOf(other.describeRegions(new vendor.DescribeRegionsRequest({})))).toBe(
      'InvalidTimeStamp.Expired',
    )
  })
})

describe('a client token', () => {
  it('returns the same answer to the same request, even after the stack is deleted', async () => {
    const id = await create({ clientToken: 'token-1' })
    await settled(id)
    await remove(id)
    expect(await settled(id)).toBe('DELETE_COMPLETE')
    expect(await create({ clientToken: 'token-1' })).toBe(id)
    expect(ros.cloud.stacks.size).toBe(1)
  })

  it('is refused with another request', async () => {
    await create({ clientToken: 'token-1' })
    expect(await codeOf(create({ clientToken: 'token-1', stackName: 'another' }))).toBe(
      'InvalidIdempotenceParameter',
    )
  })

  it('starts one update', async () => {
    const id = await create({ templateBody: thing({ Value: 1 }) })
    await settled(id)
    const again = { templateBody: thing({ Value: 2 }), clientToken: 'token-2' }
    await update(id, again)
    await settled(id)
    await update(id, again)
    expect(ros.cloud.stacks.get(id)?.operation).toBeUndefined()
  })
})

describe('a request is refused', () => {
  it.each<[string, object, string]>([
    ['a name with a dot', { stackName: 'a.b' }, 'InvalidParameter'],
    ['two templates', { templateURL: 'https://t' }, 'MultipleParameter'],
    ['no template', { templateBody: undefined }, 'MissingParameter'],
    ['no version', { templateBody: '{}' }, 'InvalidTemplateVersion'],
    [
      'a reference to an undefined name',
      { templateBody: thing({ Value: { Ref: 'Nothing' } }) },
      'InvalidTemplateReference',
    ],
    [
      'an undefined parameter',
      { parameters: [{ parameterKey: 'P', parameterValue: 'x' }] },
      'UnknownUserParameter',
    ],
    ['a missing parameter', { templateBody: thing({}, { P: { Type: 'String' } }) }, 'UserParameterMissing'],
    ['a timeout that is too short', { timeoutInMinutes: 5 }, 'InvalidParameter'],
    ['a client token that is too long', { clientToken: 'x'.repeat(65) }, 'InvalidParameter'],
    ['a reserved tag', { tags: [{ key: 'acs:x', value: '1' }] }, 'InvalidParameter'],
    ['an unknown region', { regionId: 'mars-north-1' }, 'InvalidParameter'],
    ['an unknown template', { templateBody: undefined, templateId: 't' }, 'TemplateNotFound'],
  ])('with %s', async (_what, more, code) => {
    expect(await codeOf(create(more))).toBe(code)
    expect(ros.cloud.stacks.size).toBe(0)
  })

  it('beyond the rate limit', async () => {
    await ros.close()
    ros = await startSandboxAliyunRos({ callsPerMinute: 2 })
    client = vendorClient(ros.url, SANDBOX_KEY)
    const id = await create()
    await get(id)
    await get(id)
    expect(await codeOf(get(id))).toBe('Throttling.User')
  })
})

describe('a stack', () => {
  it('has a unique name in its account and region until it is deleted', async () => {
    const id = await create()
    expect(await codeOf(create())).toBe('StackExists')
    expect(await create({ regionId: 'eu-central-1' })).not.toBe(id)
    await settled(id)
    await remove(id)
    await settled(id)
    expect(await create()).not.toBe(id)
  })

  it('is not visible from another region', async () => {
    const id = await create()
    expect(await codeOf(get(id, { regionId: 'eu-central-1' }))).toBe('StackNotFound')
  })

  it('runs one operation at a time', async () => {
    const id = await create({ templateBody: thing({ Value: 1 }) })
    await settled(id)
    await update(id, { templateBody: thing({ Value: 2, DelaySeconds: 0.2 }) })
    expect(await codeOf(update(id, { templateBody: thing({ Value: 3 }) }))).toBe('ActionInProgress')
    expect(await codeOf(remove(id))).toBe('ActionInProgress')
  })

  it('refuses an update without a change, but not a dry run of one', async () => {
    const id = await create()
    await settled(id)
    expect(await codeOf(update(id, { templateBody: EMPTY }))).toBe('NotSupported')
    expect(await codeOf(update(id, { templateBody: EMPTY, dryRun: true }))).toBe('none')
  })

  it('is rolled back when its creation or an update fails', async () => {
    const failed = await create({ templateBody: thing({ FailOn: 'create' }) })
    expect(await settled(failed)).toBe('CREATE_ROLLBACK_COMPLETE')
    expect(await codeOf(update(failed, { templateBody: EMPTY }))).toBe('NotSupported')
    const id = await create({ stackName: 'b-stack', templateBody: thing({ Value: 1 }) })
    await settled(id)
    await update(id, { templateBody: thing({ Value: 2, FailOn: 'update' }) })
    expect(await settled(id)).toBe('ROLLBACK_COMPLETE')
    expect((await get(id)).outputs?.map((output) => output['OutputValue'])).toEqual([1])
    const { events } = ros.cloud.stacks.get(id) ?? { events: [] }
    const own = events.filter(({ logicalId }) => logicalId === 'b-stack').map(({ status }) => status)
    expect(own.slice(2)).toEqual([
      'UPDATE_IN_PROGRESS',
      'UPDATE_FAILED',
      'ROLLBACK_IN_PROGRESS',
      'ROLLBACK_COMPLETE',
    ])
  })

  it('without rollback stays in CREATE_FAILED, and its creation can be continued', async () => {
    const id = await create({
      disableRollback: true,
      templateBody: thing({ FailOn: 'create', Message: 'no' }),
    })
    expect(await settled(id)).toBe('CREATE_FAILED')
    expect((await get(id)).operationInfo).toMatchObject({ logicalResourceId: 'Thing', message: 'no' })
    const mended = { regionId, stackId: id, templateBody: thing({ Value: 1 }) }
    await client.continueCreateStack(new vendor.ContinueCreateStackRequest(mended))
    expect(await settled(id)).toBe('CREATE_COMPLETE')
    expect(await codeOf(client.continueCreateStack(new vendor.ContinueCreateStackRequest(mended)))).toBe(
      'NotSupported',
    )
  })

  it('is not deleted while deletion protection is enabled', async () => {
    const id = await create({ deletionProtection: 'Enabled' })
    await settled(id)
    expect(await codeOf(remove(id))).toBe('InvalidOperation.DeletionProtection')
    const off = { regionId, stackId: id, deletionProtection: 'Disabled' }
    await client.setDeletionProtection(new vendor.SetDeletionProtectionRequest(off))
    await remove(id)
    expect(await settled(id)).toBe('DELETE_COMPLETE')
  })

  it('masks parameters with NoEcho', async () => {
    const parameters = [{ parameterKey: 'P', parameterValue: 'very secret' }]
    const body = thing({ Value: 1 }, { P: { Type: 'String', NoEcho: true } })
    const shown = await get(await create({ templateBody: body, parameters }))
    expect(JSON.stringify(shown)).not.toContain('very secret')
  })

  it('stops its creation on a cancellation', async () => {
    const id = await create({ templateBody: thing({ DelaySeconds: 30 }) })
    const stop = { regionId, stackId: id, allowedStackOperations: ['CreateStack'] }
    await client.cancelStackOperation(new vendor.CancelStackOperationRequest(stop))
    expect(await settled(id)).toBe('CREATE_ROLLBACK_COMPLETE')
  })

  it('is listed with its events and resources, page by page', async () => {
    const id = await create({ templateBody: thing({ Value: 1 }), tags: [{ key: 'team', value: 'a' }] })
    await settled(id)
    const page = { regionId, stackId: id, pageSize: 3, pageNumber: 2 }
    const { body: events } = await client.listStackEvents(new vendor.ListStackEventsRequest(page))
    expect(events?.totalCount).toBe(4)
    expect(events?.events?.map(({ status }) => status)).toEqual(['CREATE_IN_PROGRESS'])
    const { body: resources } = await client.listStackResources(
      new vendor.ListStackResourcesRequest({ regionId, stackId: id }),
    )
    expect(resources?.resources?.map(({ logicalResourceId }) => logicalResourceId)).toEqual(['Thing'])
    const byTag = { regionId, stackName: ['a-stack'], tag: [{ key: 'team', value: 'a' }] }
    const { body: stacks } = await client.listStacks(new vendor.ListStacksRequest(byTag))
    expect(stacks?.stacks?.map(({ stackId }) => stackId)).toEqual([id])
  })
})
