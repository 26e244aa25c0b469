import { CloudFormationClient, paginateDescribeStacks } from '@aws-sdk/client-cloudformation'
import { inject } from 'vitest'
import type { JsonObject } from '../../src/platform/json.ts'
import { describeContract, type ContractCloud, type StackSpec } from '../contract/behaviours.ts'

const heat = inject('realHeat')
const endpoint = heat['HEAT_CFN_URL'] ?? ''
const accessKeyId = heat['HEAT_EC2_ACCESS_KEY'] ?? ''
const secretAccessKey = heat['HEAT_EC2_SECRET_KEY'] ?? ''

async function start(): Promise<ContractCloud> {
  const client = new CloudFormationClient({
    endpoint,
    region: 'RegionOne',
    credentials: { accessKeyId, secretAccessKey },
  })
  return Promise.resolve({
    resourceType: 'Custom::AwsCloudFormationStack',
    parameters: (spec: StackSpec) => ({
      AccessKeyId: accessKeyId,
      AccessKeySecret: secretAccessKey,
      RegionId: 'RegionOne',
      Endpoint: endpoint,
      Stack: stack(spec),
    }),
    async existing() {
      const names: string[] = []
      for await (const page of paginateDescribeStacks({ client }, {}))
        for (const { StackName, StackStatus } of page.Stacks ?? [])
          if (StackStatus !== 'DELETE_COMPLETE') names.push(StackName ?? '')
      return names
    },
    // Its events cannot be read (HTTP 500), so only the status reason is available; after a rollback it has no cause.
    reason: /Test Resource failed|ROLLBACK_COMPLETE|UPDATE_FAILED/,
    diagnosed: /Test Resource failed/,
    inProgress: /CREATE_IN_PROGRESS/,
    close() {
      client.destroy()
      return Promise.resolve()
    },
  })
}

function stack({ name, value, waitSeconds = 0, fails = false, rollsBack = true }: StackSpec): JsonObject {
  return {
    ...(name === undefined ? {} : { Name: name }),
    Template: {
      AWSTemplateFormatVersion: '2010-09-09',
      Resources: {
        Thing: { Type: 'OS::Heat::TestResource', Properties: { value, fail: fails, wait_secs: waitSeconds } },
      },
      Outputs: { Value: { Value: { 'Fn::GetAtt': ['Thing', 'output'] } } },
    },
    OnFailure: rollsBack ? 'ROLLBACK' : 'DO_NOTHING',
  }
}

describeContract(start, 'real Heat, CloudFormation-compatible API', 'real')
