import { badRequest } from '../fault.ts'
import { objectAt } from '../rfs-request.ts'
import { addressOf, type SandboxStackInstance, type SandboxStackSet } from './engine.ts'
import type { Targets } from './request-schemas.ts'

/** Resolves the deployment targets of an operation to accounts and instances. */

export interface TargetSources {
  /** The contents of objects in OBS, by their URLs. */
  readonly objects: ReadonlyMap<string, string>
  /** The accounts in each organizational unit. */
  readonly units: ReadonlyMap<string, readonly string[]>
}

/**
 * The accounts in the targets. The permission model of the set decides which fields are allowed.
 * https://support.huaweicloud.com/intl/en-us/api-aos/CreateStackInstance.html
 */
export function accountsOf(set: SandboxStackSet, given: Targets, sources: TargetSources): readonly string[] {
  const { domain_ids, domain_ids_uri, organizational_unit_ids, domain_id_filter_type = 'NONE' } = given
  if (given.regions.length === 0) throw badRequest('regions must not be empty')
  if (domain_ids !== undefined && domain_ids_uri !== undefined)
    throw badRequest('domain_ids and domain_ids_uri cannot both be given')
  const file = domain_ids_uri === undefined ? undefined : objectAt(sources.objects, domain_ids_uri)
  const named = domain_ids ?? file?.split(/[,\s]+/).filter((id) => id !== '')
  if (set.permissionModel === 'SELF_MANAGED') {
    if (organizational_unit_ids !== undefined || given.domain_id_filter_type !== undefined)
      throw badRequest('organizational_unit_ids are only for SERVICE_MANAGED stack sets')
    if (named === undefined) throw badRequest('domain_ids or domain_ids_uri must be given')
    return named
  }
  if (organizational_unit_ids === undefined) throw badRequest('organizational_unit_ids must be given')
  if ((domain_id_filter_type === 'NONE') !== (named === undefined))
    throw badRequest('domain_ids must be empty for NONE and given for any other domain_id_filter_type')
  const inUnits = organizational_unit_ids.flatMap((unit) => [...(sources.units.get(unit) ?? [])])
  switch (domain_id_filter_type) {
    case 'NONE':
      return inUnits
    case 'INTERSECTION':
      return inUnits.filter((id) => named?.includes(id))
    case 'DIFFERENCE':
      return inUnits.filter((id) => named?.includes(id) !== true)
    case 'UNION':
      return [...inUnits, ...(named ?? [])]
  }
}

export function existingInstances(
  set: SandboxStackSet,
  given: Targets,
  sources: TargetSources,
): SandboxStackInstance[] {
  return accountsOf(set, given, sources).flatMap((domainId) =>
    given.regions.map((region) => {
      const instance = set.instances.get(addressOf(region, domainId))
      if (instance !== undefined) return instance
      throw badRequest(`The stack instance ${addressOf(region, domainId)} is not managed by the stack set`)
    }),
  )
}

/**
 * The existing instances in the target regions and accounts. Each region and each account must have an instance.
 * https://support.huaweicloud.com/intl/en-us/api-aos/DeployStackSet.html
 */
export function deployedInstances(
  set: SandboxStackSet,
  given: Targets,
  sources: TargetSources,
): SandboxStackInstance[] {
  if (set.instances.size === 0 && given.regions.length === 0) return []
  const accounts = accountsOf(set, given, sources)
  const all = [...set.instances.values()]
  const unmanaged = [
    ...given.regions.filter((region) => !all.some((one) => one.region === region)),
    ...accounts.filter((domainId) => !all.some((one) => one.domainId === domainId)),
  ][0]
  if (unmanaged !== undefined) throw badRequest(`${unmanaged} is not managed by the stack set`)
  return all.filter(({ region, domainId }) => given.regions.includes(region) && accounts.includes(domainId))
}
