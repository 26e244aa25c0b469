import * as v from 'valibot'
import type { JsonObject, JsonValue } from '../../platform/json.ts'
import { fieldRule, notTogether } from '../properties/field-rules.ts'
import { integer, text } from '../properties/property-schema.ts'
import { names } from '../properties/value-schemas.ts'

/**
 * The properties that the resource types of stack sets share: RFS's own request fields in Pascal case.
 * https://support.huaweicloud.com/intl/en-us/api-aos/CreateStackInstance.html
 */

export const stackSetId = v.pipe(text, v.length(36, "must be the stack set's UUID, 36 characters long"))

export const callIdentity = v.picklist(['SELF', 'DELEGATED_ADMIN'])

const concurrencyType = v.picklist(['SEQUENTIAL', 'PARALLEL'])
const toleranceMode = v.picklist(['STRICT_FAILURE_TOLERANCE', 'SOFT_FAILURE_TOLERANCE'])
const MOST_INSTANCES = 100_000

export const regions = v.pipe(
  v.array(text, 'must be a list of regions'),
  v.minLength(1, 'must name one region at least'),
  v.check((given) => new Set(given).size === given.length, 'must name each region once'),
)

export const operationPreferences = v.pipe(
  v.strictObject({
    RegionConcurrencyType: v.optional(concurrencyType),
    RegionOrder: v.optional(regions),
    FailureToleranceCount: v.optional(integer(0, MOST_INSTANCES)),
    FailureTolerancePercentage: v.optional(integer(0, 100)),
    MaxConcurrentCount: v.optional(integer(1, MOST_INSTANCES)),
    MaxConcurrentPercentage: v.optional(integer(1, 100)),
    FailureToleranceMode: v.optional(toleranceMode),
  }),
  fieldRule(
    'RegionOrder',
    (given) => given.RegionOrder === undefined || given.RegionConcurrencyType === 'SEQUENTIAL',
    'must be given only where RegionConcurrencyType is SEQUENTIAL',
  ),
  notTogether('FailureTolerancePercentage', 'FailureToleranceCount'),
  notTogether('MaxConcurrentPercentage', 'MaxConcurrentCount'),
)

/** What the resource types of stack sets have in addition to their own properties. */
export const stackSetEntries = {
  OperationPreferences: v.optional(operationPreferences),
  CallIdentity: v.optional(callIdentity),
  SecretParameters: v.optional(names),
}

export type OperationPreferences = v.InferOutput<typeof operationPreferences>

/**
 * `operation_preferences` of an operation on these regions. RFS requires that an order names all these regions and no
 * other. So it is limited to them, and regions that it does not name, because an Update removes them, come last.
 */
export function preferencesBody(preferences: OperationPreferences, inRegions: readonly string[]): JsonObject {
  const { RegionOrder } = preferences
  return present({
    region_concurrency_type: preferences.RegionConcurrencyType,
    region_order:
      RegionOrder === undefined
        ? undefined
        : [
            ...RegionOrder.filter((region) => inRegions.includes(region)),
            ...inRegions.filter((region) => !RegionOrder.includes(region)),
          ],
    failure_tolerance_count: preferences.FailureToleranceCount,
    failure_tolerance_percentage: preferences.FailureTolerancePercentage,
    max_concurrent_count: preferences.MaxConcurrentCount,
    max_concurrent_percentage: preferences.MaxConcurrentPercentage,
    failure_tolerance_mode: preferences.FailureToleranceMode,
  })
}

/** The fields that have a value, in the given order, so that requests equal the documented ones byte for byte. */
export function present(fields: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]): [string, JsonValue][] =>
      value === undefined ? [] : [[name, value]],
    ),
  )
}
