import * as v from 'valibot'
import { optionalText } from '../request-schema.ts'
import { rfsName } from '../rfs-request.ts'

/** The bodies of RFS's requests for stacks. https://support.huaweicloud.com/intl/en-us/api-aos/CreateStack.html */

const agencies = v.optional(
  v.pipe(
    v.array(
      v.strictObject({
        provider_name: v.pipe(v.string(), v.nonEmpty(), v.maxLength(128)),
        agency_name: optionalText(64),
        agency_urn: optionalText(2048),
      }),
    ),
    v.maxLength(10),
  ),
)

const deployment = {
  template_body: optionalText(51_200),
  template_uri: optionalText(2048),
  vars_structure: v.optional(
    v.pipe(
      v.array(
        v.strictObject({
          var_key: v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9_-]{0,31}$/)),
          var_value: v.pipe(v.string(), v.maxLength(2048)),
          encryption: v.optional(
            v.strictObject({ kms: v.strictObject({ id: v.string(), cipher_text: v.string() }) }),
          ),
        }),
      ),
      v.maxLength(100),
    ),
  ),
  vars_body: optionalText(51_200),
  vars_uri: optionalText(2048),
}

const attributes = {
  description: optionalText(1024),
  enable_deletion_protection: v.optional(v.boolean()),
  enable_auto_rollback: v.optional(v.boolean()),
  agencies,
}

export const createSchema = v.strictObject({ stack_name: rfsName, ...attributes, ...deployment })
const stackId = v.optional(v.pipe(v.string(), v.length(36)))
export const deploySchema = v.strictObject({ stack_id: stackId, ...deployment })
/** https://support.huaweicloud.com/intl/en-us/api-aos/CreateExecutionPlan.html */
export const planSchema = v.strictObject({
  stack_id: stackId,
  execution_plan_name: rfsName,
  description: optionalText(1024),
  ...deployment,
})
export const updateSchema = v.strictObject({ stack_id: stackId, ...attributes })
export const rollbackSchema = v.strictObject({ stack_id: stackId })
export const deletionSchema = v.strictObject({
  stack_id: stackId,
  retain_all_resources: v.optional(v.boolean()),
})

export type Deployment = v.InferOutput<typeof deploySchema>
export type Agencies = v.InferOutput<typeof agencies>
export type Update = v.InferOutput<typeof updateSchema>
export type PlanRequest = v.InferOutput<typeof planSchema>
