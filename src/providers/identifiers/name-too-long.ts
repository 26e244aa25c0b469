import { ROS_LIMITS } from '../../platform/limits/ros.ts'
import { CloudError } from '../provider.ts'

/** Refuses a name with which the stack's id would be longer than ROS can keep. `longest`: with its unit. */
export function nameTooLong(property: 'Stack.Name' | 'StackSet.Name', longest: string): CloudError {
  const { most, unit } = ROS_LIMITS.physicalResourceId
  return new CloudError(
    'rejected',
    `${property} must have at most ${longest} here, so that ROS can keep the id of ${String(most)} ${unit}`,
  )
}
