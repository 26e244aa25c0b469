import { afterEach, describe, expect, inject, it } from 'vitest'
import { startSandboxSecrets } from '../../src/sandbox/alibaba-cloud/secrets/server.ts'
import { startSandboxCloudFormation } from '../../src/sandbox/aws/cloudformation/server.ts'
import { SANDBOX_ROLE } from '../../src/sandbox/function-compute/server.ts'
import { SandboxResource } from '../../src/sandbox/ros/ros.ts'
import { succeeded } from '../outcome-assertions.ts'
import { startFcWorld } from './fc-world.ts'

/** The built function on a machine whose clock is wrong by more than any vendor takes: each signs with the service's time. */

const open: { close(): Promise<void> }[] = []
afterEach(() => Promise.all(open.splice(0).map((one) => one.close())))

function clockOffBy(ms: number): string {
  const module = `const now = Date.now; Date.now = () => now() + ${String(ms)};
const Real = Date; globalThis.Date = class extends Real {
  constructor(...given) { given.length === 0 ? super(Date.now()) : super(...given) } };`
  return `--import=data:text/javascript,${encodeURIComponent(module)}`
}

describe.each([
  ['behind', -3_600_000],
  ['ahead', 3_600_000],
])('the built function whose clock is an hour %s', (_, offset) => {
  it.each([
    ['oos', false],
    ['kms', true],
  ] as const)(
    'hands its operations off, and keeps outputs in %s and removes them (with a queue: %s)',
    async (Store, handOffQueue) => {
      const aws = await startSandboxCloudFormation({ resourceDelayMs: 50 })
      const key = { ...SANDBOX_ROLE, accountId: '1234567890123456' }
      const vendor = await startSandboxSecrets({ keys: [key] })
      const world = await startFcWorld({
        built: inject('built'),
        handOffQueue,
        retries: 0,
        environment: {
          NODE_OPTIONS: clockOffBy(offset),
          AWS_ACCESS_KEY_ID: aws.key.accessKeyId,
          AWS_SECRET_ACCESS_KEY: aws.key.secretAccessKey,
          STACKBRIDGE_KMS_ENDPOINT: vendor.url,
          STACKBRIDGE_OOS_ENDPOINT: vendor.url,
          STACKBRIDGE_ENDPOINT_HOSTS: 'http://127.0.0.1',
        },
      })
      open.push(world, vendor, aws)
      const made = new SandboxResource(world.ros, {
        logicalResourceId: 'Site',
        resourceType: 'Custom::AwsCloudFormationStack',
        timeoutSeconds: 240,
        parameters: {
          RegionId: aws.region,
          Endpoint: aws.url,
          StoredOutputs: { Names: ['Key'], Prefix: 'team', Store },
          Stack: {
            Name: 'site',
            Template: {
              Resources: { Thing: { Type: 'Sandbox::Resource', Properties: { DelaySeconds: 3 } } },
              Outputs: { Key: { Value: 'value' } },
            },
          },
        },
      })
      expect(succeeded(await made.create())).toEqual({ Key: 'team-Key' })
      expect(vendor.parameters.get('team-Key') ?? vendor.secrets.get('team-Key')?.data).toBe('value')
      expect(world.output()).toContain('the operation is handed over')
      expect(world.output()).not.toContain('could not be handed over')
      expect(world.output()).not.toContain('STACKBRIDGE_HAND_OFF_QUEUE cannot be used')
      succeeded(await made.delete())
      expect([...vendor.parameters.keys(), ...vendor.secrets.keys()]).toEqual([])
    },
  )
})
