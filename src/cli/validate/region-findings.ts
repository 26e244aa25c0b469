import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../platform/json.ts'
import { ALIBABA_CLOUD_REGIONS } from '../../providers/alibaba-cloud/known-regions.ts'
import { AWS_REGIONS } from '../../providers/aws/known-regions.ts'
import { HUAWEI_CLOUD_REGIONS } from '../../providers/huawei-cloud/known-regions.ts'
import { unknownRegion, type KnownRegions } from '../../providers/identifiers/known-regions.ts'
import { GENERIC_TYPE, servedProviders } from '../../providers/registry.ts'
import type { PropertyProblem } from '../../providers/properties/property-problem.ts'
import { pathTo, warning, type Finding } from './finding.ts'

/** By the vendor's folder. OpenStack's regions are each cloud's own. */
const KNOWN: Readonly<Record<string, KnownRegions>> = {
  aws: AWS_REGIONS,
  'alibaba-cloud': ALIBABA_CLOUD_REGIONS,
  'huawei-cloud': HUAWEI_CLOUD_REGIONS,
}

/**
 * Warns of regions that are on no list of their vendor's. With `Endpoint` a region may have any name: emulators and private
 * clouds have their own. `refused`: the problems that are known already; no value gets two findings for one mistake.
 */
export function regionFindings(
  type: string,
  parameters: JsonValue | undefined,
  refused: readonly PropertyProblem[],
): Finding[] {
  if (parameters === undefined || !isJsonObject(parameters)) return []
  const known = KNOWN[vendorOf(type, parameters['Provider']) ?? '']
  if (known === undefined || (parameters['Endpoint'] ?? '') !== '') return []
  return known.properties
    .flatMap((keys) => namesAt(parameters, keys))
    .filter(({ path, name }) => name !== '' && !refused.some((problem) => problem.path === path))
    .flatMap(({ path, name }) => {
      const problem = unknownRegion(name, known)
      return problem === undefined ? [] : [warning(path, problem)]
    })
}

interface NamedRegion {
  readonly path: string
  readonly name: string
}

/** The regions that a property names: itself, or in its items. */
function namesAt(parameters: JsonObject, keys: readonly string[]): NamedRegion[] {
  const path = keys.join('.')
  const value = keys.reduce<JsonValue | undefined>(
    (map, key) => (map !== undefined && isJsonObject(map) ? map[key] : undefined),
    parameters,
  )
  const named =
    value !== undefined && isJsonList(value) ? [...value.entries()] : [[undefined, value] as const]
  return named.flatMap(([index, name]) =>
    typeof name === 'string' ? [{ path: index === undefined ? path : pathTo(path, index), name }] : [],
  )
}

function vendorOf(type: string, provider: JsonValue | undefined): string | undefined {
  const service = servedProviders.find(({ name, resourceTypes }) =>
    type === GENERIC_TYPE ? name === provider : resourceTypes.includes(type),
  )
  return service?.folder.split('/')[0]
}
