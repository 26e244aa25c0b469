import * as v from 'valibot'
import type { EpochMs } from '../../platform/clock.ts'
import { parseJson } from '../../platform/json.ts'
import { ROS_LIMITS } from '../../platform/limits/ros.ts'
import type { OperationKind } from '../../providers/provider.ts'
import {
  searchLog,
  type LogPlace,
  type LogSearch,
  type LogServiceReach,
} from '../deployed/log-service-api.ts'
import {
  withoutRepetitions,
  type FoundOperation,
  type FoundOperations,
  type OperationState,
} from './found-operations.ts'

/** docs/logging.md has the messages and the fields. */
const BEGINS = 'an event has arrived'
const ANSWERED = 'ROS has the answer'
const UNDELIVERED = 'the answer could not be delivered'
const CHANGES = 'the operation goes on'
const ARRIVES = 'an operation has arrived'
const HANDED_OFF = 'the operation is handed over'

/** ROS waits no longer for an answer. */
const LONGEST_WAIT_MS = ROS_LIMITS.timeout.most * 1000
/** Of the events and of the answers. */
const MOST_EVENTS = 5000
/** The operations whose own lines are read, and how many of these lines. */
const MOST_FOLLOWED = 100
const MOST_LINES = 100

const text = v.fallback(v.optional(v.string()), undefined)
const number = v.fallback(v.optional(v.number()), undefined)

const lineSchema = v.object({
  msg: v.string(),
  time: v.pipe(
    v.string(),
    v.transform((iso) => Date.parse(iso)),
    v.number(),
  ),
  requestId: v.string(),
  rosStackId: v.string(),
  logicalResourceId: v.string(),
  rosStackName: text,
  resourceType: text,
  requestType: text,
  foreignStackId: text,
  status: text,
  hop: number,
  delaySeconds: number,
  deliverUntil: number,
})

type Line = v.InferOutput<typeof lineSchema>

const KINDS: Readonly<Record<string, OperationKind>> = {
  Create: 'create',
  Update: 'update',
  Delete: 'delete',
}

/**
 * What a deployed function has under way by its log: events of the time that ROS waits at most that have no answer in it, or one that
 * may still be delivered. Rejects with `LogServiceError`.
 */
export async function loggedOperations(place: LogPlace, reach: LogServiceReach): Promise<FoundOperations> {
  const now = reach.clock.now()
  const since = now - LONGEST_WAIT_MS
  // The events first: what is answered between the two searches then counts as answered.
  const startLines = await linesOf(
    place,
    { statement: messageCondition([BEGINS]), since, most: MOST_EVENTS },
    reach,
  )
  const answers = messageCondition([ANSWERED, UNDELIVERED])
  const ended = await linesOf(place, { statement: answers, since, most: MOST_EVENTS }, reach)
  const knownSince = Math.max(oldestOf(startLines), oldestOf(ended))
  const answersOf = byOperation(ended.lines)
  const open = new Map<string, Begun>()
  for (const line of startLines.lines) {
    const own = answersOf.get(keyOf(line)) ?? []
    // Lines come newest first, and a repeated event keeps the time of its first arrival.
    if (line.msg === BEGINS && line.time >= knownSince && !isOver(own, now))
      open.set(keyOf(line), { line, answers: own })
  }
  const oldestFirst = [...open.values()].sort((one, other) => one.line.time - other.line.time)
  const following = { place, since, now, reach }
  const followed = await followAll(oldestFirst.slice(0, MOST_FOLLOWED), following)
  const rest = oldestFirst.slice(MOST_FOLLOWED).map((one) => operationOf(one, []))
  return {
    operations: withoutRepetitions([...followed, ...rest]),
    gaps: [
      ...(startLines.isCut || ended.isCut
        ? [`only events since ${new Date(knownSince).toISOString()} are read: the log has more of them`]
        : []),
      ...(rest.length === 0
        ? []
        : [`the status of the ${String(rest.length)} newest operations is not read`]),
    ],
  }
}

function byOperation(lines: readonly Line[]): ReadonlyMap<string, readonly Line[]> {
  const grouped = new Map<string, Line[]>()
  for (const line of lines) {
    const own = grouped.get(keyOf(line)) ?? []
    own.push(line)
    grouped.set(keyOf(line), own)
  }
  return grouped
}

/** The first line of an operation, and what the log says of its answer. */
interface Begun {
  readonly line: Line
  readonly answers: readonly Line[]
}

/** ROS has the answer, or nobody delivers it any more. A version before `deliverUntil` does not say so: then it counts as over. */
function isOver(lines: readonly Line[], now: EpochMs): boolean {
  if (lines.some(({ msg }) => msg === ANSWERED)) return true
  const [newest] = lines.filter(isUndelivered).sort((one, other) => other.time - one.time)
  return newest !== undefined && (newest.deliverUntil ?? 0) <= now
}

function isUndelivered({ msg }: Line): boolean {
  return msg === UNDELIVERED
}

interface ReadLines {
  readonly lines: readonly Line[]
  readonly isCut: boolean
}

/** A search for words also finds other lines: so each line is read, and those of another form are left out. */
async function linesOf(place: LogPlace, search: LogSearch, reach: LogServiceReach): Promise<ReadLines> {
  const { lines, isCut } = await searchLog(place, search, reach)
  return {
    lines: lines.flatMap((line) => {
      const parsed = parseJson(Buffer.from(line))
      const read = v.safeParse(lineSchema, parsed.ok ? parsed.value : undefined)
      return read.success ? [read.output] : []
    }),
    isCut,
  }
}

function oldestOf({ lines, isCut }: ReadLines): EpochMs {
  return isCut && lines.length > 0 ? Math.min(...lines.map(({ time }) => time)) : 0
}

function messageCondition(messages: readonly string[]): string {
  return messages.map((message) => `message.msg: "${message}"`).join(' or ')
}

function keyOf({ rosStackId, logicalResourceId, requestId }: Line): string {
  return JSON.stringify([rosStackId, logicalResourceId, requestId])
}

interface Following {
  readonly place: LogPlace
  readonly since: EpochMs
  readonly now: EpochMs
  readonly reach: LogServiceReach
}

/** One after the other: a project has a limit of searches at once, and people also use it. */
async function followAll(begun: readonly Begun[], following: Following): Promise<readonly FoundOperation[]> {
  const found: FoundOperation[] = []
  for (const one of begun) {
    const own = await ownLines(one.line, following)
    // The answer may have come since.
    if (!isOver([...own, ...one.answers], following.now)) found.push(operationOf(one, own))
  }
  return found
}

async function ownLines(line: Line, { place, since, reach }: Following): Promise<readonly Line[]> {
  // An id is part of the statement, and ROS's are of this form.
  if (!/^[\w-]{1,128}$/.test(line.requestId)) return []
  const own = `message.requestId: "${line.requestId}"`
  const newest = await linesOf(place, { statement: own, since, most: MOST_LINES }, reach)
  const changes = newest.isCut
    ? await linesOf(
        place,
        { statement: `${own} and ${messageCondition([CHANGES])}`, since, most: MOST_LINES },
        reach,
      )
    : { lines: [] }
  return [...newest.lines, ...changes.lines].filter((one) => keyOf(one) === keyOf(line))
}

function operationOf({ line: begun, answers }: Begun, own: readonly Line[]): FoundOperation {
  const newestFirst = [...own].sort((one, other) => other.time - one.time)
  const changes = newestFirst.filter(({ msg }) => msg === CHANGES)
  const handOff = highest(newestFirst.filter(({ msg }) => msg === HANDED_OFF))
  const arrival = highest(newestFirst.filter(({ msg }) => msg === ARRIVES))
  const hops = Math.max(handOff?.hop ?? 0, arrival?.hop ?? 0)
  const waits = handOff !== undefined && (handOff.hop ?? 0) > (arrival?.hop ?? 0)
  return {
    requestId: begun.requestId,
    rosStackId: begun.rosStackId,
    rosStackName: begun.rosStackName,
    logicalResourceId: begun.logicalResourceId,
    resourceType: begun.resourceType,
    kind: KINDS[begun.requestType ?? ''],
    stackId: changes.find(({ foreignStackId }) => foreignStackId !== undefined)?.foreignStackId,
    status: changes.find(({ status }) => status !== undefined)?.status,
    since: begun.time,
    nextPoll: waits ? handOff.time + (handOff.delaySeconds ?? 0) * 1000 : undefined,
    hops,
    state: stateOf([...own, ...answers], waits),
  }
}

/** Once there is an answer, nothing is left to do but to deliver it. */
function stateOf(lines: readonly Line[], waits: boolean): OperationState {
  if (lines.some(isUndelivered)) return 'undelivered'
  return waits ? 'waiting' : 'running'
}

/** The line of the last call of the chain. */
function highest(lines: readonly Line[]): Line | undefined {
  return [...lines].sort((one, other) => (other.hop ?? 0) - (one.hop ?? 0))[0]
}
