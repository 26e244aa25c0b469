import { CloudError } from '../../provider.ts'

export const OTHER_MEMBERS =
  'DeploymentTargets cannot change from one way of naming accounts to another, nor to another DomainIdsUri or filter: RFS ' +
  'does not show which accounts these were, so that nobody could tell what is new and what is gone. Add a resource with ' +
  'another name to the ROS template and remove this one'

export const OTHER_TARGETS =
  'DeploymentTargets are not those that this resource has brought about: some of the instances may be of others. Take the ' +
  'last change of DeploymentTargets back and delete again'

export function tooLong(): CloudError {
  return new CloudError(
    'rejected',
    'StackSetName is too long: ROS keeps an id of 255 bytes at most, of which a Chinese character takes three',
  )
}
