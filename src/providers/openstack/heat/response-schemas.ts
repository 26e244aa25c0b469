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
  resource_status: text,
  resource_status_reason: text,
  links: links,
})

export type HeatResource = v.InferOutput<typeof resourceSchema>

/** A resource of a previewed creation, or the list of those of a nested stack. */
export type PreviewedResource = PreviewedEntry | readonly PreviewedResource[]

const previewedEntry = v.object({
  resource_name: v.string(),
  resource_type: v.string(),
  /** The name that the stack would have: a nested one's is its parent's, a hyphen and its resource's. */
  stack_name: text,
  parent_resource: text,
})

type PreviewedEntry = v.InferOutput<typeof previewedEntry>

export const previewedSchema: v.GenericSchema<unknown, PreviewedResource> = v.union([
  previewedEntry,
  v.array(v.lazy(() => previewedSchema)),
])

const changedResource = v.object({
  resource_name: v.string(),
  resource_type: v.string(),
  /** Empty for a resource that is new, and for one that is replaced. */
  physical_resource_id: text,
  /** The stack that it is in; `stack_id` is `None` where Heat has only computed it. */
  stack_identity: v.object({ stack_id: v.string() }),
  /** Of a nested stack: the resource that it belongs to. */
  parent_resource: text,
  /** Present for a resource that is a nested stack. */
  nested_stack_id: v.nullish(v.object({ stack_id: v.string() })),
})

export type ChangedResource = v.InferOutput<typeof changedResource>

const changed = v.array(changedResource)

export const changesSchema = v.object({
  added: changed,
  updated: changed,
  replaced: changed,
  deleted: changed,
})

export type ResourceChanges = v.InferOutput<typeof changesSchema>
