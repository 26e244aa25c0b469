import * as v from 'valibot'
import { isJsonObject, parseJson, type JsonObject } from '../platform/json.ts'
import type { OperationKind } from '../providers/provider.ts'
import { isContinuation } from './continuation/continuation.ts'
import { readOpenPart } from './continuation/open-part.ts'
import type { UnderWay } from './under-way.ts'

const LONGEST_ID = 512

const text = v.pipe(
  v.string(),
  v.transform((whole) => whole.slice(0, LONGEST_ID)),
)

const KINDS: Readonly<Record<string, OperationKind>> = {
  Create: 'create',
  Update: 'update',
  Delete: 'delete',
}

/** The ids of an event that no call has handed off yet. All other fields may hold secrets. */
const eventIds = v.object({
  RequestId: text,
  StackId: text,
  LogicalResourceId: text,
  StackName: v.optional(v.fallback(v.optional(text), undefined)),
  ResourceType: v.optional(v.fallback(v.optional(text), undefined)),
  RequestType: v.optional(v.fallback(v.optional(text), undefined)),
})

/** Reads an event or a continuation, of any version; `undefined` for anything else. Never throws. */
export function readUnderWay(payload: Uint8Array): UnderWay | undefined {
  const json = parseJson(payload)
  if (!json.ok || !isJsonObject(json.value)) return undefined
  return isContinuation(json.value) ? readOpenPart(json.value) : readEvent(json.value)
}

function readEvent(event: JsonObject): UnderWay | undefined {
  const read = v.safeParse(eventIds, event)
  if (!read.success) return undefined
  const { RequestId, StackId, LogicalResourceId, StackName, ResourceType, RequestType } = read.output
  return {
    requestId: RequestId,
    rosStackId: StackId,
    logicalResourceId: LogicalResourceId,
    rosStackName: StackName,
    resourceType: ResourceType,
    kind: KINDS[RequestType ?? ''],
    hops: 0,
  }
}
