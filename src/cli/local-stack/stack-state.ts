import * as v from 'valibot'
import { isJsonObject, isJsonValue, type JsonObject, type JsonValue } from '../../platform/json.ts'

/** What a local ROS knows of its stack. It is plain JSON, so that another process can go on with it. */

const object = v.custom<JsonObject>(isJsonObject)
const value = v.custom<JsonValue>(isJsonValue)
const text = v.string()

const resourceSchema = v.object({
  type: text,
  /** As the last successful event had them, with all functions computed. */
  properties: object,
  /** Whether its events go to the bridge; others are stood in for. */
  served: v.boolean(),
  physicalResourceId: v.optional(text),
  /** What `Fn::GetAtt` reads. */
  data: object,
  retained: v.boolean(),
  /** The resources that must be deleted after it. */
  dependsOn: v.array(text),
})

const eventSchema = v.object({
  requestType: v.picklist(['Create', 'Update', 'Delete']),
  requestId: text,
  logicalId: text,
  type: text,
  properties: object,
  oldProperties: v.optional(object),
  physicalResourceId: v.optional(text),
})

const answeredSchema = v.object({
  event: eventSchema,
  status: v.picklist(['SUCCESS', 'FAILED']),
  physicalResourceId: v.optional(text),
  /** Of a failed event: the stack on which it was. */
  stackId: v.optional(text),
})

const operationSchema = v.object({
  kind: v.picklist(['create', 'update', 'delete']),
  /** The template that it brings about, with its files included; `null` for a deletion. */
  template: value,
  parameters: object,
  /** Only these resources, with what they need; all if absent. */
  only: v.optional(v.array(text)),
  /** Resources that were created or updated, in the order of their start. `before`: absent for a new one. */
  changes: v.array(
    v.object({
      logicalId: text,
      before: v.optional(resourceSchema),
      /** What it was to become. */
      after: resourceSchema,
      undone: v.boolean(),
      /** Its event was sent once, and no operation was started for it: the resource is as before. */
      refused: v.optional(v.boolean()),
    }),
  ),
  /** Resources for which nothing is left to do. */
  done: v.array(text),
  failure: v.optional(v.object({ logicalId: text, reason: text })),
  rollback: v.boolean(),
})

export const stateSchema = v.object({
  version: v.literal(1),
  stackId: text,
  stackName: text,
  sandbox: v.boolean(),
  /** The file of its template, seen from the folder of states; absent where it was no file. */
  templatePlace: v.optional(text),
  resources: v.record(text, resourceSchema),
  /** Values of `NoEcho` parameters, which no message may show. */
  hidden: v.array(text),
  /** The operation that is not finished. */
  operation: v.optional(operationSchema),
  /** Events whose answer is not known, by resource. They are sent again with the same RequestId. */
  pending: v.record(text, eventSchema),
  /** With `--sandbox`: all answered events, from which the embedded clouds are rebuilt. */
  history: v.array(answeredSchema),
  /** With `--sandbox`: the ports of the embedded clouds that have made this history. */
  ports: v.optional(v.record(text, v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)))),
})

export type StackState = v.InferOutput<typeof stateSchema>
export type StackResource = v.InferOutput<typeof resourceSchema>
export type StackOperation = v.InferOutput<typeof operationSchema>
export type ResourceChange = StackOperation['changes'][number]
export type ResourceEvent = v.InferOutput<typeof eventSchema>
export type AnsweredEvent = v.InferOutput<typeof answeredSchema>

/** A stack without resources. Nothing is stored. */
export function newState(stackName: string, stackId: string, sandbox: boolean): StackState {
  return { version: 1, stackId, stackName, sandbox, resources: {}, hidden: [], pending: {}, history: [] }
}
