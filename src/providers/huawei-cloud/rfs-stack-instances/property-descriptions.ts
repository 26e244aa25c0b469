import { huaweiConnectionDescriptions } from '../connection-descriptions.ts'
import { secretVariablesDescription, variablesDescriptions } from '../rfs-descriptions.ts'
import { callIdentityDescription, operationPreferencesDescriptions } from '../stack-set-descriptions.ts'
import { bridgeDescriptions, type DescriptionsOf } from '../../properties/property-descriptions.ts'
import type { StackInstancesProperties } from './properties.ts'

export const propertyDescriptions: DescriptionsOf<StackInstancesProperties> = {
  ...bridgeDescriptions,
  ...huaweiConnectionDescriptions,
  StackSetName: 'The stack set that the instances are of.',
  StackSetId: "The stack set's UUID, where the name alone is not enough.",
  DeploymentTargets: {
    description: 'In which accounts and regions there is to be an instance.',
    properties: {
      Regions: 'The regions, each once.',
      DomainIds: 'The accounts; or DomainIdsUri.',
      DomainIdsUri: 'The address of a list of accounts in OBS.',
      OrganizationalUnitIds: 'Organizational units, for a set with service-managed permissions.',
      DomainIdFilterType:
        'What the accounts are to the organizational units: NONE, INTERSECTION (these only) or DIFFERENCE (all but these).',
    },
  },
  VarOverrides: {
    description: "Variables that differ from the set's own.",
    properties: {
      Parameters: 'Variable to value. Values keep their JSON types.',
      ...variablesDescriptions,
      UseStackSetVars: "Variables that go back to the set's own.",
    },
  },
  OperationPreferences: {
    description: 'How an operation goes through the instances.',
    properties: operationPreferencesDescriptions,
  },
  CallIdentity: callIdentityDescription,
  SecretParameters: secretVariablesDescription,
}
