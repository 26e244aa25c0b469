import type { EpochMs } from '../platform/clock.ts'
import { writeJson, type JsonValue } from '../platform/json.ts'
import { KMS_LIMITS } from '../platform/limits/kms.ts'
import { OOS_LIMITS } from '../platform/limits/oos.ts'
import {
  OutputStoreError,
  STORE_NAMES,
  type EntriesToKeep,
  type StoreName,
} from '../platform/output-store/output-store.ts'
import type { BridgeProperties } from '../providers/properties/bridge-properties.ts'
import type { OperationKind } from '../providers/provider.ts'
import { ownerDigest } from '../providers/recognition/mark-digest.ts'
import { storeOf } from './previous-store.ts'
import { failed, type Verdict } from './operation.ts'
import type { ReplyContext } from './reply-context.ts'
import { withTimeLimit } from './time-limit.ts'

/** What storing may take, milliseconds; the answer has to be delivered after it. */
const LONGEST_STORING_MS = 30_000
/** The same for the removal that may follow it. */
const LONGEST_CLEANUP_MS = 10_000
/** The part of the time until the end that each may take. */
const SHARE_OF_TIME = 0.5

type Success = Extract<Verdict, { status: 'SUCCESS' }>
type StoredOutputs = NonNullable<BridgeProperties['StoredOutputs']>

/**
 * The verdict with references in the place of the outputs that `StoredOutputs` names, once these are stored. After a Delete
 * there are none, and what was stored is removed, as is what an Update leaves in another store. What cannot be stored or removed
 * makes the verdict FAILED, with the name. Never rejects.
 */
export async function withStoredOutputs(
  verdict: Verdict,
  kind: OperationKind,
  reply: ReplyContext,
  end: EpochMs,
): Promise<Verdict> {
  if (verdict.status === 'FAILED') return verdict
  const { stackId: rosStackId, logicalResourceId } = reply.replyTo
  const owner = ownerDigest({ rosStackId, rosStackName: '', logicalResourceId })
  const { StoredOutputs: stored } = reply.bridge
  if (kind === 'delete')
    return stored === undefined ? verdict : afterDelete(verdict, stored, { owner, reply, end })
  const entries = stored === undefined ? [] : entriesOf(verdict, stored, owner)
  for (const { value } of entries) reply.secrets.addHidden(value)
  // A repeated event may arrive after a later request, whose entries must stay. A Create has none to remove.
  const isLatest = kind === 'update' && verdict.isRepeated !== true
  const tasks: Task[] = []
  if (stored !== undefined) {
    const store = storeOf(stored)
    const wrong = entries.flatMap(({ name, value }) => problemOf(name, value, store))
    if (wrong.length > 0) return refusal(kind, wrong.join('; '))
    const desired = new Map(entries.map(({ key, value }) => [key, value]))
    tasks.push({ store, desired, ...(isLatest ? {} : { keepsOthers: true }) })
  }
  // Last, so that each output is always in one of the two stores.
  if (reply.previousStore !== undefined && isLatest)
    tasks.push({ store: reply.previousStore, desired: new Map() })
  if (tasks.length === 0) return verdict
  const problem = await keepAll(tasks, { owner, reply, end })
  return problem === undefined ? withReferences(verdict, entries) : refusal(kind, problem)
}

/**
 * Removes what was stored. It may be in both stores: ROS tells a Delete the properties of the last request that succeeded, and an
 * Update that failed after these may have named the other store. A store that cannot be used from here has none.
 */
async function afterDelete(verdict: Success, stored: StoredOutputs, storing: Storing): Promise<Verdict> {
  const unwanted = stored.Names.map((name) => keyOf(name, stored, storing.owner))
  const own: Task = { store: storeOf(stored), desired: new Map(), unwanted }
  const problem = await keep(own, storing, LONGEST_STORING_MS)
  if (problem !== undefined) return refusal('delete', problem.message)
  for (const store of STORE_NAMES.filter((name) => name !== own.store)) {
    const left = await keep({ ...own, store }, storing, LONGEST_CLEANUP_MS)
    if (left?.isOutOfReach === true)
      storing.reply.log.info(
        { store, why: left.message },
        'whether the other store holds outputs of an Update that failed cannot be seen',
      )
    else if (left !== undefined) return refusal('delete', left.message)
  }
  return verdict
}

interface StoredEntry {
  /** The output's name. */
  readonly name: string
  /** The name in the store. */
  readonly key: string
  readonly value: string
}

/** What one store has to hold. */
interface Task extends Pick<EntriesToKeep, 'desired' | 'unwanted' | 'keepsOthers'> {
  readonly store: StoreName
}

/** What is the same for all tasks of one event. */
interface Storing {
  readonly owner: string
  readonly reply: ReplyContext
  /** When the answer has to be delivered at the latest. */
  readonly end: EpochMs
}

function entriesOf({ outputs }: Success, stored: StoredOutputs, owner: string): readonly StoredEntry[] {
  return stored.Names.filter((name) => Object.hasOwn(outputs, name)).map((name) => ({
    name,
    key: keyOf(name, stored, owner),
    value: textOf(outputs[name] ?? ''),
  }))
}

function keyOf(name: string, { Prefix }: StoredOutputs, owner: string): string {
  return `${Prefix ?? `stackbridge-${owner}`}-${name}`
}

function withReferences(verdict: Success, entries: readonly StoredEntry[]): Success {
  const references = Object.fromEntries(entries.map(({ name, key }) => [name, key]))
  return { ...verdict, outputs: { ...verdict.outputs, ...references } }
}

function textOf(value: JsonValue): string {
  return typeof value === 'string' ? value : writeJson(value)
}

/** How each store measures a value, and the largest value that it takes. */
const STORES: Readonly<
  Record<
    StoreName,
    {
      readonly product: string
      readonly entry: string
      readonly unit: string
      readonly most: number
      readonly sizeOf: (value: string) => number
    }
  >
> = {
  oos: {
    product: 'OOS',
    entry: 'an encrypted parameter of OOS',
    unit: OOS_LIMITS.parameterValue.unit,
    most: OOS_LIMITS.parameterValue.most,
    sizeOf: (value) => value.length,
  },
  kms: {
    product: 'KMS',
    entry: 'a secret of KMS',
    unit: KMS_LIMITS.secretValue.unit,
    most: KMS_LIMITS.secretValue.most,
    sizeOf: (value) => Buffer.byteLength(value),
  },
}

function problemOf(name: string, value: string, store: StoreName): readonly string[] {
  const { entry, unit, most, sizeOf } = STORES[store]
  if (value === '') return [`${name} is empty, which ${entry} cannot be`]
  const size = sizeOf(value)
  if (size <= most) return []
  return [`${name} has ${String(size)} ${unit}; ${entry} takes ${String(most)}${otherStoreFor(value, store)}`]
}

function otherStoreFor(value: string, store: StoreName): string {
  const { entry, unit, most, sizeOf } = STORES.kms
  return store === 'kms' || sizeOf(value) > most
    ? ''
    : `, and ${entry} (Store: kms) takes ${String(most)} ${unit}`
}

/**
 * Does the tasks in order, up to the first one that fails. Resolves with why that one failed; `undefined` if all were
 * done.
 */
async function keepAll(tasks: readonly Task[], storing: Storing): Promise<string | undefined> {
  for (const [index, task] of tasks.entries()) {
    const problem = await keep(task, storing, LONGEST_STORING_MS)
    if (problem === undefined) continue
    // No later task and no other event knows this store.
    const isNew = index === 0 && storing.reply.addsStore === true && task.keepsOthers !== true
    const undone = isNew ? await undo(task, storing) : undefined
    return undone === undefined ? problem.message : `${problem.message}; ${undone}`
  }
  return undefined
}

/** Removes what a task had written before it failed. Resolves with why that failed; `undefined` if it was done. */
async function undo({ store }: Task, storing: Storing): Promise<string | undefined> {
  const problem = await keep({ store, desired: new Map() }, storing, LONGEST_CLEANUP_MS)
  return problem === undefined ? undefined : `what it had stored is still there: ${problem.message}`
}

interface Problem {
  readonly message: string
  /** See `OutputStoreError`. */
  readonly isOutOfReach: boolean
}

/** Does one task. Resolves with why it failed; `undefined` if it was done. */
async function keep(task: Task, storing: Storing, longestMs: number): Promise<Problem | undefined> {
  const { outputStores, clock } = storing.reply.host
  const { store, ...content } = task
  const { product } = STORES[store]
  if (outputStores === undefined)
    return { message: `there is no ${product} where the bridge runs`, isOutOfReach: true }
  const ms = Math.max(0, Math.min(longestMs, (storing.end - clock.now()) * SHARE_OF_TIME))
  return withTimeLimit<Problem | undefined>(
    async (signal) => {
      try {
        await outputStores[store].keep({ ...content, owner: storing.owner, signal })
        return undefined
      } catch (error) {
        return problemIn(error)
      }
    },
    ms,
    clock,
    () => ({ message: `${product} took more than ${String(Math.round(ms / 1000))} s`, isOutOfReach: true }),
  )
}

function problemIn(error: unknown): Problem {
  if (error instanceof OutputStoreError) return error
  // A defect: its message may hold a value.
  const name = error instanceof Error ? error.name : 'an unknown error'
  return { message: `the bridge itself failed (${name})`, isOutOfReach: false }
}

const DONE: Readonly<Record<OperationKind, string>> = {
  create: 'The stack is as it should be, but its outputs could not be stored',
  update: 'The stack is updated, but its outputs could not be stored',
  delete: 'The Delete of the stack is done, but what StoredOutputs had stored could not be removed',
}

function refusal(kind: OperationKind, why: string): Verdict {
  return failed(`${DONE[kind]}: ${why}.`)
}
