import type { EpochMs } from '../platform/clock.ts'
import { writeJson, type JsonValue } from '../platform/json.ts'
import { OOS_LIMITS } from '../platform/limits/oos.ts'
import { OutputStoreError } from '../platform/output-store/output-store.ts'
import type { OperationKind } from '../providers/provider.ts'
import { ownerDigest } from '../providers/recognition/mark-digest.ts'
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
 * there are none, and what was stored is removed. What cannot be stored or removed makes the verdict FAILED, with the name.
 * Never rejects.
 */
export async function withStoredOutputs(
  verdict: Verdict,
  kind: OperationKind,
  reply: ReplyContext,
  end: EpochMs,
): Promise<Verdict> {
  const { StoredOutputs: stored } = reply.bridge
  if (stored === undefined || verdict.status === 'FAILED') return verdict
  const { stackId: rosStackId, logicalResourceId } = reply.replyTo
  const owner = ownerDigest({ rosStackId, rosStackName: '', logicalResourceId })
  const prefix = stored.Prefix ?? `stackbridge-${owner}`
  const named = kind === 'delete' ? [] : stored.Names.filter((name) => Object.hasOwn(verdict.outputs, name))
  const entries = named.map((name) => ({
    name,
    key: `${prefix}-${name}`,
    value: textOf(verdict.outputs[name] ?? ''),
  }))
  for (const { value } of entries) reply.secrets.addHidden(value)
  const wrong = entries.flatMap(({ name, value }) => problemOf(name, value))
  if (wrong.length > 0) return refusal(kind, wrong.join('; '))
  const problem = await store(owner, new Map(entries.map(({ key, value }) => [key, value])), reply, end)
  return problem === undefined ? withReferences(verdict, entries) : refusal(kind, problem)
}

function withReferences(
  verdict: Success,
  entries: readonly { readonly name: string; readonly key: string }[],
): Success {
  const references = Object.fromEntries(entries.map(({ name, key }) => [name, key]))
  return { ...verdict, outputs: { ...verdict.outputs, ...references } }
}

function textOf(value: JsonValue): string {
  return typeof value === 'string' ? value : writeJson(value)
}

function problemOf(name: string, value: string): readonly string[] {
  const { most } = OOS_LIMITS.parameterValue
  if (value === '') return [`${name} is empty, which an encrypted parameter of OOS cannot be`]
  if (value.length <= most) return []
  return [
    `${name} has ${String(value.length)} characters; an encrypted parameter of OOS takes ${String(most)}`,
  ]
}

/** Why it could not be done; `undefined` where it was. */
async function store(
  owner: string,
  wanted: ReadonlyMap<string, string>,
  { host }: ReplyContext,
  end: EpochMs,
): Promise<string | undefined> {
  const { outputStore, clock } = host
  if (outputStore === undefined) return 'there is no OOS where the bridge runs'
  const ms = Math.max(0, Math.min(LONGEST_STORING_MS, (end - clock.now()) * SHARE_OF_TIME))
  const storing = outputStore.keep(owner, wanted).then(
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
    () => `OOS took more than ${String(Math.round(ms / 1000))} s`,
  )
}

const DONE: Readonly<Record<OperationKind, string>> = {
  create: 'The stack is as it should be, but its outputs could not be stored',
  update: 'The stack is updated, but its outputs could not be stored',
  delete: 'The Delete of the stack is done, but what StoredOutputs had stored could not be removed',
}

function refusal(kind: OperationKind, why: string): Verdict {
  return failed(`${DONE[kind]}: ${why}.`)
}
