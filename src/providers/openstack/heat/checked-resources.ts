import type { FoundDrift } from '../../drift.ts'
import type { DriftedResource } from '../../provider.ts'
import { DEEPEST_NESTING, nameAndIdIn } from './client.ts'
import type { HeatResource } from './response-schemas.ts'

/** Resources that notes name. */
const MOST_NAMED = 10
const LONGEST_REASON = 300

/**
 * What Heat's check has found. `stackId`: of the outermost stack. `mask` masks secrets before a reason is cut: in a cut
 * reason, they could not be found. https://docs.openstack.org/heat/latest/developing_guides/pluginguide.html: a type
 * without `handle_check` is not checked.
 */
export function checkedResources(
  resources: readonly HeatResource[],
  stackId: string,
  mask: (text: string) => string,
): FoundDrift {
  const paths = new Paths(resources, stackId)
  const failed = resources
    .filter(({ resource_status }) => resource_status === 'CHECK_FAILED')
    .sort((one, other) => (paths.of(one) < paths.of(other) ? -1 : 1))
  const unchecked = resources
    .filter(({ resource_status_reason: reason }) => reason?.startsWith('CHECK not supported') === true)
    .map((resource) => paths.of(resource))
    .sort()
  const drifted = failed.map((resource): DriftedResource => {
    const physicalId = resource.physical_resource_id ?? ''
    return {
      drift: 'unhealthy',
      resource: paths.of(resource),
      type: resource.resource_type,
      ...(physicalId === '' ? {} : { physicalId }),
    }
  })
  return {
    drifted,
    isWhole: true,
    notes: [
      ...failed
        .slice(0, MOST_NAMED)
        .map((resource) => `Heat says of ${paths.of(resource)}: ${reasonOf(resource, mask)}`),
      ...(failed.length === 0 ? [] : [REPLACED]),
      ...(unchecked.length === 0 ? [] : [uncheckedNote(unchecked)]),
      ONLY_HEALTH,
    ],
  }
}

/** heat/engine/resource.py, `always_replace_on_check_failed` */
const REPLACED = 'The next update replaces what has failed the check, unless its type says otherwise.'
const ONLY_HEALTH =
  'Heat checks whether resources exist and are healthy, not whether their properties were changed.'

function uncheckedNote(names: readonly string[]): string {
  const others = names.length - MOST_NAMED
  const shown = `${names.slice(0, MOST_NAMED).join(', ')}${others > 0 ? ` and ${String(others)} more` : ''}`
  return `Heat has not checked ${shown}: it cannot check every type of resource.`
}

function reasonOf({ resource_status_reason: reason }: HeatResource, mask: (text: string) => string): string {
  const text = mask(reason ?? 'it gives no reason').slice(0, LONGEST_REASON)
  return /[.!?]$/.test(text) ? text : `${text}.`
}

/** Where each resource is, through nested stacks. */
class Paths {
  readonly #stackId: string
  /** By the id of the nested stack that it is. */
  readonly #nested: ReadonlyMap<string, HeatResource>

  constructor(resources: readonly HeatResource[], stackId: string) {
    this.#stackId = stackId
    this.#nested = new Map(
      resources.flatMap((resource) => {
        const id = linkedStack(resource, 'nested')
        return id === undefined ? [] : [[id, resource] as const]
      }),
    )
  }

  of(resource: HeatResource, depth = 0): string {
    const id = linkedStack(resource, 'stack')
    const parent = id === undefined || id === this.#stackId ? undefined : this.#nested.get(id)
    return parent === undefined || depth > DEEPEST_NESTING
      ? resource.resource_name
      : `${this.of(parent, depth + 1)}/${resource.resource_name}`
  }
}

function linkedStack({ links }: HeatResource, rel: 'stack' | 'nested'): string | undefined {
  return nameAndIdIn(links.find((link) => link.rel === rel)?.href ?? '')?.id
}
