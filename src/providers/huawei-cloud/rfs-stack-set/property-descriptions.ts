import { huaweiConnectionDescriptions } from '../connection-descriptions.ts'
import { secretVariablesDescription, templateDescriptions } from '../rfs-descriptions.ts'
import { callIdentityDescription, operationPreferencesDescriptions } from '../stack-set-descriptions.ts'
import { bridgeDescriptions, type DescriptionsOf } from '../../properties/property-descriptions.ts'
import type { StackSetProperties } from './properties.ts'

export const propertyDescriptions: DescriptionsOf<StackSetProperties> = {
  ...bridgeDescriptions,
  ...huaweiConnectionDescriptions,
  StackSet: {
    description: "The stack set, as in RFS's CreateStackSet.",
    properties: {
      Name: "The set's name. Without it, one is derived from ROS's stack name and the logical id, with a hash of both ids. It cannot change.",
      Description: "RFS takes 1,024 characters; the owners' marks follow after yours.",
      PermissionModel:
        'Without it, `SELF_MANAGED`: RFS acts in the accounts by agencies of your own. `SERVICE_MANAGED`: by the organization. It cannot change.',
      AdministrationAgencyName:
        'The agency with which RFS assumes the managed ones; or `AdministrationAgencyUrn`. Needed with `SELF_MANAGED`, refused with `SERVICE_MANAGED`.',
      AdministrationAgencyUrn: 'The same agency by its URN.',
      ManagedAgencyName:
        'The agency in each account with which RFS makes the resources. Needed with `SELF_MANAGED`, refused with `SERVICE_MANAGED`.',
      ...templateDescriptions,
      InitialStackDescription: "The description of the instances' stacks.",
      ManagedOperation: {
        description: 'As in the API.',
        properties: { EnableParallelOperation: 'true: operations that do not conflict may run at once.' },
      },
    },
  },
  OperationPreferences: {
    description: 'How the deployment that an Update starts goes through the instances.',
    properties: operationPreferencesDescriptions,
  },
  CallIdentity: callIdentityDescription,
  SecretParameters: secretVariablesDescription,
}
