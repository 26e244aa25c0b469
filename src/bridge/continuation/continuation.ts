import { gunzipSync, gzipSync } from 'node:zlib'
import * as v from 'valibot'
import { isJsonObject, isJsonValue, parseJson, type JsonObject, type JsonValue } from '../../platform/json.ts'
import { bridgeEntries, type BridgeProperties } from '../../providers/properties/bridge-properties.ts'
import type { ReplyAddress } from '../../ros/event.ts'
import type { Operation, Step } from '../operation.ts'
import { operationSchema } from './operation-schema.ts'
import { seal, unseal } from './seal.ts'

/** What another call of the function has to know to go on with an operation. */
export interface Continuation {
  /** Names the chain of calls; with the hop, a hand-over that is made twice is known for the same. */
  readonly chain: string
  /** As `ProviderRegistry.resolve` takes them. */
  readonly resourceType: string
  readonly providerName: string
  readonly rosStackName: string
  readonly replyTo: ReplyAddress
  /** The whole of them where the operation has not begun yet; else those of `propertiesToFollow`. */
  readonly properties: JsonObject
  readonly oldProperties?: JsonObject | undefined
  readonly whole: boolean
  readonly fingerprint: string
  readonly bridge: BridgeProperties
  /** What must not be seen in a log or a reason, although the properties that it stood in may not be here any more. */
  readonly secrets: readonly string[]
  readonly operation: Operation
}

export type ReadContinuation =
  | { readonly kind: 'continuation'; readonly continuation: Continuation }
  /** It says that it is one, but is none of ours, or was sealed under another key. `ids` are those that it claims. */
  | { readonly kind: 'refused'; readonly problem: string; readonly ids: Readonly<Record<string, string>> }

const VERSION = 1

const map = v.custom<JsonObject>((value) => isJsonObject(value) && isJsonValue(value), 'must be a map')

const contentSchema: v.GenericSchema<unknown, Continuation> = v.strictObject({
  chain: v.string(),
  resourceType: v.string(),
  providerName: v.string(),
  rosStackName: v.string(),
  replyTo: v.strictObject({
    responseUrls: v.strictObject({
      public: v.exactOptional(v.string()),
      intranet: v.exactOptional(v.string()),
    }),
    stackId: v.string(),
    requestId: v.string(),
    logicalResourceId: v.string(),
    physicalResourceId: v.exactOptional(v.string()),
  }),
  properties: map,
  oldProperties: v.optional(map),
  whole: v.boolean(),
  fingerprint: v.string(),
  bridge: v.object(bridgeEntries),
  secrets: v.array(v.string()),
  operation: operationSchema,
})

const envelopeSchema = v.strictObject({
  stackbridge: v.literal('continuation'),
  version: v.literal(VERSION),
  rosStackId: v.string(),
  requestId: v.string(),
  logicalResourceId: v.string(),
  hop: v.number(),
  sealed: v.string(),
})

/** Whether an event is meant as a continuation; ROS's own have no such field. */
export function isContinuation(event: JsonValue): event is JsonObject {
  return isJsonObject(event) && Object.hasOwn(event, 'stackbridge')
}

/**
 * The bytes of a continuation, sealed under `key`: nothing of it but the event's ids can be read, or changed, without the
 * key. It holds the ResponseURL, which is as good as a password, so there is none without a key.
 */
export function writeContinuation(continuation: Continuation, key: string): Uint8Array {
  const { replyTo, operation } = continuation
  const open = {
    stackbridge: 'continuation',
    version: VERSION,
    rosStackId: replyTo.stackId,
    requestId: replyTo.requestId,
    logicalResourceId: replyTo.logicalResourceId,
    hop: operation.hops,
  }
  const plain = gzipSync(JSON.stringify(continuation))
  return Buffer.from(JSON.stringify({ ...open, sealed: seal(plain, JSON.stringify(open), key) }))
}

/** Opens what `writeContinuation` made under one of `keys`. Never throws; the problem quotes nothing that was sealed. */
export function readContinuation(event: JsonObject, keys: readonly string[]): ReadContinuation {
  const envelope = v.safeParse(envelopeSchema, event)
  if (!envelope.success) return refused('its envelope is not of the form that this version makes', event)
  const { sealed, ...open } = envelope.output
  if (keys.length === 0) return refused('STACKBRIDGE_CONTINUATION_KEY is not set', event)
  const plain = unseal(sealed, JSON.stringify(open), keys)
  if (plain === undefined)
    return refused('it was not sealed under STACKBRIDGE_CONTINUATION_KEY, or it was changed', event)
  const json = parseJson(gunzipSync(plain))
  const content = v.safeParse(contentSchema, json.ok ? json.value : undefined)
  return content.success
    ? { kind: 'continuation', continuation: content.output }
    : refused('its content is not of the form that this version makes', event)
}

function refused(problem: string, event: JsonObject): ReadContinuation {
  const names = ['rosStackId', 'requestId', 'logicalResourceId']
  const ids = names.flatMap((name): [string, string][] => {
    const id = event[name]
    return typeof id === 'string' ? [[name, id.slice(0, 256)]] : []
  })
  return {
    kind: 'refused',
    problem: `the continuation cannot be taken: ${problem}`,
    ids: Object.fromEntries(ids),
  }
}

/** Whether what is left to do needs the template: until the operation has begun, and where it may have to begin anew. */
export function needsTemplate(operation: Operation): boolean {
  return operation.kind !== 'delete' && stepNeedsTemplate(operation.step)
}

function stepNeedsTemplate(step: Step): boolean {
  switch (step.at) {
    case 'find':
    case 'create':
    case 'update':
    case 'repair':
      return true
    case 'delete':
      return step.then === 'create'
    case 'observe':
      return step.then === 'create' || step.watch.kind === 'repair'
    case 'explain':
    case 'last-look':
    case 'explain-timeout':
    case 'stop':
    case 'answer':
    case 'end':
      return false
  }
}

/** The stack that a step without need of the template is about; none where only the answer is left. */
export function followedStack({ step }: Operation) {
  switch (step.at) {
    case 'observe':
      return step.watch.stack
    case 'explain':
    case 'last-look':
    case 'explain-timeout':
    case 'stop':
      return step.observe.watch.stack
    case 'delete':
    case 'update':
    case 'repair':
      return step.stack
    case 'find':
    case 'create':
    case 'answer':
    case 'end':
      return undefined
  }
}
