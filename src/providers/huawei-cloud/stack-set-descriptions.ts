import type { OperationPreferences } from './stack-set-properties.ts'
import type { DescriptionsOf } from '../properties/property-descriptions.ts'

export const operationPreferencesDescriptions: DescriptionsOf<OperationPreferences> = {
  RegionConcurrencyType: '`SEQUENTIAL`: one region after the other. `PARALLEL`: all at once.',
  RegionOrder: 'The order of the regions, with all of them. Only with `SEQUENTIAL`.',
  FailureToleranceCount:
    'How many instances of a region may fail. Not together with `FailureTolerancePercentage`.',
  FailureTolerancePercentage: 'How many percent of the instances of a region may fail.',
  MaxConcurrentCount:
    'How many instances are worked on at once. Not together with `MaxConcurrentPercentage`.',
  MaxConcurrentPercentage: 'How many percent of the instances are worked on at once.',
  FailureToleranceMode: 'As in the API.',
}

export const callIdentityDescription =
  'As whom RFS is called: `DELEGATED_ADMIN` only for a set with service-managed permissions.'
