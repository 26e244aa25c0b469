import type { EpochMs } from '../platform/clock.ts'
import { writeJson, type JsonValue } from '../platform/json.ts'
import { KMS_LIMITS } from '../platform/limits/kms.ts'
import { OOS_LIMITS } from '../platform/limits/oos.ts'
import { OutputStoreError, type OutputStores, type StoreName } from '../platform/output-store/output-store.ts'
import type { BridgeProperties } from '../providers/properties/bridge-properties.ts'
import type { OperationKind } from '../providers/provider.ts'
import { ownerDigest } from '../providers/recognition/mark-digest.ts'
import { storeOf } from './left-store.ts'
import { failed, type Verdict } from './operation.ts'
import type { ReplyContext } from './reply-context.ts'
import { withTimeLimit } from './time-limit.ts'

/** What storing may take, milliseconds; the answer has to be delivered after it. */
const LONGEST_STORING_MS = 30_000
/** The part of the time until the end that it may take. */
const SHARE_OF_TIME = 0.5

type Success = Extract<Verdict, { status: 'SUCCESS' }>

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
  const entries = stored === undefined || kind === 'delete' ? [] : entriesOf(verdict, stored, owner)
  for (const { value } of entries) reply.secrets.addHidden(value)
  const tasks: Task[] = []
  if (stored !== undefined) {
    const store = storeOf(stored)
    const wrong = entries.flatMap(({ name, value }) => problemOf(name, value, store))
    if (wrong.length > 0) return refusal(kind, wrong.join('; '))
    tasks.push({ store, wanted: new Map(entries.map(({ key, value }) => [key, value])) })
  }
  // Last, so that each output is always in one of the two stores.
  if (reply.leftStore !== undefined) tasks.push({ store: reply.leftStore, wanted: new Map() })
  if (tasks.length === 0) return verdict
  const problem = await store(owner, tasks, reply, end)
  return problem === undefined ? withReferences(verdict, entries) : refusal(kind, problem)
}

interface StoredEntry {
  /** The output's name. */
  readonly name: string
  /** The name in the store. */
  readonly key: string
  readonly value: string
}

/** What one store has to hold. */
interface Task {
  readonly store: StoreName
  readonly wanted: ReadonlyMap<string, string>
}

function entriesOf(
  { outputs }: Success,
  { Names, Prefix }: NonNullable<BridgeProperties['StoredOutputs']>,
  owner: string,
): readonly StoredEntry[] {
  const prefix = Prefix ?? `stackbridge-${owner}`
  return Names.filter((name) => Object.hasOwn(outputs, name)).map((name) => ({
    name,
    key: `${prefix}-${name}`,
    value: textOf(outputs[name] ?? ''),
  }))
}

function withReferences(verdict: Success, entries: readonly StoredEntry[]): Success {
  const references = Object.fromEntries(entries.map(({ name, key }) => [name, key]))
  return { ...verdict, outputs: { ...verdict.outputs, ...references } }
}

function textOf(value: JsonValue): string {
  return typeof value === 'string' ? value : writeJson(value)
}

/** What a value is measured by, and how much of it each store takes. */
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

/** Why it could not be done; `undefined` where it was. */
async function store(
  owner: string,
  tasks: readonly Task[],
  { host }: ReplyContext,
  end: EpochMs,
): Promise<string | undefined> {
  const { outputStores, clock } = host
  const products = tasks.map(({ store }) => STORES[store].product).join(' and ')
  if (outputStores === undefined) return `there is no ${products} where the bridge runs`
  const ms = Math.max(0, Math.min(LONGEST_STORING_MS, (end - clock.now()) * SHARE_OF_TIME))
  const storing = keepAll(owner, tasks, outputStores).then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof OutputStoreError) return error.message
      // A defect: its message may hold a value.
      return `the bridge itself failed (${error instanceof Error ? error.name : 'an unknown error'})`
    },
  )
  return withTimeLimit<string | undefined>(
    storing,
    ms,
    clock,
    () => `${products} took more than ${String(Math.round(ms / 1000))} s`,
  )
}

async function keepAll(owner: string, tasks: readonly Task[], stores: OutputStores): Promise<void> {
  for (const { store, wanted } of tasks) await stores[store].keep(owner, wanted)
}

const DONE: Readonly<Record<OperationKind, string>> = {
  create: 'The stack is as it should be, but its outputs could not be stored',
  update: 'The stack is updated, but its outputs could not be stored',
  delete: 'The Delete of the stack is done, but what StoredOutputs had stored could not be removed',
}

function refusal(kind: OperationKind, why: string): Verdict {
  return failed(`${DONE[kind]}: ${why}.`)
}
