import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest'
import type { JsonObject } from '../../src/platform/json.ts'
import { startSandboxSecrets, type SandboxSecrets } from '../../src/sandbox/alibaba-cloud/secrets/server.ts'
import {
  startSandboxCloudFormation,
  type SandboxCloudFormation,
} from '../../src/sandbox/aws/cloudformation/server.ts'
import { SANDBOX_ROLE } from '../../src/sandbox/function-compute/server.ts'
import { SandboxResource } from '../../src/sandbox/ros/ros.ts'
import { refused, succeeded } from '../outcome-assertions.ts'
import { PLANTED, plantedIn } from '../planted-secrets.ts'
import { startFcWorld, type FcWorld } from './fc-world.ts'

/** The built function that stores outputs in OOS and KMS with its role. */

let aws: SandboxCloudFormation
let vendor: SandboxSecrets
let world: FcWorld
let denied: string[]

beforeEach(async () => {
  aws = await startSandboxCloudFormation({ resourceDelayMs: 50 })
  denied = []
  vendor = await startSandboxSecrets({ keys: [{ ...SANDBOX_ROLE, accountId: '1234567890123456', denied }] })
  world = await startFcWorld({
    built: inject('built'),
    retries: 0,
    environment: {
      AWS_ACCESS_KEY_ID: aws.key.accessKeyId,
      AWS_SECRET_ACCESS_KEY: aws.key.secretAccessKey,
      STACKBRIDGE_KMS_ENDPOINT: vendor.url,
      STACKBRIDGE_OOS_ENDPOINT: vendor.url,
      STACKBRIDGE_ENDPOINT_HOSTS: 'http://127.0.0.1',
    },
  })
})
afterEach(() => Promise.all([world.close(), vendor.close(), aws.close()]))

function parametersOf(
  key: string,
  stored: JsonObject | undefined,
  { delaySeconds = 1 }: { delaySeconds?: number } = {},
): JsonObject {
  return {
    RegionId: aws.region,
    Endpoint: aws.url,
    ...(stored === undefined ? {} : { StoredOutputs: stored }),
    Stack: {
      Name: 'stored',
      Template: {
        Resources: { Thing: { Type: 'Sandbox::Resource', Properties: { DelaySeconds: delaySeconds } } },
        Outputs: { Key: { Value: key }, Open: { Value: 'open' } },
      },
    },
  }
}

const resource = (parameters: JsonObject) =>
  new SandboxResource(world.ros, {
    logicalResourceId: 'Stored',
    resourceType: 'Custom::AwsCloudFormationStack',
    parameters,
    timeoutSeconds: 240,
  })

/** A value that only KMS can store, such as a certificate with its chain. */
const LARGE = `${PLANTED.noEchoValue} ${'0123456789abcdef'.repeat(1500)}`
const OOS = { Names: ['Key'], Prefix: 'team' }
const KMS = { ...OOS, Store: 'kms' }

describe('the built function with StoredOutputs', () => {
  it('stores outputs in encrypted parameters of OOS, and removes them with the stack', async () => {
    const made = resource(parametersOf(PLANTED.noEchoValue, OOS))
    expect(succeeded(await made.create())).toEqual({ Key: 'team-Key', Open: 'open' })
    expect(vendor.parameters.get('team-Key')).toBe(PLANTED.noEchoValue)
    const updated = await made.update(parametersOf(`${PLANTED.noEchoValue}, anew`, OOS))
    expect(succeeded(updated)).toEqual({ Key: 'team-Key', Open: 'open' })
    expect(vendor.parameters.get('team-Key')).toBe(`${PLANTED.noEchoValue}, anew`)
    vendor.faults.add('throttle', { action: 'DeleteSecretParameter', times: 3 })
    expect(refused(await made.delete())).toMatch(/could not be removed: team-Key: OOS .*Throttling/)
    succeeded(await made.delete())
    expect([...vendor.parameters.keys()]).toEqual([])
    expect(plantedIn(world.output())).toEqual([])
  })

  it('stores larger outputs in secrets of KMS, and removes them with the stack', async () => {
    const made = resource(parametersOf(LARGE, KMS))
    expect(succeeded(await made.create())).toEqual({ Key: 'team-Key', Open: 'open' })
    expect(vendor.secrets.get('team-Key')?.data).toBe(LARGE)
    expect(vendor.calls).not.toContain('GetSecretParameter team-Key')
    const updated = await made.update(parametersOf(`${LARGE}, anew`, KMS))
    expect(succeeded(updated)).toEqual({ Key: 'team-Key', Open: 'open' })
    expect(vendor.secrets.get('team-Key')?.data).toBe(`${LARGE}, anew`)
    vendor.faults.add('throttle', { action: 'DeleteSecret', times: 3 })
    expect(refused(await made.delete())).toMatch(/could not be removed: team-Key: KMS .*Throttling/)
    succeeded(await made.delete())
    expect([...vendor.secrets.keys()]).toEqual([])
    expect(plantedIn(world.output())).toEqual([])
    expect(world.output()).not.toContain('0123456789abcdef')
  })

  it('moves outputs to another store and out of all stores, over a hand-off', async () => {
    const made = resource(parametersOf(PLANTED.noEchoValue, OOS))
    succeeded(await made.create())
    const moved = parametersOf(PLANTED.noEchoValue, KMS, { delaySeconds: 4 })
    expect(succeeded(await made.update(moved))).toMatchObject({ Key: 'team-Key' })
    expect(world.output()).toContain('the operation is handed over')
    expect([...vendor.parameters.keys()]).toEqual([])
    expect(vendor.secrets.get('team-Key')?.data).toBe(PLANTED.noEchoValue)
    expect(plantedIn(world.output())).toEqual([])
    succeeded(await made.update(parametersOf('nothing to hide', undefined)))
    expect([...vendor.secrets.keys()]).toEqual([])
    succeeded(await made.delete())
  })

  it.each([
    ['OOS', OOS],
    ['KMS', KMS],
  ])(
    'answers FAILED with the name of an output that cannot be stored in %s, and does not overwrite parameters of others',
    async (_, stored) => {
      vendor.parameters.set('team-Key', 'theirs')
      vendor.secrets.set('team-Key', { data: 'theirs' })
      const made = resource(parametersOf(PLANTED.noEchoValue, stored))
      const said = refused(await made.create())
      expect(said).toMatch(/team-Key belongs to nobody that the bridge knows/)
      succeeded(await made.delete())
      expect(vendor.parameters.get('team-Key')).toBe('theirs')
      expect(vendor.secrets.get('team-Key')).toEqual({ data: 'theirs' })
      expect([...aws.cloud.stacks.values()].filter(({ status }) => status !== 'DELETE_COMPLETE')).toEqual([])
      expect(plantedIn(world.output())).toEqual([])
    },
  )

  it('answers FAILED with the name of an output that is too large for KMS, or whose name is not free yet', async () => {
    const tooLarge = resource(parametersOf(`${LARGE}${'x'.repeat(7000)}`, KMS))
    expect(refused(await tooLarge.create())).toMatch(/Key has \d+ bytes; a secret of KMS takes 30720/)
    succeeded(await tooLarge.delete())
    vendor.secrets.set('team-Key', { data: 'theirs', plannedDeleteAt: Date.now() + 7 * 24 * 60 * 60_000 })
    const made = resource(parametersOf(PLANTED.noEchoValue, KMS))
    expect(refused(await made.create())).toMatch(/the secret team-Key is scheduled for deletion at .*Z/)
    succeeded(await made.delete())
    expect(plantedIn(world.output())).toEqual([])
  })

  it.each([
    ['OOS', OOS, ['CreateSecretParameter', 'UpdateSecretParameter', 'DeleteSecretParameter']],
    ['KMS', KMS, ['CreateSecret', 'PutSecretValue', 'DeleteSecret']],
  ])(
    'succeeds if the answer of %s to a completed call is lost',
    async (_, stored, [create, replace, remove]) => {
      const held = () => vendor.parameters.get('team-Key') ?? vendor.secrets.get('team-Key')?.data
      const made = resource(parametersOf('one', stored))
      vendor.faults.add('reset-after', { action: create ?? '' })
      expect(succeeded(await made.create())).toMatchObject({ Key: 'team-Key' })
      expect(held()).toBe('one')
      vendor.faults.add('reset-after', { action: replace ?? '' })
      expect(succeeded(await made.update(parametersOf('two', stored)))).toMatchObject({ Key: 'team-Key' })
      expect(held()).toBe('two')
      vendor.faults.add('reset-after', { action: remove ?? '' })
      succeeded(await made.delete())
      expect(held()).toBeUndefined()
      const calls = [create, replace, remove].map(
        (action) => vendor.calls.filter((call) => call.startsWith(`${action ?? ''} `)).length,
      )
      expect(calls).toEqual([2, 2, 2])
    },
  )

  it.each([
    ['to KMS', OOS, KMS, 'DeleteSecretParameter'],
    ['to OOS', KMS, OOS, 'DeleteSecret'],
  ])(
    'leaves nothing in either store after a move %s that failed in the middle',
    async (_, before, after, action) => {
      const made = resource(parametersOf(PLANTED.noEchoValue, before))
      succeeded(await made.create())
      vendor.faults.add('throttle', { action, times: 3 })
      expect(refused(await made.update(parametersOf(PLANTED.noEchoValue, after)))).toContain('Throttling')
      expect([vendor.parameters.has('team-Key'), vendor.secrets.has('team-Key')]).toEqual([true, true])
      succeeded(await made.delete())
      expect([[...vendor.parameters.keys()], [...vendor.secrets.keys()]]).toEqual([[], []])
    },
  )

  it.each([
    ['OOS', OOS, ['ListSecrets', 'DescribeSecret', 'CreateSecret', 'DeleteSecret']],
    [
      'KMS',
      KMS,
      ['ListSecretParameters', 'GetSecretParameter', 'CreateSecretParameter', 'DeleteSecretParameter'],
    ],
  ])('needs only the permissions of %s if that is the only store that it uses', async (_, stored, others) => {
    denied.push(...others)
    const made = resource(parametersOf(PLANTED.noEchoValue, stored))
    succeeded(await made.create())
    succeeded(await made.update(parametersOf(`${PLANTED.noEchoValue}, anew`, stored)))
    succeeded(await made.delete())
    expect([[...vendor.parameters.keys()], [...vendor.secrets.keys()]]).toEqual([[], []])
  })

  it('keeps the values of a later Update if an earlier event is delivered again', async () => {
    const invoked = vi.spyOn(world.fc, 'invokeAsync')
    const made = resource(parametersOf('one', OOS))
    succeeded(await made.create())
    succeeded(await made.update(parametersOf('two', { ...OOS, Prefix: 'next' })))
    succeeded(await made.update(parametersOf('three', { ...KMS, Prefix: 'last' })))
    const answered = () => world.output().split('ROS has the answer').length - 1
    for (const [name, event] of invoked.mock.calls.slice(0, 2)) {
      const before = answered()
      world.fc.invokeAsync(name, event)
      await expect.poll(answered).toBeGreaterThan(before)
      expect(vendor.secrets.get('last-Key')?.data).toBe('three')
    }
    succeeded(await made.delete())
    expect([[...vendor.parameters.keys()], [...vendor.secrets.keys()]]).toEqual([[], []])
  })

  it('leaves nothing in a store after a failed Update that adds the property', async () => {
    vendor.parameters.set('team-Open', 'theirs')
    const made = resource(parametersOf(PLANTED.noEchoValue, undefined))
    succeeded(await made.create())
    const added = parametersOf(PLANTED.noEchoValue, { ...OOS, Names: ['Key', 'Open'] })
    expect(refused(await made.update(added))).toContain('team-Open belongs to nobody')
    expect([...vendor.parameters.keys()]).toEqual(['team-Open'])
    succeeded(await made.delete())
  })

  it('removes the stored outputs of a read-only resource, and leaves the stack', async () => {
    const owner = resource(parametersOf(PLANTED.noEchoValue, undefined))
    succeeded(await owner.create())
    const reader = new SandboxResource(world.ros, {
      logicalResourceId: 'Reader',
      resourceType: 'Custom::AwsCloudFormationStack',
      parameters: {
        ...{ RegionId: aws.region, Endpoint: aws.url, Mode: 'read-only', StoredOutputs: OOS },
        Stack: { Name: 'stored' },
      },
      timeoutSeconds: 240,
    })
    expect(succeeded(await reader.create())).toMatchObject({ Key: 'team-Key' })
    expect(vendor.parameters.get('team-Key')).toBe(PLANTED.noEchoValue)
    succeeded(await reader.delete())
    expect([...vendor.parameters.keys()]).toEqual([])
    expect([...aws.cloud.stacks.values()].map(({ status }) => status)).toEqual(['CREATE_COMPLETE'])
  })

  it('calls no store for a resource without the property', async () => {
    const made = resource(parametersOf('open, too', undefined))
    succeeded(await made.create())
    succeeded(await made.delete())
    expect(vendor.calls).toEqual([])
  })
})
