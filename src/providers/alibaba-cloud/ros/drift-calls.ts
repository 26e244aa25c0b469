import { propertiesAt } from '../../drift.ts'
import type { DriftedResource } from '../../provider.ts'
import type { DriftCalls } from '../../session/stack-tree-detection.ts'
import type { ResourceDrift, RosClient } from './client.ts'

const NESTED_TYPE = 'ALIYUN::ROS::Stack'
const CHECKED: readonly (string | null | undefined)[] = ['IN_SYNC', 'MODIFIED', 'DELETED']

/**
 * ROS's detection of drift: https://www.alibabacloud.com/help/en/ros/user-guide/overview. ROS's documents do not say what a
 * second detection of a stack meets while one runs.
 */
export function driftCalls(client: RosClient): DriftCalls {
  return {
    cloud: 'ROS',
    async resources(stackId) {
      const listed = await client.resources(stackId)
      return listed?.map(({ LogicalResourceId, ResourceType, PhysicalResourceId, ResourceDriftStatus }) => ({
        name: LogicalResourceId,
        ...(ResourceType === NESTED_TYPE && PhysicalResourceId !== '' ? { stackId: PhysicalResourceId } : {}),
        isUnchecked: !CHECKED.includes(ResourceDriftStatus),
      }))
    },
    detect: (stackId) => client.detectDrift(stackId),
    async poll(id) {
      const { DriftDetectionStatus, DriftDetectionStatusReason } = await client.driftDetection(id)
      if (DriftDetectionStatus === 'DETECTION_COMPLETE') return 'complete'
      if (DriftDetectionStatus !== 'DETECTION_FAILED') return 'working'
      const reason = DriftDetectionStatusReason ?? ''
      return { failure: reason === '' ? 'ROS gives no reason' : reason }
    },
    async drifted(stackId) {
      return (await client.drifts(stackId))?.map(driftedResource)
    },
  }
}

/** Values are left out. */
function driftedResource(drift: ResourceDrift): DriftedResource {
  const { LogicalResourceId, ResourceType, PhysicalResourceId, ResourceDriftStatus } = drift
  const properties = propertiesAt(drift.PropertyDifferences.map(({ PropertyPath }) => PropertyPath ?? ''))
  const physicalId = PhysicalResourceId ?? ''
  return {
    drift: ResourceDriftStatus === 'DELETED' ? 'deleted' : 'changed',
    resource: LogicalResourceId,
    type: ResourceType,
    ...(physicalId === '' ? {} : { physicalId }),
    ...(properties.length === 0 ? {} : { properties }),
  }
}
