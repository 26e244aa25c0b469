import * as v from 'valibot'

/**
 * The parts of Heat's responses that the provider reads.
 * https://docs.openstack.org/api-ref/orchestration/v1/
 */

const text = v.nullish(v.string())
const links = v.array(v.object({ rel: v.string(), href: v.string() }))

export const stackSchema = v.object({
  id: v.string(),
  stack_name: v.string(),
  stack_status: v.string(),
  stack_status_reason: text,
  creation_time: text,
  updated_time: text,
  disable_rollback: v.nullish(v.boolean()),
  tags: v.nullish(v.array(v.string())),
  outputs: v.nullish(
    v.array(
      v.object({
        output_key: v.string(),
        output_value: v.optional(v.unknown()),
        output_error: v.optional(v.unknown()),
      }),
    ),
  ),
})

export type HeatStack = v.InferOutput<typeof stackSchema>

export const eventSchema = v.object({
  id: v.string(),
  event_time: v.string(),
  resource_name: text,
  physical_resource_id: text,
  resource_status: text,
  resource_status_reason: text,
  /** Present only in a single event, not in a list. */
  resource_type: text,
  links: links,
})

export type HeatEvent = v.InferOutput<typeof eventSchema>

export const resourceSchema = v.object({
  resource_name: v.string(),
  resource_type: v.string(),
  physical_resource_id: text,
  links: links,
})

export type HeatResource = v.InferOutput<typeof resourceSchema>
