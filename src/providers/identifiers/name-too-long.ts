import { CloudError } from '../provider.ts'

/** The bytes of a PhysicalResourceId that ROS keeps; see docs/limits.md. */
const LONGEST_ID = 255

/** Refuses a name with which the stack's id would be longer than ROS can keep. `longest`: with its unit. */
export function nameTooLong(property: 'Stack.Name' | 'StackSet.Name', longest: string): CloudError {
  return new CloudError(
    'rejected',
    `${property} must have at most ${longest} here, so that ROS can keep the id of ${String(LONGEST_ID)} bytes`,
  )
}
