import type { JsonObject } from '../../../platform/json.ts'
import { preferencesBody, present, type OperationPreferences } from '../stack-set-properties.ts'
import type { RfsStackInstance, RfsStackSet } from '../stack-sets.ts'
import { tfvars } from '../tfvars.ts'
import type { DesiredSet } from './properties.ts'

/** https://support.huaweicloud.com/intl/en-us/api-aos/CreateStackSet.html */
export function createSetBody(
  set: DesiredSet,
  name: string,
  description: string,
  callIdentity: string | undefined,
): JsonObject {
  return present({
    stack_set_name: name,
    stack_set_description: description,
    permission_model: set.PermissionModel,
    ...attributes(set),
    ...design(set),
    call_identity: callIdentity,
  })
}

/**
 * The attributes that a deployment does not change.
 * https://support.huaweicloud.com/intl/en-us/api-aos/UpdateStackSet.html
 */
export function updateSetBody(
  set: DesiredSet,
  id: string,
  description: string,
  callIdentity: string | undefined,
): JsonObject {
  return present({
    stack_set_id: id,
    stack_set_description: description,
    ...attributes(set),
    call_identity: callIdentity,
  })
}

/** Changes only the description. */
export function describeSetBody(
  id: string,
  description: string,
  callIdentity: string | undefined,
): JsonObject {
  return present({
    stack_set_id: id,
    stack_set_description: description,
    call_identity: callIdentity,
  })
}

/** RFS's names of the attributes that an update would change. */
export function changedAttributes(desired: DesiredSet, set: RfsStackSet): string[] {
  const current = new Map<string, unknown>(Object.entries(set))
  return Object.entries(attributes(desired)).flatMap(([name, value]) =>
    JSON.stringify(current.get(name)) === JSON.stringify(value) ? [] : name,
  )
}

/**
 * Template and variables, for all instances of the set: RFS combines each region with each account, and deploys to
 * those instances that exist. https://support.huaweicloud.com/intl/en-us/api-aos/DeployStackSet.html
 */
export function deploySetBody(
  desired: DesiredSet,
  set: RfsStackSet,
  instances: readonly RfsStackInstance[],
  { preferences, callIdentity }: DeploymentOptions,
): JsonObject {
  const regions = [...new Set(instances.map(({ region }) => region))]
  const accounts = [...new Set(instances.map(({ stack_domain_id }) => stack_domain_id))]
  return present({
    stack_set_id: set.stack_set_id,
    deployment_targets:
      set.permission_model === 'SERVICE_MANAGED'
        ? { regions, organizational_unit_ids: set.organizational_unit_ids ?? [] }
        : { regions, domain_ids: accounts },
    ...design(desired),
    operation_preferences: preferences === undefined ? undefined : preferencesBody(preferences, regions),
    call_identity: callIdentity,
  })
}

export interface DeploymentOptions {
  readonly preferences: OperationPreferences | undefined
  readonly callIdentity: string | undefined
}

function attributes(set: DesiredSet): JsonObject {
  const parallel = set.ManagedOperation?.EnableParallelOperation
  return present({
    administration_agency_name: set.AdministrationAgencyName,
    managed_agency_name: set.ManagedAgencyName,
    initial_stack_description: set.InitialStackDescription,
    administration_agency_urn: set.AdministrationAgencyUrn,
    managed_operation: parallel === undefined ? undefined : { enable_parallel_operation: parallel },
  })
}

function design({ TemplateBody, TemplateUri, VarsUri, VarsBody, Parameters }: DesiredSet): JsonObject {
  return present({
    template_body: TemplateBody,
    template_uri: TemplateUri,
    vars_uri: VarsUri,
    vars_body: Parameters === undefined ? VarsBody : tfvars(Parameters),
  })
}
