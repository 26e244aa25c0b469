import * as v from 'valibot'
import { optionalText } from '../request-schema.ts'
import { rfsName } from '../rfs-request.ts'

/**
 * The bodies of RFS's requests for stack sets and their instances.
 * https://support.huaweicloud.com/intl/en-us/api-aos/CreateStackSet.html
 * https://support.huaweicloud.com/intl/en-us/api-aos/CreateStackInstance.html
 */

const uuid = v.optional(v.pipe(v.string(), v.length(36)))
const count = (least: number) => v.optional(v.pipe(v.number(), v.integer(), v.minValue(least)))
const list = v.optional(v.array(v.string()))
const callIdentity = v.optional(v.picklist(['SELF', 'DELEGATED_ADMIN']))

const design = {
  template_body: optionalText(51_200),
  template_uri: optionalText(2048),
  vars_body: optionalText(51_200),
  vars_uri: optionalText(2048),
}

export const attributes = {
  stack_set_description: optionalText(1024),
  initial_stack_description: optionalText(1024),
  administration_agency_name: optionalText(64),
  administration_agency_urn: optionalText(2048),
  managed_agency_name: optionalText(64),
  managed_operation: v.optional(v.strictObject({ enable_parallel_operation: v.optional(v.boolean()) })),
}

const targets = v.strictObject({
  regions: v.array(v.string()),
  domain_ids: list,
  domain_ids_uri: optionalText(2048),
  organizational_unit_ids: list,
  domain_id_filter_type: v.optional(v.picklist(['INTERSECTION', 'DIFFERENCE', 'UNION', 'NONE'])),
})

const preferences = v.strictObject({
  region_concurrency_type: v.optional(v.picklist(['SEQUENTIAL', 'PARALLEL'])),
  region_order: list,
  failure_tolerance_count: count(0),
  failure_tolerance_percentage: count(0),
  max_concurrent_count: count(1),
  max_concurrent_percentage: count(1),
  failure_tolerance_mode: v.optional(v.picklist(['STRICT_FAILURE_TOLERANCE', 'SOFT_FAILURE_TOLERANCE'])),
})

const overrides = v.strictObject({
  vars_uri: optionalText(2048),
  vars_body: optionalText(51_200),
  use_stack_set_vars: list,
})

export const createSchema = v.strictObject({
  stack_set_name: rfsName,
  permission_model: v.optional(v.picklist(['SELF_MANAGED', 'SERVICE_MANAGED'])),
  ...attributes,
  ...design,
  call_identity: callIdentity,
})
export const updateSchema = v.strictObject({ stack_set_id: uuid, ...attributes, call_identity: callIdentity })
const operationFields = {
  stack_set_id: uuid,
  deployment_targets: targets,
  operation_preferences: v.optional(preferences),
  call_identity: callIdentity,
}
export const deploySchema = v.strictObject({ ...operationFields, ...design })
export const instancesSchema = v.strictObject({ ...operationFields, var_overrides: v.optional(overrides) })
export const deletionSchema = v.strictObject(operationFields)

export type Targets = v.InferOutput<typeof targets>
export type Preferences = v.InferOutput<typeof preferences>
export type Overrides = v.InferOutput<typeof overrides>
export type Creation = v.InferOutput<typeof createSchema>
export type SetDesign = Pick<v.InferOutput<typeof deploySchema>, keyof typeof design>
