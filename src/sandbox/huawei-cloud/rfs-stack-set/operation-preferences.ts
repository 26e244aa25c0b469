import { badRequest } from '../fault.ts'
import type { SandboxPreferences, SandboxStackInstance } from './engine.ts'
import type { Preferences } from './request-schemas.ts'

export function preferencesOf(
  given: Preferences = {},
  instances: readonly SandboxStackInstance[],
): SandboxPreferences {
  const regions = [...new Set(instances.map(({ region }) => region))]
  const { region_concurrency_type = 'SEQUENTIAL', region_order } = given
  const { failure_tolerance_count, failure_tolerance_percentage } = given
  const { max_concurrent_count, max_concurrent_percentage } = given
  if (failure_tolerance_count !== undefined && failure_tolerance_percentage !== undefined)
    throw badRequest('failure_tolerance_count and failure_tolerance_percentage cannot both be given')
  if (max_concurrent_count !== undefined && max_concurrent_percentage !== undefined)
    throw badRequest('max_concurrent_count and max_concurrent_percentage cannot both be given')
  if (region_order !== undefined && given.region_concurrency_type !== 'SEQUENTIAL')
    throw badRequest('region_order is only for SEQUENTIAL')
  if (region_order !== undefined && [...region_order].sort().join() !== [...regions].sort().join())
    throw badRequest('region_order must hold all regions of the operation and no other')
  const share = (percentage: number, instances: number) => Math.floor((percentage * instances) / 100)
  const tolerance = (instances: number) =>
    failure_tolerance_count ?? share(failure_tolerance_percentage ?? 0, instances)
  const concurrency = (instances: number) =>
    max_concurrent_count ?? Math.max(1, share(max_concurrent_percentage ?? 1, instances))
  return {
    parallel: region_concurrency_type === 'PARALLEL',
    order: region_order ?? [],
    tolerance,
    concurrency: (instances) =>
      given.failure_tolerance_mode === 'SOFT_FAILURE_TOLERANCE'
        ? concurrency(instances)
        : Math.min(concurrency(instances), tolerance(instances) + 1),
  }
}
