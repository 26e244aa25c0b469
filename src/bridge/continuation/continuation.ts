import { gunzipSync, gzipSync } from 'node:zlib'
import * as v from 'valibot'
import type { EpochMs } from '../../platform/clock.ts'
import {
  isJsonObject,
  isJsonValue,
  parseJson,
  type JsonObject,
  type JsonValue,
  writeJson,
} from '../../platform/json.ts'
import { STORE_NAMES, type StoreName } from '../../platform/output-store/output-store.ts'
import type { CarriedToken } from '../../providers/http/operation-tokens.ts'
import { bridgeEntries, type BridgeProperties } from '../../providers/properties/bridge-properties.ts'
import { STACK_DIGEST_FIELD } from '../../providers/recognition/stack-digest.ts'
import type { ReplyAddress } from '../../ros/event.ts'
import type { Operation, Step } from '../operation.ts'
import { isKnownStep, operationSchema } from './operation-schema.ts'
import { ENVELOPE_VERSION, openPartOf } from './open-part.ts'
import { seal, unseal } from './seal.ts'
import { upgradeOperation } from './upgrade-operation.ts'

/** What another invocation needs to continue an operation. */
export interface Continuation {
  /** Names the chain of invocations; with the hop, it identifies a hand-off, so that one sent twice runs once. */
  readonly chain: string
  /** As `ProviderRegistry.resolve` takes them. */
  readonly resourceType: string
  readonly providerName: string
  readonly rosStackName: string
  readonly replyTo: ReplyAddress
  /** `whole`: all properties, since the operation may still have to write. Otherwise those of `propertiesToFollow`. */
  readonly properties: JsonObject
  readonly oldProperties?: JsonObject | undefined
  readonly whole: boolean
  readonly fingerprint: string
  /** `stackDigest` of `StackRequest`; absent in continuations of earlier versions. */
  readonly [STACK_DIGEST_FIELD]?: string | undefined
  readonly bridge: BridgeProperties
  /** `previousStore` and `addsStore` of `ReplyContext`; absent in continuations of earlier versions. The name stays as these wrote it. */
  readonly leftStore?: StoreName | undefined
  readonly addsStore?: boolean | undefined
  /** Values to mask in the log and in reasons: the properties that held them may not be here any more. */
  readonly secrets: readonly string[]
  /** Tokens of the clouds, so that the next invocation need not log in; absent in continuations of earlier versions. */
  readonly tokens?: readonly CarriedToken[] | undefined
  readonly handOffs?: HandOffRecord | undefined
  readonly operation: Operation
}

/** What each invocation of a chain passes to the next one about how they were invoked. */
export interface HandOffRecord {
  /** When the latest hand-off was made, and the delay that it asked for. */
  readonly at?: EpochMs | undefined
  readonly delaySeconds?: number | undefined
  /** An invocation came before its delay was over; the log has said so. */
  readonly isDelayIgnored?: boolean | undefined
  /** How often the failure destination has returned the operation to the bridge. */
  readonly returns?: number | undefined
}

export type ReadContinuation =
  | { readonly kind: 'continuation'; readonly continuation: Continuation }
  /** It was not written by the bridge, was sealed under another key, or cannot be read. `ids`: those that it claims. */
  | { readonly kind: 'refused'; readonly problem: string; readonly ids: Readonly<Record<string, string>> }

const map = v.custom<JsonObject>((value) => isJsonObject(value) && isJsonValue(value), 'must be a map')

const count = v.pipe(v.number(), v.integer(), v.minValue(0))

const handOffsSchema: v.GenericSchema<unknown, HandOffRecord> = v.object({
  at: v.optional(v.pipe(v.number(), v.finite())),
  delaySeconds: v.optional(count),
  isDelayIgnored: v.optional(v.boolean()),
  returns: v.optional(count),
})

/** Tokens only save a login: those of an unknown form are dropped, and the operation continues. */
const tokensSchema: v.GenericSchema<unknown, readonly CarriedToken[] | undefined> = v.fallback(
  v.optional(
    v.array(v.object({ key: v.string(), expiresAt: v.number(), token: map, secrets: v.array(v.string()) })),
  ),
  undefined,
)

const contentSchema: v.GenericSchema<unknown, Continuation> = v.object({
  chain: v.string(),
  resourceType: v.string(),
  providerName: v.string(),
  rosStackName: v.string(),
  replyTo: v.object({
    responseUrls: v.object({
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
  [STACK_DIGEST_FIELD]: v.optional(v.string()),
  bridge: v.object(bridgeEntries),
  leftStore: v.optional(v.picklist(STORE_NAMES)),
  addsStore: v.optional(v.boolean()),
  secrets: v.array(v.string()),
  tokens: v.optional(tokensSchema),
  handOffs: v.optional(handOffsSchema),
  operation: operationSchema,
})

const envelopeSchema = v.object({
  stackbridge: v.literal('continuation'),
  version: v.literal(ENVELOPE_VERSION),
  rosStackId: v.string(),
  requestId: v.string(),
  logicalResourceId: v.string(),
  hop: v.number(),
  sealed: v.string(),
})

/** Whether an event claims to be a continuation; ROS's own events have no such field. */
export function isContinuation(event: JsonValue): event is JsonObject {
  return isJsonObject(event) && Object.hasOwn(event, 'stackbridge')
}

/**
 * The bytes of a continuation, sealed under `key`: without the key only `openPartOf` it can be read, and nothing can be
 * changed. It holds the ResponseURL, with which anyone could answer ROS, so there is no continuation without a key.
 */
export function writeContinuation(continuation: Continuation, key: string): Uint8Array {
  const open = openPartOf(continuation)
  const plain = gzipSync(writeJson(continuation))
  return Buffer.from(JSON.stringify({ ...open, sealed: seal(plain, JSON.stringify(open), key) }))
}

/**
 * Reads what `writeContinuation` wrote under one of `keys`, in this version or in 0.1.0. Of what was sealed, the problem
 * quotes the operation's version and step at most.
 */
export function readContinuation(event: JsonObject, keys: readonly string[]): ReadContinuation {
  const envelope = v.safeParse(envelopeSchema, event)
  if (event['version'] !== ENVELOPE_VERSION)
    return refused(
      `its envelope does not have version ${String(ENVELOPE_VERSION)}, the only one that can be read`,
      event,
    )
  if (!envelope.success) return refused('its envelope is not of the form that this version reads', event)
  if (keys.length === 0) return refused('STACKBRIDGE_CONTINUATION_KEY is not set', event)
  const plain = unseal(envelope.output.sealed, sealedWith(envelope.output, event), keys)
  if (plain === undefined)
    return refused('it was not sealed under STACKBRIDGE_CONTINUATION_KEY, or it was changed', event)
  const content = readContent(plain)
  return content.ok
    ? { kind: 'continuation', continuation: content.continuation }
    : refused(content.problem, event)
}

/** What the seal covers: the fields in the order in which they are written, then those of a later version. */
function sealedWith(envelope: v.InferOutput<typeof envelopeSchema>, event: JsonObject): string {
  const fields = Object.entries({ ...envelope, ...event })
  return JSON.stringify(Object.fromEntries(fields.filter(([name]) => name !== 'sealed')))
}

type ReadContent =
  | { readonly ok: true; readonly continuation: Continuation }
  | { readonly ok: false; readonly problem: string }

function readContent(plain: Uint8Array): ReadContent {
  const json = parseJson(gunzipSync(plain))
  if (!json.ok || !isJsonObject(json.value)) return { ok: false, problem: 'its content is not a JSON object' }
  const upgraded = upgradeOperation(json.value['operation'])
  if (!upgraded.ok) return upgraded
  const content = v.safeParse(contentSchema, { ...json.value, operation: upgraded.operation })
  return content.success
    ? { ok: true, continuation: content.output }
    : { ok: false, problem: problemWith(upgraded.operation) }
}

function problemWith({ step }: JsonObject): string {
  const at = step !== undefined && isJsonObject(step) ? step['at'] : undefined
  return typeof at === 'string' && !isKnownStep(at)
    ? `its operation is at the step '${at.slice(0, 40)}', which this version of the bridge does not know`
    : 'its content is not of the form that this version reads'
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

/** Whether what is left to do needs the template: while the operation may still have to write to the stack. */
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
    case 'final-poll':
    case 'explain-timeout':
    case 'stop':
    case 'answer':
    case 'end':
      return false
  }
}
