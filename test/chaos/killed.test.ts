import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundleFunction } from '../../build/bundle.ts'
import type { JsonObject } from '../../src/platform/json.ts'
import { startSandboxCloudFormation } from '../../src/sandbox/aws/cloudformation/server.ts'
import { startSandboxOpenStack } from '../../src/sandbox/openstack/server.ts'
import { killAll, report, type KillableCloud } from '../e2e/killed-run.ts'
import { awsConnection } from '../embedded-connections.ts'

/**
 * Runs the built bundle and kills its processes at random moments, on each embedded cloud. `KILL_RUNS` is the number of runs,
 * `CHAOS_SEED` the seed of the moments.
 */

const runs = Number(process.env['KILL_RUNS'] ?? 100)
const seed = Number(process.env['CHAOS_SEED'] ?? 1)

let built: string
beforeAll(async () => {
  built = await mkdtemp(join(tmpdir(), 'stackbridge-built-'))
  await bundleFunction(built)
})
afterAll(() => rm(built, { recursive: true, force: true }))

async function startAws(): Promise<KillableCloud> {
  const aws = await startSandboxCloudFormation({ resourceDelayMs: 700 })
  return {
    resourceType: 'Custom::AwsCloudFormationStack',
    parameters: (name): JsonObject => ({
      ...awsConnection(aws),
      Stack: {
        Name: name,
        Template: {
          Resources: { Thing: { Type: 'Sandbox::Resource' } },
          Outputs: { Value: { Value: 'hello' } },
        },
      },
    }),
    made: (name) => [...aws.cloud.stacks.values()].filter((stack) => stack.name === name).length,
    existing: (name) =>
      [...aws.cloud.stacks.values()].filter(
        (stack) => stack.name === name && stack.status !== 'DELETE_COMPLETE',
      ).length,
    close: () => aws.close(),
  }
}

async function startHeat(): Promise<KillableCloud> {
  const openstack = await startSandboxOpenStack()
  const { name: Username, password: Password, projectId: ProjectId } = openstack.user
  return {
    resourceType: 'Custom::HeatStack',
    parameters: (name): JsonObject => ({
      Auth: { AuthUrl: openstack.authUrl, Username, Password, UserDomainName: 'Default', ProjectId },
      Stack: {
        Name: name,
        Template: {
          heat_template_version: '2018-08-31',
          resources: {
            thing: { type: 'OS::Heat::TestResource', properties: { value: 'hello', wait_secs: 1 } },
          },
          outputs: { Value: { value: { get_attr: ['thing', 'output'] } } },
        },
      },
    }),
    made: (name) => [...openstack.heat.stacks.values()].filter((stack) => stack.name === name).length,
    existing: (name) =>
      [...openstack.heat.stacks.values()].filter(
        (stack) => stack.name === name && !(stack.action === 'DELETE' && stack.state === 'COMPLETE'),
      ).length,
    close: () => openstack.close(),
  }
}

describe.each([
  ['AWS CloudFormation', startAws],
  ['OpenStack Heat', startHeat],
] as const)('on the embedded %s', (cloudName, start) => {
  it('answers every event correctly, whenever its process is killed', async () => {
    const cloud = await start()
    const { wrong, kills, repeated } = await killAll({ built, cloud, runs, seed })
    await cloud.close()
    expect(wrong).toEqual([])
    console.log(report(cloudName, { runs, kills, repeated, seed }))
    expect(kills).toBeGreaterThan(runs / 2)
  })
})
