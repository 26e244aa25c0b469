import type { JsonObject } from '../../../platform/json.ts'
import { present } from '../stack-set-properties.ts'
import type { RfsStackInstance } from '../stack-sets.ts'
import type { DeploymentTargets } from './properties.ts'

/** The accounts of the targets. */
export type Members =
  /** Accounts by their ids, so that each instance is known. */
  | { readonly by: 'accounts'; readonly ids: readonly string[] }
  | { readonly by: 'units'; readonly ids: readonly string[] }
  /** A file's accounts, or a part of those of the units: only RFS knows which accounts these are. */
  | { readonly by: 'selection'; readonly body: JsonObject }

export interface Targets {
  readonly regions: readonly string[]
  readonly members: Members
}

/** One region and one account, or unit, or the whole selection. */
export interface Cell {
  readonly region: string
  readonly member: string
}

const SELECTION = '*'

export function targetsOf(given: DeploymentTargets): Targets {
  return { regions: given.Regions, members: membersOf(given) }
}

function membersOf({
  DomainIds,
  DomainIdsUri,
  OrganizationalUnitIds,
  DomainIdFilterType,
}: DeploymentTargets): Members {
  const isFiltered = DomainIdFilterType !== undefined && DomainIdFilterType !== 'NONE'
  if (OrganizationalUnitIds === undefined && DomainIds !== undefined)
    return { by: 'accounts', ids: DomainIds }
  if (OrganizationalUnitIds !== undefined && !isFiltered) return { by: 'units', ids: OrganizationalUnitIds }
  return {
    by: 'selection',
    body: present({
      domain_ids: DomainIds,
      domain_ids_uri: DomainIdsUri,
      organizational_unit_ids: OrganizationalUnitIds,
      domain_id_filter_type: DomainIdFilterType,
    }),
  }
}

/** Whether the members can be compared one by one. */
export function areComparable(one: Members, other: Members): boolean {
  if (one.by === 'selection' && other.by === 'selection')
    return JSON.stringify(one.body) === JSON.stringify(other.body)
  return one.by === other.by
}

export function cellsOf({ regions, members }: Targets): Cell[] {
  const names = members.by === 'selection' ? [SELECTION] : members.ids
  return regions.flatMap((region) => names.map((member) => ({ region, member })))
}

export function without(cells: readonly Cell[], others: readonly Cell[]): Cell[] {
  const keys = new Set(others.map(keyOf))
  return cells.filter((cell) => !keys.has(keyOf(cell)))
}

export function within(cells: readonly Cell[], others: readonly Cell[]): Cell[] {
  const keys = new Set(others.map(keyOf))
  return cells.filter((cell) => keys.has(keyOf(cell)))
}

export function cellOf({ region, stack_domain_id }: RfsStackInstance): Cell {
  return { region, member: stack_domain_id }
}

/** The instances of the targets; where the accounts are not known, all instances in the targets' regions. */
export function instancesOf(
  instances: readonly RfsStackInstance[],
  { members, regions }: Targets,
): RfsStackInstance[] {
  return instances.filter(
    ({ region, stack_domain_id }) =>
      regions.includes(region) && (members.by !== 'accounts' || members.ids.includes(stack_domain_id)),
  )
}

/**
 * The smallest number of targets that cover exactly these cells: RFS accepts a list of regions and a list of members,
 * and combines each with each.
 */
export function blocksOf(cells: readonly Cell[], members: Members): Targets[] {
  const byRegion = new Map<string, string[]>()
  for (const { region, member } of cells) byRegion.set(region, [...(byRegion.get(region) ?? []), member])
  const blocks = new Map<string, { regions: string[]; names: string[] }>()
  for (const [region, names] of byRegion) {
    const key = JSON.stringify([...names].sort())
    const block = blocks.get(key) ?? { regions: [], names }
    blocks.set(key, { ...block, regions: [...block.regions, region] })
  }
  return [...blocks.values()].map(({ regions, names }) => ({
    regions,
    members: members.by === 'selection' ? members : { by: members.by, ids: names },
  }))
}

/** `deployment_targets`, in the order of the document. */
export function targetsBody({ regions, members }: Targets): JsonObject {
  switch (members.by) {
    case 'accounts':
      return { regions, domain_ids: members.ids }
    case 'units':
      return { regions, organizational_unit_ids: members.ids }
    case 'selection':
      return { regions, ...members.body }
  }
}

function keyOf({ region, member }: Cell): string {
  return JSON.stringify([region, member])
}
