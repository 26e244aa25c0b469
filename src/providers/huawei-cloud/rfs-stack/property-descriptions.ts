import { huaweiConnectionDescriptions } from '../connection-descriptions.ts'
import { templateDescriptions } from '../rfs-descriptions.ts'
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
    'When the time is over: leave (default) the stack as it is. RFS cannot cancel a deployment, so that cancel leaves it, too, and delete can only be refused.',
  Stack: {
    description: "The stack, as in RFS's CreateStack and DeployStack.",
    properties: {
      Name: sharedDescriptions.stackName,
      Description: "At most 768 characters; the owner's mark stands after them.",
      ...templateDescriptions,
      TemplateUri:
        'The address of a .tf, .tf.json or .zip in OBS. When only what is behind it has changed, change Revision too.',
      VarsStructure:
        'Variables as a list of {VarKey, VarValue}, with Encryption where KMS has encrypted the value.',
      Agencies:
        'As whom RFS makes the resources: a list of ProviderName with either AgencyName or AgencyUrn. Else as the caller.',
      EnableDeletionProtection: 'Switched only where it is given.',
      EnableAutoRollback: 'Rolls a failed deployment back. Switched only where it is given.',
    },
  },
  ContinueRollback: 'An Update continues a rollback that has failed before it deploys.',
  RetainAllResources: 'A Delete forgets the stack and keeps its resources.',
  ...planPolicyDescriptions,
  OnDeleteFailed: 'What to try, in this order, when a deletion fails. After retain the resources stay.',
  SecretParameters:
    'Variables whose values are masked everywhere. Those that an inline template marks sensitive are anyway.',
}
