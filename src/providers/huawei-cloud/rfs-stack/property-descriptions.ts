import { huaweiConnectionDescriptions } from '../connection-descriptions.ts'
import { secretVariablesDescription, templateDescriptions } from '../rfs-descriptions.ts'
import {
  bridgeDescriptions,
  planPolicyDescriptions,
  sharedDescriptions,
  type DescriptionsOf,
} from '../../properties/property-descriptions.ts'
import type { RfsStackProperties } from './properties.ts'

export const propertyDescriptions: DescriptionsOf<RfsStackProperties> = {
  ...bridgeDescriptions,
  ...huaweiConnectionDescriptions,
  OnTimeout:
    'What the bridge does when `Timeout` is over. `leave` (default): it leaves the stack as it is. RFS cannot cancel a deployment: `cancel` leaves the stack too, and says so. RFS refuses `delete` while the deployment runs.',
  Stack: {
    description: "The stack, as in RFS's CreateStack and DeployStack.",
    properties: {
      Name: `${sharedDescriptions.stackName} ROS keeps at most 255 bytes of the stack's id; a Chinese character takes three.`,
      Description: "RFS takes 1,024 characters; the owner's mark follows after yours.",
      ...templateDescriptions,
      VarsStructure:
        'Variables as a list of `VarKey`, `VarValue` and, for a value that KMS has encrypted, `Encryption.Kms.Id` and `Encryption.Kms.CipherText`. A variable must not be given in two ways.',
      Agencies:
        'With whose rights RFS makes the resources: a list of `ProviderName` and either `AgencyName` or `AgencyUrn`. Without it, with those of the caller.',
      EnableDeletionProtection: 'Deletion protection. Only changed if it is given.',
      EnableAutoRollback: 'Rolls a failed deployment back. Only changed if it is given.',
    },
  },
  ContinueRollback: 'true: an Update continues a rollback that has failed before it deploys.',
  RetainAllResources: 'true: a Delete removes the stack from RFS and leaves its resources.',
  ...planPolicyDescriptions,
  OnDeleteFailed: `${sharedDescriptions.onDeleteFailed} \`retain\` removes the stack from RFS and leaves its resources.`,
  SecretParameters: secretVariablesDescription,
}
