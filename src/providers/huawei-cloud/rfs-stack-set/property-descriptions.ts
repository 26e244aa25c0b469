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
      Name: "The set's name; else one is derived from ROS's stack name and the logical id. It cannot change.",
      Description: "At most 384 characters; the owners' marks stand after them.",
      PermissionModel: 'SELF_MANAGED: by agencies of your own; SERVICE_MANAGED: by the organization.',
      AdministrationAgencyName:
        'The agency as which RFS takes on the managed ones; or AdministrationAgencyUrn. For SELF_MANAGED.',
      AdministrationAgencyUrn: 'The same agency by its URN.',
      ManagedAgencyName: 'The agency in each account as which RFS makes the resources. For SELF_MANAGED.',
      ...templateDescriptions,
      TemplateUri:
        'The address of a template in OBS. When only what is behind it has changed, change Revision too.',
      InitialStackDescription: 'The description of the stacks that the set makes.',
      ManagedOperation: {
        description: 'As in the API.',
        properties: { EnableParallelOperation: 'Whether operations that do not conflict may run at once.' },
      },
    },
  },
  OperationPreferences: {
    description: 'How the deployment that an Update begins goes through the instances.',
    properties: operationPreferencesDescriptions,
  },
  CallIdentity: callIdentityDescription,
  SecretParameters: secretVariablesDescription,
}
