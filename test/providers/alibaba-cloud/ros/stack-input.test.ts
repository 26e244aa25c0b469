import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { flatten, type RpcCall } from '../../../../src/providers/alibaba-cloud/ros/rpc.ts'
import {
  continueCreateStack,
  createStack,
  updateStack,
} from '../../../../src/providers/alibaba-cloud/ros/stack-input.ts'
import {
  SANDBOX_KEY,
  startSandboxAliyunRos,
  type SandboxAliyunRos,
} from '../../../../src/sandbox/alibaba-cloud/ros/server.ts'
import { vendor, vendorClient } from '../../../sandbox/alibaba-cloud/ros/vendor-client.ts'

/** The requests to ROS, compared with those of Alibaba Cloud's own SDK for the same properties. */

let ros: SandboxAliyunRos
let client: ReturnType<typeof vendorClient>

beforeAll(async () => {
  ros = await startSandboxAliyunRos()
  client = vendorClient(ros.url, SANDBOX_KEY)
})
afterAll(() => ros.close())

async function sent(call: () => Promise<unknown>): Promise<Record<string, string>> {
  // The answer does not matter.
  await call().catch(() => undefined)
  return Object.fromEntries(ros.requests.at(-1)?.fields ?? [])
}

function asked({ parameters, form = {} }: RpcCall): Record<string, string> {
  return { RegionId: 'cn-hangzhou', ...Object.fromEntries([...flatten(parameters), ...flatten(form)]) }
}

const regionId = 'cn-hangzhou'
const TemplateBody = '{"ROSTemplateFormatVersion":"2015-09-01","Outputs":{"A":{"Value":"ü & % +"}}}'
const Tags = [
  { Key: 'team', Value: 'a b' },
  { Key: 'stackbridge:depth', Value: '1' },
]
const tags = [
  { key: 'team', value: 'a b' },
  { key: 'stackbridge:depth', value: '1' },
]
const parameters = [
  { parameterKey: 'Number', parameterValue: '3' },
  { parameterKey: 'List', parameterValue: '["a","b"]' },
]
const Parameters = { Number: 3, List: ['a', 'b'] }

describe('a request to ROS equals that of its own SDK', () => {
  it('with CreateStack', async () => {
    const desired = {
      Template: TemplateBody,
      Parameters,
      TimeoutInMinutes: 30,
      DisableRollback: true,
      StackPolicyBody: { Statement: [] },
      DeletionProtection: 'Enabled' as const,
      NotificationURLs: ['https://a', 'https://b'],
      RamRoleName: 'role',
      ResourceGroupId: 'rg-1',
      Parallelism: 3,
    }
    const request = new vendor.CreateStackRequest({
      regionId,
      stackName: 'my-stack',
      clientToken: 'token',
      templateBody: TemplateBody,
      parameters,
      tags,
      timeoutInMinutes: 30,
      disableRollback: true,
      stackPolicyBody: '{"Statement":[]}',
      deletionProtection: 'Enabled',
      notificationURLs: ['https://a', 'https://b'],
      ramRoleName: 'role',
      resourceGroupId: 'rg-1',
      parallelism: 3,
    })
    expect(asked(createStack(desired, 'my-stack', Tags, 'token'))).toEqual(
      await sent(() => client.createStack(request)),
    )
  })

  it('with UpdateStack', async () => {
    const desired = {
      TemplateId: 't-1',
      TemplateVersion: 'v2',
      UsePreviousParameters: true,
      ReplacementOption: 'Enabled' as const,
      StackPolicyURL: 'https://policy',
      StackPolicyDuringUpdateBody: '{}',
    }
    const shared = {
      regionId,
      stackId: 'id',
      templateId: 't-1',
      templateVersion: 'v2',
      usePreviousParameters: true,
      replacementOption: 'Enabled',
      stackPolicyURL: 'https://policy',
      stackPolicyDuringUpdateBody: '{}',
      tags,
    }
    expect(asked(updateStack(desired, 'id', Tags, { ClientToken: 'token' }))).toEqual(
      await sent(() =>
        client.updateStack(new vendor.UpdateStackRequest({ ...shared, clientToken: 'token' })),
      ),
    )
    expect(asked(updateStack(desired, 'id', Tags, { DryRun: true }))).toEqual(
      await sent(() => client.updateStack(new vendor.UpdateStackRequest({ ...shared, dryRun: true }))),
    )
  })

  it('with ContinueCreateStack', async () => {
    const desired = {
      TemplateURL: 'oss://b/t',
      Parameters,
      RecreatingResources: ['A', 'B'],
      RamRoleName: 'role',
    }
    const request = new vendor.ContinueCreateStackRequest({
      regionId,
      stackId: 'id',
      mode: 'Recreate',
      templateURL: 'oss://b/t',
      parameters,
      recreatingResources: ['A', 'B'],
      ramRoleName: 'role',
    })
    expect(asked(continueCreateStack(desired, 'id'))).toEqual(
      await sent(() => client.continueCreateStack(request)),
    )
  })
})
