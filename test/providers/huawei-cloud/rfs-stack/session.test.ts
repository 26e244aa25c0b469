import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { JsonObject } from '../../../../src/platform/json.ts'
import { createHuaweiRfsStack } from '../../../../src/providers/huawei-cloud/rfs-stack/provider.ts'
import { readMarker } from '../../../../src/providers/huawei-cloud/rfs-stack/marker.ts'
import { createHuaweiMemory } from '../../../../src/providers/huawei-cloud/client.ts'
import type { StackRef } from '../../../../src/providers/provider.ts'
import { HuaweiFault } from '../../../../src/sandbox/huawei-cloud/fault.ts'
import { SANDBOX_AGENCY } from '../../../../src/sandbox/huawei-cloud/iam.ts'
import { OWNER, settled, startedWatch, startHuaweiWorld, type HuaweiWorld } from '../world.ts'

const TEMPLATE = `
variable "value" {}
variable "fail" { default = false }
variable "keeps" { default = false }
resource "sandbox_thing" "thing" {
  value = var.value
  fail  = var.fail
  keeps = var.keeps
}
output "Value" { value = sandbox_thing.thing.value }
output "Hidden" {
  value     = sandbox_thing.thing.id
  sensitive = true
}
`

let world: HuaweiWorld

beforeEach(async () => {
  world = await startHuaweiWorld(createHuaweiRfsStack(createHuaweiMemory()))
})
afterEach(() => world.close())

/** For tests that have to poll before an accepted operation shows, on a busy machine. */
async function withSlowQueue(): Promise<void> {
  await world.close()
  world = await startHuaweiWorld(createHuaweiRfsStack(createHuaweiMemory()), { queueMs: 500 })
}

const stackWith = (Parameters: JsonObject, more: JsonObject = {}): JsonObject => ({
  Stack: { Name: 'my-stack', TemplateBody: TEMPLATE, Parameters, ...more },
})

async function make(properties: JsonObject): Promise<StackRef> {
  const session = await world.open(properties)
  const watch = startedWatch(await session.create())
  await settled(session, watch)
  return watch.stack
}

function stackNamed(name: string) {
  const stack = world.cloud.rfs.stacks.get(name)
  if (stack === undefined) throw new Error(`there is no stack ${name}`)
  return stack
}

function paths(method: string): string[] {
  return world.cloud.requests.filter((one) => one.method === method).map(({ url }) => url)
}

describe('a Create', () => {
  it('answers with outputs of their own types, and names those that RFS hides', async () => {
    const session = await world.open(stackWith({ value: { a: [1, true, 'x'] } }))
    expect(await settled(session, startedWatch(await session.create()))).toMatchObject({
      phase: 'succeeded',
      status: 'DEPLOYMENT_COMPLETE',
      outputs: { Value: { a: [1, true, 'x'] } },
      failedOutputs: { Hidden: expect.stringContaining('sensitive') },
    })
  })

  it('returns an id with region, project, name and the stack id to ROS', async () => {
    const { id } = await make(stackWith({ value: 'x' }))
    const stack = stackNamed('my-stack')
    expect(id).toBe(`huaweicloud:rfs:cn-north-4:${world.cloud.user.projectId}:stacks/my-stack/${stack.id}`)
  })

  it('without a template creates an empty stack', async () => {
    const session = await world.open({ Stack: { Name: 'empty' } })
    expect(await settled(session, startedWatch(await session.create()))).toEqual({
      phase: 'succeeded',
      status: 'CREATION_COMPLETE',
      outputs: {},
    })
  })

  it('does not mistake an empty stack for a deployed one', async () => {
    await withSlowQueue()
    const session = await world.open(stackWith({ value: 'x' }))
    const watch = startedWatch(await session.create())
    // Accepted, but not started yet.
    expect(stackNamed('my-stack').status).toBe('CREATION_COMPLETE')
    expect(await session.describe(watch)).toMatchObject({ phase: 'working', status: 'CREATION_COMPLETE' })
  })

  it('writes the owner after the description, and RFS keeps both', async () => {
    await make(stackWith({ value: 'x' }, { Description: 'a network' }))
    const { description } = stackNamed('my-stack')
    expect(description).toMatch(/^a network stackbridge:owner=[0-9a-f]{24},created=[0-9a-f]{24},request=/)
    expect(description).toMatch(/resource=Network,ros-stack=ros-stack-1$/)
  })

  it('leaves room for the mark after the longest description, for all of ROS’s names', async () => {
    const owner = { rosStackId: 'i'.repeat(200), rosStackName: 'ros', logicalResourceId: 'L'.repeat(200) }
    const Description = 'd'.repeat(768)
    const session = await world.open(stackWith({ value: 'x' }, { Description }), { owner })
    await settled(session, startedWatch(await session.create()))
    expect(await session.find()).toMatchObject({ ownership: { mark: 'ours' } })
    const adopted = await world.open(stackWith({ value: 'y' }, { Description }), { owner, requestId: 'r-2' })
    stackNamed('my-stack').description = 'somebody else’s'
    const found = await adopted.find()
    if (found.found !== true) throw new Error('the stack was not found')
    expect(await adopted.update(found.stack)).toMatchObject({ outcome: 'started' })
    expect(stackNamed('my-stack').description).toMatch(/,adopted,/)
  })

  it('that is delivered again is recognised by its mark, also when the stack has settled', async () => {
    const { id } = await make(stackWith({ value: 'x' }))
    const again = await world.open(stackWith({ value: 'x' }))
    expect(await again.create()).toEqual({
      outcome: 'taken',
      message: expect.stringMatching(/^RFS CreateStack: HTTP 409: RF\.\d+: .*exist/),
    })
    const found = await again.find()
    expect(found).toMatchObject({
      found: true,
      ownership: { mark: 'ours' },
      started: { kind: 'create', stack: { id } },
    })
  })

  it('of another request finds the stack settled, without an operation', async () => {
    await make(stackWith({ value: 'x' }))
    const other = await (await world.open(stackWith({ value: 'x' }), { requestId: 'request-2' })).find()
    expect(other).toMatchObject({ found: true, condition: 'settled', ownership: { mark: 'ours' } })
    expect(other).not.toHaveProperty('started')
  })

  it('of another resource learns who owns the stack', async () => {
    await make(stackWith({ value: 'x' }))
    const owner = { ...OWNER, logicalResourceId: 'Other' }
    const found = await (await world.open(stackWith({ value: 'x' }), { owner })).find()
    expect(found).toMatchObject({
      ownership: { mark: 'another', owner: 'the resource Network of the ROS stack ros-stack-1' },
    })
  })

  it('asks for a shorter name where ROS could not keep the id', async () => {
    const session = await world.open(stackWith({ value: 'x' }, { Name: '资'.repeat(60) }))
    await expect(session.create()).rejects.toThrow(/Stack.Name must have at most \d+ bytes/)
  })

  it('reports the errors of a template in RFS’s words', async () => {
    const session = await world.open({ Stack: { Name: 'bad', TemplateBody: 'resource "x" {' } })
    await expect(session.create()).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('RFS CreateStack: HTTP 400: RF.10011073: Invalid template body'),
    })
  })
})

describe('a failed deployment', () => {
  it('names the failed resource and the reason', async () => {
    const session = await world.open(stackWith({ value: 'x', fail: true }, { EnableAutoRollback: true }))
    const watch = startedWatch(await session.create())
    expect(await settled(session, watch)).toMatchObject({ phase: 'failed', status: 'ROLLBACK_COMPLETE' })
    expect(await session.explain(watch)).toMatchObject({
      cause: 'thing (sandbox_thing): Error: Test Resource failed, with sandbox_thing.thing, on main.tf',
    })
  })

  it('is not final while RFS may roll back', async () => {
    const session = await world.open(stackWith({ value: 'x', fail: true }))
    const watch = startedWatch(await session.create())
    expect(await settled(session, watch)).toMatchObject({ status: 'DEPLOYMENT_FAILED', final: true })
    stackNamed('my-stack').autoRollback = true
    expect(await session.describe(watch)).toMatchObject({ phase: 'failed', final: false })
  })
})

describe('an Update', () => {
  it('changes attributes by one call and deploys by the next', async () => {
    const stack = await make(stackWith({ value: 'x' }, { Description: 'old' }))
    const session = await world.open(
      stackWith({ value: 'y' }, { EnableDeletionProtection: true, EnableAutoRollback: true }),
      { kind: 'update', physicalResourceId: stack.id, requestId: 'request-2' },
    )
    const watch = startedWatch(await session.update(stack))
    expect(await settled(session, watch)).toMatchObject({ phase: 'succeeded', outputs: { Value: 'y' } })
    expect(stackNamed('my-stack')).toMatchObject({
      deletionProtection: true,
      autoRollback: true,
      // The Update does not contain it, so it stays.
      description: expect.stringMatching(/^old stackbridge:/),
    })
    expect(paths('PATCH')).toHaveLength(1)
  })

  it('sends no unchanged attribute, since RFS refuses some of them in some states', async () => {
    const stack = await make(
      stackWith({ value: 'x' }, { EnableAutoRollback: true, EnableDeletionProtection: false }),
    )
    const session = await world.open(
      stackWith({ value: 'y' }, { EnableAutoRollback: true, EnableDeletionProtection: false }),
      { kind: 'update', physicalResourceId: stack.id, requestId: 'request-2' },
    )
    await session.update(stack)
    const patch = world.cloud.requests.find(({ method }) => method === 'PATCH')
    expect(Object.keys(JSON.parse(patch?.body ?? ''))).toEqual(['description', 'stack_id'])
  })

  it('does not mistake the status from before it for its end', async () => {
    await withSlowQueue()
    const stack = await make(stackWith({ value: 'x' }))
    const session = await world.open(stackWith({ value: 'y' }), {
      kind: 'update',
      physicalResourceId: stack.id,
      requestId: 'request-2',
    })
    const watch = startedWatch(await session.update(stack))
    expect(stackNamed('my-stack').status).toBe('DEPLOYMENT_COMPLETE')
    expect(await session.describe(watch)).toMatchObject({
      phase: 'working',
      status: 'DEPLOYMENT_COMPLETE (from before)',
    })
    expect(await settled(session, watch)).toMatchObject({ outputs: { Value: 'y' } })
  })

  it('does not mistake an older read for its end, nor one whose deployment has only begun', async () => {
    await withSlowQueue()
    const stack = await make(stackWith({ value: 'x' }))
    const session = await world.open(stackWith({ value: 'y' }), {
      kind: 'update',
      physicalResourceId: stack.id,
      requestId: 'request-2',
    })
    const watch = startedWatch(await session.update(stack))
    const { updatedAt, events } = stackNamed('my-stack')
    stackNamed('my-stack').updatedAt = updatedAt - 60_000
    expect(await session.describe(watch)).toMatchObject({ phase: 'working' })
    stackNamed('my-stack').updatedAt = updatedAt
    const { deploymentId = '' } = readMarker(watch.marker)
    events.unshift({ deploymentId, at: world.clock.now(), type: 'LOG', message: 'begun' })
    const again = await session.describe(watch)
    expect(again).toMatchObject({ phase: 'working' })
    expect(again).not.toMatchObject({ marker: { seen: true } })
  })

  it('waits for another operation', async () => {
    const stack = await make(stackWith({ value: 'x' }))
    const session = await world.open(stackWith({ value: 'y' }), {
      kind: 'update',
      physicalResourceId: stack.id,
      requestId: 'request-2',
    })
    stackNamed('my-stack').status = 'DEPLOYMENT_IN_PROGRESS'
    expect(await session.update(stack)).toEqual({ outcome: 'busy', status: 'DEPLOYMENT_IN_PROGRESS' })
  })

  it('that is delivered again reports its own failure, and not an older one', async () => {
    const stack = await make(stackWith({ value: 'x' }))
    const { events } = stackNamed('my-stack')
    const message = 'Error: an old failure, with sandbox_thing.thing, on main.tf'
    const resource = { name: 'thing', type: 'sandbox_thing' }
    events.unshift(
      {
        deploymentId: 'old',
        at: world.clock.now() - 3_600_000,
        type: 'UPDATE_FAILED',
        message: 'failed',
        resource,
      },
      { deploymentId: 'old', at: world.clock.now() - 3_600_000, type: 'ERROR', message },
    )
    const more = { kind: 'update', physicalResourceId: stack.id, requestId: 'request-2' } as const
    await (await world.open(stackWith({ value: 'y', fail: true }), more)).update(stack)
    await world.until(() => stackNamed('my-stack').status === 'DEPLOYMENT_IN_PROGRESS')
    const again = await world.open(stackWith({ value: 'y', fail: true }), more)
    const watch = startedWatch(await again.update(stack))
    expect(await settled(again, watch)).toMatchObject({ phase: 'failed' })
    expect(await again.explain(watch)).toMatchObject({
      cause: expect.stringContaining('Error: Test Resource failed'),
    })
  })

  it('that is delivered again while its deployment runs follows it', async () => {
    const stack = await make(stackWith({ value: 'x' }))
    const more = { kind: 'update', physicalResourceId: stack.id, requestId: 'request-2' } as const
    await (await world.open(stackWith({ value: 'y' }), more)).update(stack)
    await world.until(() => stackNamed('my-stack').status === 'DEPLOYMENT_IN_PROGRESS')
    const again = await world.open(stackWith({ value: 'y' }), more)
    expect(await again.update(stack)).toMatchObject({ outcome: 'started', watch: { kind: 'update' } })
    expect(paths('POST').filter((path) => path.endsWith('/deployments'))).toHaveLength(1)
  })

  it('of a stack whose name another stack has now is missing', async () => {
    const stack = await make(stackWith({ value: 'x' }))
    const gone = { ...stack, id: stack.id.replace(/[^/]+$/, '00000000-0000-4000-8000-ffffffffffff') }
    const session = await world.open(stackWith({ value: 'y' }), {
      kind: 'update',
      physicalResourceId: gone.id,
    })
    expect(await session.find()).toEqual({ found: false })
    expect(await session.update(gone)).toEqual({ outcome: 'missing' })
  })

  it('continues a failed rollback if the properties allow it', async () => {
    const stack = await make(stackWith({ value: 'x', keeps: true }))
    const session = await world.open(
      { ...stackWith({ value: 'y' }), ContinueRollback: true },
      { kind: 'update', physicalResourceId: stack.id },
    )
    stackNamed('my-stack').status = 'ROLLBACK_FAILED'
    expect(await session.find()).toMatchObject({ condition: 'stuck' })
    const watch = await session.repair?.(stack)
    if (watch === undefined) throw new Error('there is no repair')
    expect(await settled(session, watch)).toMatchObject({ phase: 'succeeded', status: 'ROLLBACK_COMPLETE' })
  })

  it('follows the rollback that a call with a lost answer continued', async () => {
    const stack = await make(stackWith({ value: 'x', keeps: true }))
    const session = await world.open(
      { ...stackWith({ value: 'y' }), ContinueRollback: true },
      { kind: 'update', physicalResourceId: stack.id },
    )
    stackNamed('my-stack').status = 'ROLLBACK_FAILED'
    world.cloud.faults.add('reset-after', { action: 'POST rollbacks' })
    await expect(session.repair?.(stack)).rejects.toMatchObject({ kind: 'unavailable' })
    await world.until(() => stackNamed('my-stack').status === 'ROLLBACK_COMPLETE')
    const watch = await session.repair?.(stack)
    if (watch === undefined) throw new Error('there is no repair')
    expect(await settled(session, watch)).toMatchObject({ phase: 'succeeded', status: 'ROLLBACK_COMPLETE' })
  })
})

describe('a Delete', () => {
  const deletion = (stack: StackRef, properties: JsonObject = {}) =>
    world.open(
      { Stack: { Name: 'my-stack' }, ...properties },
      { kind: 'delete', physicalResourceId: stack.id },
    )

  it('ends when the stack is gone', async () => {
    const stack = await make(stackWith({ value: 'x' }))
    const session = await deletion(stack)
    expect(await settled(session, startedWatch(await session.delete(stack, 0)))).toEqual({ phase: 'gone' })
    expect(await session.delete(stack, 0)).toEqual({ outcome: 'missing' })
  })

  it('is refused while deletion protection is on', async () => {
    const stack = await make(stackWith({ value: 'x' }, { EnableDeletionProtection: true }))
    expect(await (await deletion(stack)).delete(stack, 0)).toMatchObject({
      outcome: 'refused',
      reason: expect.stringContaining('EnableDeletionProtection: false'),
    })
  })

  it('does not mistake a read that is older than the one before it for its end', async () => {
    const stack = await make(stackWith({ value: 'x' }))
    const session = await deletion(stack)
    const { stack: ref, kind, marker } = startedWatch(await session.delete(stack, 0))
    stackNamed('my-stack').status = 'DEPLOYMENT_COMPLETE'
    const seen = await session.describe({ stack: ref, kind, marker: { ...marker, seen: true } })
    expect(seen).toMatchObject({ phase: 'working' })
  })

  it('that RFS refuses for an operation which does not show yet is tried again', async () => {
    const stack = await make(stackWith({ value: 'x' }))
    const { rfs } = world.cloud
    const answer = rfs.answer.bind(rfs)
    vi.spyOn(rfs, 'answer').mockImplementation((call) => {
      if (call.method === 'DELETE') throw new HuaweiFault(403, 'RF.10012544', 'Not in this status.')
      return answer(call)
    })
    const deleting = (await deletion(stack)).delete(stack, 0)
    await expect(deleting).rejects.toMatchObject({ kind: 'unavailable', isUnexplained: true })
  })

  it('that fails can retain the resources at the second attempt', async () => {
    const stack = await make(stackWith({ value: 'x', keeps: true }))
    const session = await deletion(stack, { OnDeleteFailed: ['retain'] })
    expect(session.deleteAttempts).toBe(2)
    const watch = startedWatch(await session.delete(stack, 0))
    expect(await settled(session, watch)).toMatchObject({
      phase: 'failed',
      status: 'DELETION_FAILED',
      advice: expect.stringContaining('retain'),
    })
    expect(await session.explain(watch)).toMatchObject({
      cause: expect.stringMatching(/^thing \(sandbox_thing\): /),
    })
    expect(await settled(session, startedWatch(await session.delete(stack, 1)))).toEqual({ phase: 'gone' })
    expect(paths('POST').at(-1)).toMatch(/\/stacks\/my-stack\/deletion$/)
  })

  it('deletes the stack and keeps its resources with RetainAllResources', async () => {
    const stack = await make(stackWith({ value: 'x', keeps: true }))
    const session = await deletion(stack, { RetainAllResources: true })
    expect(await settled(session, startedWatch(await session.delete(stack, 0)))).toEqual({ phase: 'gone' })
  })

  it('that RFS accepts and does not start fails after a minute', async () => {
    const stack = await make(stackWith({ value: 'x' }))
    const session = await deletion(stack)
    const at = world.clock.now()
    const watch = { kind: 'delete', stack, marker: { startedAt: at, deploys: true } } as const
    expect(await session.describe(watch)).toMatchObject({ phase: 'working' })
    expect(
      await session.describe({ ...watch, marker: { startedAt: at - 61_000, deploys: true } }),
    ).toMatchObject({ phase: 'failed', statusReason: expect.stringContaining('did not begin it') })
  })

  it('without an id leaves a stack alone that a failed Create desired to adopt', async () => {
    await make(stackWith({ value: 'x' }))
    stackNamed('my-stack').description = 'somebody else’s'
    const adopting = await world.open({ ...stackWith({ value: 'y' }), OnExisting: 'any' })
    const found = await adopting.find()
    if (found.found !== true) throw new Error('the stack was not found')
    await settled(adopting, startedWatch(await adopting.update(found.stack)))
    const session = await world.open({ Stack: { Name: 'my-stack' } }, { kind: 'delete' })
    expect(await session.find()).toMatchObject({ by: 'name', ownership: { mark: 'unmarked' } })
    // With its id, it belongs to the ROS template.
    expect(await (await deletion(found.stack)).find()).toMatchObject({
      by: 'id',
      ownership: { mark: 'ours' },
    })
  })
})

describe('the caller', () => {
  it('may be a user, for whom one token is requested and renewed once', async () => {
    const { user, iam, url } = world.cloud
    const Auth = { UserName: user.name, Password: user.password, DomainName: user.domainName, AuthUrl: url }
    const session = await world.open({ Auth, ...stackWith({ value: 'x' }) })
    const watch = startedWatch(await session.create())
    iam.revokeAll()
    await settled(session, watch)
    const logins = world.cloud.requests.filter(({ url: path }) => path === '/v3/auth/tokens')
    expect(logins).toHaveLength(2)
    expect(logins.map(({ body }) => JSON.parse(body))).toEqual(
      Array.from({ length: 2 }, () => ({
        auth: {
          identity: {
            methods: ['password'],
            password: {
              user: { name: user.name, password: user.password, domain: { name: user.domainName } },
            },
          },
          scope: { project: { name: 'cn-north-4' } },
        },
      })),
    )
    expect(world.secrets.mask(`token ${String(world.cloud.requests.at(-1)?.headers['x-auth-token'])}`)).toBe(
      'token [secret]',
    )
  })

  it('is denied with a wrong password, with a hint what to check', async () => {
    const { user, url } = world.cloud
    const Auth = { UserName: user.name, Password: 'wrong', DomainName: user.domainName, AuthUrl: url }
    const session = await world.open({ Auth, ...stackWith({ value: 'x' }) })
    await expect(session.create()).rejects.toMatchObject({
      kind: 'denied',
      message: expect.stringMatching(/^IAM token: HTTP 401: .* Check user, password, domain and project/),
    })
  })

  it('may have temporary keys', async () => {
    const { accessKey, secretKey, securityToken = '' } = world.cloud.temporaryKeys
    const Auth = {
      AccessKey: accessKey,
      SecretKey: secretKey,
      SecurityToken: securityToken,
      AuthUrl: world.cloud.url,
    }
    const session = await world.open({ Auth, ...stackWith({ value: 'x' }) })
    expect(await session.create()).toMatchObject({ outcome: 'started' })
  })

  it('may come from the environment alone', async () => {
    const session = await world.open(
      { Auth: {}, ...stackWith({ value: 'x' }) },
      {},
      {
        HW_AUTH_URL: world.cloud.url,
        HW_ACCESS_KEY: world.cloud.keys.accessKey,
        HW_SECRET_KEY: world.cloud.keys.secretKey,
      },
    )
    expect(await session.create()).toMatchObject({ outcome: 'started' })
  })

  it('looks the project up once, unless the properties or the stack’s id name it', async () => {
    const stack = await make(stackWith({ value: 'x' }))
    await make({ ...stackWith({ value: 'x' }, { Name: 'second' }) })
    const session = await world.open({}, { kind: 'delete', physicalResourceId: stack.id })
    await session.find()
    const lookUps = paths('GET').filter((path) => path.startsWith('/v3/projects'))
    expect(lookUps).toEqual(['/v3/projects?name=cn-north-4'])
  })

  it('is denied with a wrong key, whose secret is in no message', async () => {
    const Auth = {
      AccessKey: 'SANDBOXACCESSKEY0001',
      SecretKey: 'not-the-secret-key',
      AuthUrl: world.cloud.url,
    }
    const session = await world.open({ Auth, ...stackWith({ value: 'x' }) })
    await expect(session.create()).rejects.toMatchObject({
      kind: 'denied',
      message: expect.not.stringContaining('not-the-secret-key'),
    })
  })
})

describe('a session on a machine whose clock is wrong', () => {
  const HOUR_MS = 3_600_000

  it.each([
    ['ahead', HOUR_MS],
    ['behind', -HOUR_MS],
  ])("signs by the cloud's own time, with keys and as an agency: an hour %s", async (_, ahead) => {
    await world.close()
    // The cloud's answers have the time of its host.
    world = await startHuaweiWorld(
      createHuaweiRfsStack(createHuaweiMemory()),
      {},
      { startsAt: Date.now(), ahead },
    )
    const agency = { AgencyName: SANDBOX_AGENCY.name, DomainName: SANDBOX_AGENCY.domainName }
    for (const more of [{}, { AssumeRole: agency }]) {
      const session = await world.open({ ...stackWith({ value: 'x' }), ...more })
      expect(await session.find()).toEqual({ found: false })
    }
  })
})
