import {
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceDriftsCommand,
  DetectStackDriftCommand,
  type StackResourceDrift,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation'
import type { Secrets } from '../../../platform/secrets.ts'
import { propertiesAt } from '../../drift.ts'
import { wholeList } from '../../http/whole-list.ts'
import { CloudError, type DriftedResource } from '../../provider.ts'
import type { DriftCalls, StackResource } from '../../session/stack-tree-detection.ts'
import type { Calls } from './calls.ts'
import * as errors from './cloud-error.ts'
import { MOST_RESOURCE_PAGES, stackResources } from './stack-resources.ts'

const LARGEST_PAGE = 100
const NESTED_TYPE = 'AWS::CloudFormation::Stack'
const CHECKED: readonly (string | undefined)[] = ['IN_SYNC', 'MODIFIED', 'DELETED']

/**
 * CloudFormation's detection of drift. A stack has one at a time, and none can be cancelled.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-drift.html
 */
export function driftCalls(client: Calls, secrets: Secrets): DriftCalls {
  const thrown = (error: unknown, action: string): CloudError => errors.toCloudError(error, action, secrets)

  async function ifThere<T>(action: string, read: () => Promise<T>): Promise<T | undefined> {
    try {
      return await read()
    } catch (error) {
      const failure = errors.serviceFailure(error)
      if (failure !== undefined && errors.isMissing(failure)) return undefined
      throw thrown(error, action)
    }
  }

  return {
    cloud: 'AWS',
    async resources(StackName) {
      const listed = await ifThere('ListStackResources', () => stackResources(client, StackName))
      return listed?.map(stackResource)
    },
    async detect(StackName) {
      const action = 'DetectStackDrift'
      try {
        const { StackDriftDetectionId: id } = await client.send(new DetectStackDriftCommand({ StackName }))
        if (id === undefined) throw new CloudError('unavailable', `AWS ${action} gave no id`)
        return { id }
      } catch (error) {
        const failure = errors.serviceFailure(error)
        if (failure !== undefined && errors.isDetecting(failure)) return 'running'
        if (failure !== undefined && errors.isMissing(failure)) return undefined
        throw thrown(error, action)
      }
    },
    async poll(StackDriftDetectionId) {
      const action = 'DescribeStackDriftDetectionStatus'
      try {
        const { DetectionStatus, DetectionStatusReason = '' } = await client.send(
          new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId }),
        )
        if (DetectionStatus === 'DETECTION_COMPLETE') return 'complete'
        if (DetectionStatus !== 'DETECTION_FAILED') return 'working'
        return { failure: DetectionStatusReason === '' ? 'AWS gives no reason' : DetectionStatusReason }
      } catch (error) {
        throw thrown(error, action)
      }
    },
    /** The status of the stack as a whole is not asked: it can be IN_SYNC while resources are not. */
    async drifted(StackName) {
      const action = 'DescribeStackResourceDrifts'
      const listed = await ifThere(action, () =>
        wholeList(`AWS ${action}`, MOST_RESOURCE_PAGES, async (NextToken) => {
          const answer = await client.send(
            new DescribeStackResourceDriftsCommand({
              StackName,
              StackResourceDriftStatusFilters: ['MODIFIED', 'DELETED'],
              MaxResults: LARGEST_PAGE,
              NextToken,
            }),
          )
          return { items: answer.StackResourceDrifts, next: answer.NextToken }
        }),
      )
      return listed?.map(driftedResource)
    },
  }
}

function stackResource(summary: StackResourceSummary): StackResource {
  const { LogicalResourceId: name = '?', ResourceType, PhysicalResourceId = '', DriftInformation } = summary
  return {
    name,
    ...(ResourceType === NESTED_TYPE && PhysicalResourceId !== '' ? { stackId: PhysicalResourceId } : {}),
    isUnchecked: !CHECKED.includes(DriftInformation?.StackResourceDriftStatus),
  }
}

/** Values are left out. */
function driftedResource(drift: StackResourceDrift): DriftedResource {
  const { LogicalResourceId = '?', ResourceType = '?', PhysicalResourceId = '' } = drift
  const { PropertyDifferences = [], StackResourceDriftStatus } = drift
  const properties = propertiesAt(PropertyDifferences.map(({ PropertyPath }) => PropertyPath))
  return {
    drift: StackResourceDriftStatus === 'DELETED' ? 'deleted' : 'changed',
    resource: LogicalResourceId,
    type: ResourceType,
    ...(PhysicalResourceId === '' ? {} : { physicalId: PhysicalResourceId }),
    ...(properties.length === 0 ? {} : { properties }),
  }
}
