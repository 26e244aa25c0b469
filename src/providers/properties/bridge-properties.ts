import * as v from 'valibot'
import { STORE_NAMES } from '../../platform/output-store/output-store.ts'
import { flag, integer, number, text } from './property-schema.ts'
import { textOfAtMost } from './value-schemas.ts'

/** Characters. ROS's own ids and names are shorter: https://www.alibabacloud.com/help/en/ros/product-overview/limits */
const LONGEST_ROS_NAME = 255

/** Each one takes two or three calls before the answer. */
const MOST_STORED = 20

/**
 * The properties that control the bridge itself; every resource type has them in addition to its own. A provider
 * spreads these entries into its schema, so that each resource type has one schema.
 */
export const bridgeEntries = {
  Provider: v.optional(v.string()),
  Timeout: v.optional(integer(1, 43_200)),
  Outputs: v.optional(
    v.union(
      [v.array(text), v.record(text, text)],
      'must be a list of output names or a map of new name to output name',
    ),
  ),
  /** Outputs that the answer omits, since ROS cannot mask them. */
  SecretOutputs: v.optional(v.array(text)),
  /** Outputs that are kept in OOS or KMS: the answer has the names of the entries. The names suit both. */
  StoredOutputs: v.optional(
    v.strictObject(
      {
        Names: v.pipe(
          v.array(v.pipe(text, v.regex(/^[\w-]{1,80}$/, 'must have 1 to 80 letters, digits, - and _'))),
          v.maxLength(MOST_STORED, `must have at most ${String(MOST_STORED)} names`),
        ),
        Prefix: v.optional(
          v.pipe(
            text,
            v.regex(
              /^(?!ALIYUN|ACS|ALIBABA|ALICLOUD|OOS)[\w-]{1,64}$/,
              'must have 1 to 64 letters, digits, - and _, and not begin with ALIYUN, ACS, ALIBABA, ALICLOUD or OOS',
            ),
          ),
        ),
        Store: v.optional(v.picklist(STORE_NAMES)),
      },
      'must be a map',
    ),
  ),
  OnExisting: v.optional(v.picklist(['own', 'never', 'any'])),
  /** The owner whose mark a Create replaces by its own: the stack is moved to this resource. */
  TakeOverFrom: v.optional(
    v.strictObject({
      StackId: textOfAtMost(LONGEST_ROS_NAME),
      LogicalResourceId: textOfAtMost(LONGEST_ROS_NAME),
      /** Also change what the properties ask for otherwise. Absent: such a Create is FAILED. */
      AllowChanges: v.optional(flag),
    }),
  ),
  OnTimeout: v.optional(v.picklist(['leave', 'cancel', 'delete'])),
  OnDelete: v.optional(v.picklist(['delete', 'retain'])),
  Mode: v.optional(v.picklist(['managed', 'read-only'])),
  /** Only in the mode `read-only`: the stack's id, in the form of a PhysicalResourceId. */
  StackId: v.optional(text),
  /** Only in the mode `read-only`. */
  OnBusy: v.optional(v.picklist(['fail', 'wait'])),
  /**
   * The bridge does not read it. Changing it makes ROS send an Update, for example after the document behind a URL
   * changed.
   */
  Revision: v.optional(v.union([v.string(), number], 'must be a string or a number')),
}

export const bridgeSchema = v.object(bridgeEntries)

export type BridgeProperties = v.InferOutput<typeof bridgeSchema>

/** The part of a resource type's properties that controls the bridge. */
export function bridgePropertiesOf(properties: BridgeProperties): BridgeProperties {
  const { Provider, Timeout, Outputs, SecretOutputs, StoredOutputs, Revision } = properties
  const { OnExisting, TakeOverFrom, OnTimeout, OnDelete, Mode, StackId, OnBusy } = properties
  return {
    ...{ Provider, Timeout, Outputs, SecretOutputs, StoredOutputs, Revision },
    ...{ OnExisting, TakeOverFrom, OnTimeout, OnDelete, Mode, StackId, OnBusy },
  }
}
