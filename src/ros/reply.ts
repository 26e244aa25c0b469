import { ROS_LIMITS } from '../platform/limits/ros.ts'
import { type JsonObject, type JsonValue, writeJson } from '../platform/json.ts'
import type { ReplyAddress } from './event.ts'

/**
 * The answer to a custom-resource event: https://www.alibabacloud.com/help/doc-detail/145909.htm
 * Only documented fields; at most 4,096 bytes there (another page says 4,096 KB, so the limit is a setting).
 */
export interface BuiltReply {
  readonly status: 'SUCCESS' | 'FAILED'
  /** UTF-8 JSON. */
  readonly body: string
  readonly bytes: number
  /** Outputs that did not fit; `Data` names them as well, as `OmittedOutputs`. */
  readonly omitted: readonly string[]
}

export interface SuccessContent {
  readonly replyTo: ReplyAddress
  /** On Update and Delete, the event's. */
  readonly physicalResourceId: string | undefined
  readonly outputs: Readonly<Record<string, JsonValue>>
  /** Values of the bridge itself; each gets a prefix where the stack has an output of its name. */
  readonly own?: Readonly<Record<string, JsonValue>>
  /** Outputs that were selected and do not exist; `Data.OmittedOutputs` names them as well. */
  readonly missing?: readonly string[]
  readonly limitBytes: number
}

const LONGEST_PHYSICAL_ID_BYTES = ROS_LIMITS.physicalResourceId.most
const OMITTED = 'OmittedOutputs'

/**
 * A SUCCESS with as many outputs as fit. The largest are omitted first, and always whole, since half a value is a wrong
 * value. Gives a FAILED where the PhysicalResourceId is longer than ROS accepts.
 */
export function buildSuccess(content: SuccessContent): BuiltReply {
  const { replyTo, limitBytes } = content
  const physicalResourceId = content.physicalResourceId ?? noStackId(replyTo)
  if (Buffer.byteLength(physicalResourceId) > LONGEST_PHYSICAL_ID_BYTES)
    return buildFailure({
      replyTo,
      limitBytes,
      reason: `The stack's id is longer than the ${String(LONGEST_PHYSICAL_ID_BYTES)} bytes that ROS takes as a PhysicalResourceId: ${physicalResourceId}`,
    })
  const frame = { Status: 'SUCCESS', ...idsOf(replyTo), PhysicalResourceId: physicalResourceId }
  const missing = content.missing ?? []
  const all = withOwn(content.outputs, content.own ?? {})
  const listName = freeName(OMITTED, all)
  const bySize = Object.entries(all)
    .map(([name, value]) => ({ name, value, size: Buffer.byteLength(writeJson([name, value])) }))
    .sort((one, other) => one.size - other.size || (one.name < other.name ? -1 : 1))
  for (let kept = mostThatFit(bySize, limitBytes); kept >= 0; kept -= 1) {
    const omitted = bySize.slice(kept).map(({ name }) => name)
    const outputs = Object.fromEntries(bySize.slice(0, kept).map(({ name, value }) => [name, value]))
    const body = withData(frame, outputs, { name: listName, names: [...omitted, ...missing] }, limitBytes)
    if (body !== undefined) return { status: 'SUCCESS', body, bytes: Buffer.byteLength(body), omitted }
  }
  const body = writeJson(frame)
  return { status: 'SUCCESS', body, bytes: Buffer.byteLength(body), omitted: bySize.map(({ name }) => name) }
}

function withOwn(outputs: SuccessContent['outputs'], own: SuccessContent['outputs']) {
  const named = Object.entries(own).map(([name, value]): [string, JsonValue] => [
    freeName(name, outputs),
    value,
  ])
  return { ...outputs, ...Object.fromEntries(named) }
}

/** The name; with a prefix where the stack itself has an output of that name. */
function freeName(desired: string, outputs: SuccessContent['outputs']): string {
  let name = desired
  while (Object.hasOwn(outputs, name)) name = `Stackbridge${name}`
  return name
}

/** An upper bound of how many of the smallest outputs fit, so that not every number of very many has to be tried. */
function mostThatFit(bySize: readonly { readonly size: number }[], limitBytes: number): number {
  let bytes = 0
  let fit = 0
  for (const { size } of bySize) {
    // `size` counts the two brackets of a list; in an object an entry has one comma instead.
    bytes += size - 1
    if (bytes > limitBytes) break
    fit += 1
  }
  return fit
}

const ELLIPSIS = '…'

/** Bytes of a reason that are kept where the ids alone take more than the limit. The answer is too long in any case. */
const LEAST_REASON_BYTES = 1000

/** A FAILED. A reason that does not fit is cut at its end, since the cause comes first. */
export function buildFailure(content: {
  readonly replyTo: ReplyAddress
  readonly reason: string
  readonly limitBytes: number
}): BuiltReply {
  const { reason } = content
  const build = (text: string) => writeJson({ Status: 'FAILED', Reason: text, ...idsOf(content.replyTo) })
  const whole = build(reason === '' ? 'The bridge gives no reason.' : reason)
  const emptyBytes = Buffer.byteLength(build(ELLIPSIS))
  const limitBytes = emptyBytes > content.limitBytes ? emptyBytes + LEAST_REASON_BYTES : content.limitBytes
  const body = Buffer.byteLength(whole) <= limitBytes ? whole : build(cut(reason, build, limitBytes))
  return { status: 'FAILED', body, bytes: Buffer.byteLength(body), omitted: [] }
}

export interface SelectedOutputs {
  readonly data: Readonly<Record<string, JsonValue>>
  /** Selected, but not among the outputs. */
  readonly missing: readonly string[]
}

/**
 * The outputs for the answer: all, those in a list of names, or those in a map of new name to output name. Never one that
 * `secret` names, since ROS cannot mask it.
 */
export function selectOutputs(
  outputs: Readonly<Record<string, JsonValue>>,
  selection: readonly string[] | Readonly<Record<string, string>> | undefined,
  secret: readonly string[],
): SelectedOutputs {
  const visible = Object.entries(outputs).filter(([name]) => !secret.includes(name))
  if (selection === undefined) return { data: Object.fromEntries(visible), missing: [] }
  const desired = isList(selection)
    ? selection.map((name): [string, string] => [name, name])
    : Object.entries(selection)
  const byName = new Map(visible)
  const chosen = desired.flatMap(([newName, name]): [string, JsonValue][] => {
    const value = byName.get(name)
    return value === undefined ? [] : [[newName, value]]
  })
  const missing = desired
    .filter(([, name]) => !byName.has(name) && !secret.includes(name))
    .map(([, name]) => name)
  return { data: Object.fromEntries(chosen), missing }
}

function isList(
  selection: readonly string[] | Readonly<Record<string, string>>,
): selection is readonly string[] {
  return Array.isArray(selection)
}

function idsOf({ requestId, logicalResourceId, stackId }: ReplyAddress) {
  return { RequestId: requestId, LogicalResourceId: logicalResourceId, StackId: stackId }
}

/** ROS requires an id in every SUCCESS, that of a Delete which found no stack included. */
function noStackId({ logicalResourceId }: ReplyAddress): string {
  const id = `stackbridge:no-stack/${logicalResourceId}`
  return Buffer.byteLength(id) <= LONGEST_PHYSICAL_ID_BYTES ? id : 'stackbridge:no-stack'
}

function withData(
  frame: JsonObject,
  outputs: Readonly<Record<string, JsonValue>>,
  { name, names: omitted }: { readonly name: string; readonly names: readonly string[] },
  limitBytes: number,
): string | undefined {
  // The list of names can itself be too long: then it holds as many as fit, and the number of the others.
  for (let named = omitted.length; ; named = Math.floor(named / 2)) {
    const others = omitted.length - named
    const names = others === 0 ? omitted : [...omitted.slice(0, named), `and ${String(others)} more`]
    const data = omitted.length === 0 ? outputs : { ...outputs, [name]: names }
    const body = writeJson(Object.keys(data).length === 0 ? frame : { ...frame, Data: data })
    if (Buffer.byteLength(body) <= limitBytes) return body
    if (named === 0) return undefined
  }
}

/** The longest beginning of `text` whose reply is within the limit, with an ellipsis; cut between code points. */
function cut(text: string, build: (text: string) => string, limitBytes: number): string {
  // Each character takes a byte at least, so nothing beyond the limit can fit.
  const points = Array.from(text.slice(0, limitBytes))
  let fits = 0
  let tooLong = points.length
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2)
    const size = Buffer.byteLength(build(`${points.slice(0, middle).join('')}${ELLIPSIS}`))
    if (size <= limitBytes) fits = middle
    else tooLong = middle
  }
  return `${points.slice(0, fits).join('')}${ELLIPSIS}`
}
