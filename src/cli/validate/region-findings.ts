import { isJsonObject, type JsonValue } from '../../platform/json.ts'
import { ALIBABA_CLOUD_REGIONS } from '../../providers/alibaba-cloud/known-regions.ts'
import { AWS_REGIONS } from '../../providers/aws/known-regions.ts'
import { HUAWEI_CLOUD_REGIONS } from '../../providers/huawei-cloud/known-regions.ts'
import { unknownRegion, type KnownRegions } from '../../providers/identifiers/known-regions.ts'
import { GENERIC_TYPE, servedProviders } from '../../providers/registry.ts'
import { warning, type Finding } from './finding.ts'

/** By the vendor's folder. OpenStack's regions are each cloud's own. */
const KNOWN: Readonly<Record<string, KnownRegions>> = {
  aws: AWS_REGIONS,
  'alibaba-cloud': ALIBABA_CLOUD_REGIONS,
  'huawei-cloud': HUAWEI_CLOUD_REGIONS,
}

/**
 * Warns of a region that is on no list of its vendor's. With `Endpoint` the region may have any name: emulators and private
 * clouds have their own.
 */
export function regionFindings(type: string, parameters: JsonValue | undefined): Finding[] {
  if (parameters === undefined || !isJsonObject(parameters)) return []
  const known = KNOWN[vendorOf(type, parameters['Provider']) ?? '']
  if (known === undefined || (parameters['Endpoint'] ?? '') !== '') return []
  const region = parameters[known.property]
  const problem = typeof region === 'string' && region !== '' ? unknownRegion(region, known) : undefined
  return problem === undefined ? [] : [warning(known.property, problem)]
}

function vendorOf(type: string, provider: JsonValue | undefined): string | undefined {
  const service = servedProviders.find(({ name, resourceTypes }) =>
    type === GENERIC_TYPE ? name === provider : resourceTypes.includes(type),
  )
  return service?.folder.split('/')[0]
}
