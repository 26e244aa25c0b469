import { huaweiConnectionDescriptions } from '../connection-descriptions.ts'
import { secretVariablesDescription, variablesDescriptions } from '../rfs-descriptions.ts'
import { callIdentityDescription, operationPreferencesDescriptions } from '../stack-set-descriptions.ts'
import { bridgeDescriptions, type DescriptionsOf } from '../../properties/property-descriptions.ts'
import type { StackInstancesProperties } from './properties.ts'

export const propertyDescriptions: DescriptionsOf<StackInstancesProperties> = {
  ...bridgeDescriptions,
  ...huaweiConnectionDescriptions,
  StackSetName: 'The stack set of the instances. It cannot change.',
  StackSetId:
    "The stack set's UUID, to exclude another set of that name. An Update and a Delete always use the set in which the resource was made.",
  DeploymentTargets: {
    description: 'In which accounts and regions there shall be an instance.',
    properties: {
      Regions: 'The regions, each once.',
      DomainIds:
        'The accounts, for a set with self-managed permissions; or those that the filter refers to. Not together with `DomainIdsUri`.',
      DomainIdsUri: 'The address of a CSV file of accounts in OBS.',
      OrganizationalUnitIds: 'Organizational units, for a set with service-managed permissions.',
      DomainIdFilterType:
        'How the accounts of the units and `DomainIds` or `DomainIdsUri` are combined: `INTERSECTION` (only these) or `DIFFERENCE` (all but these). `UNION` is refused: CreateStackInstance does not take it.',
    },
  },
  VarOverrides: {
    description: 'Variables that override those of the set.',
    properties: {
      Parameters: 'A map of variables. Values keep their JSON types.',
      ...variablesDescriptions,
      UseStackSetVars:
        "Names of variables that keep the set's value. RFS wants `Parameters`, `VarsUri` and these together to name all variables for which the set has values, each once.",
    },
  },
  OperationPreferences: {
    description: 'How an operation goes through the instances.',
    properties: operationPreferencesDescriptions,
  },
  CallIdentity: callIdentityDescription,
  SecretParameters: secretVariablesDescription,
}
