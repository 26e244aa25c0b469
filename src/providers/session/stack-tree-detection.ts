import * as v from 'valibot'
import type { JsonObject } from '../../platform/json.ts'
import type { FoundDrift } from '../drift.ts'
import { CloudError, type DriftedResource } from '../provider.ts'
import type { DriftAnswer } from './stack-service.ts'

/**
 * The calls of a cloud that detects drift in each nested stack on its own. `undefined`: the stack is gone. They throw
 * `CloudError`.
 */
export interface DriftCalls {
  /** For notes, for example `AWS`. */
  readonly cloud: string
  resources(stackId: string): Promise<readonly StackResource[] | undefined>
  /** Begins a detection. `running`: another one runs, and no second may. */
  detect(stackId: string): Promise<{ readonly id: string } | 'running' | undefined>
  poll(id: string): Promise<'working' | 'complete' | { readonly failure: string }>
  /** `resource` without the path. */
  drifted(stackId: string): Promise<readonly DriftedResource[] | undefined>
}

export interface StackResource {
  readonly name: string
  /** Of a nested stack. */
  readonly stackId?: string
  /** The cloud cannot check the type, or has not. */
  readonly isUnchecked: boolean
}

/** Nested stacks, at any depth, that are checked. */
const MOST_NESTED = 50
/** Resources that a note names. */
const MOST_NAMED = 10
const LONGEST_FAILURE = 500

const schema = v.object({
  stacks: v.array(
    v.object({
      /** Of a nested stack, with a slash at its end; else empty. */
      path: v.string(),
      stackId: v.string(),
      /** Absent until the cloud has begun. */
      id: v.exactOptional(v.string()),
      /** Why the stack, or a part of it, could not be checked; masked. */
      failure: v.exactOptional(v.string()),
      isDone: v.boolean(),
    }),
  ),
  /** There are more nested stacks than are checked. */
  isCut: v.boolean(),
})

type Detection = v.InferOutput<typeof schema>
type OneStack = Detection['stacks'][number]

/** Asks once for the drift of a stack and of its nested stacks. `known`: what an earlier answer gave. Does not wait. */
export async function detectInTree(
  calls: DriftCalls,
  stackId: string,
  known: JsonObject | undefined,
  mask: (text: string) => string,
): Promise<DriftAnswer> {
  const before = known === undefined ? await begun(calls, stackId) : v.parse(schema, known)
  if (before === undefined) return { outcome: 'missing' }
  const stacks: OneStack[] = []
  for (const one of before.stacks) {
    const next = one.isDone ? one : await advanced(calls, one, mask)
    if (next !== undefined) stacks.push(next)
    else if (one.path === '') return { outcome: 'missing' }
  }
  const open = stacks.filter(({ isDone }) => !isDone).length
  if (open === 0) return found(calls, { ...before, stacks })
  const status = `The detection of drift has not ended in ${String(open)} of ${String(stacks.length)} stacks`
  return { outcome: 'working', status, detection: { ...before, stacks } }
}

async function begun(calls: DriftCalls, stackId: string): Promise<Detection | undefined> {
  const stacks: OneStack[] = [{ path: '', stackId, isDone: false }]
  let isCut = false
  // The list grows while it is read: nested stacks have nested stacks.
  for (const { path, stackId: id } of stacks) {
    const resources = await calls.resources(id)
    if (resources === undefined && path === '') return undefined
    for (const { name, stackId: nested } of resources ?? []) {
      if (nested === undefined) continue
      if (stacks.length > MOST_NESTED) isCut = true
      else stacks.push({ path: `${path}${name}/`, stackId: nested, isDone: false })
    }
  }
  return { stacks, isCut }
}

async function advanced(
  calls: DriftCalls,
  one: OneStack,
  mask: (text: string) => string,
): Promise<OneStack | undefined> {
  const failed = (why: string): OneStack => ({
    ...one,
    failure: mask(why).slice(0, LONGEST_FAILURE),
    isDone: true,
  })
  try {
    if (one.id === undefined) {
      const started = await calls.detect(one.stackId)
      // One that runs may have begun before the drift, so its result is not taken.
      if (started === 'running') return one
      return started === undefined ? undefined : { ...one, id: started.id }
    }
    const state = await calls.poll(one.id)
    if (state === 'working') return one
    return state === 'complete' ? { ...one, isDone: true } : failed(state.failure)
  } catch (error) {
    // A nested stack that cannot be checked must not hide the drift of the others.
    if (one.path === '' || !(error instanceof CloudError) || mayPass(error)) throw error
    return failed(error.message)
  }
}

async function found(calls: DriftCalls, { stacks, isCut }: Detection): Promise<DriftAnswer> {
  const drifted: DriftedResource[] = []
  const unchecked: string[] = []
  const notes = isCut ? [`${String(MOST_NESTED)} nested stacks were checked, and there are more.`] : []
  for (const { path, stackId, id, failure } of stacks) {
    const name = path === '' ? 'the stack' : path.slice(0, -1)
    if (failure !== undefined) notes.push(sentence(`Not all of ${name} was checked: ${failure}`))
    if (id === undefined) continue
    const [drifts, resources] = [await calls.drifted(stackId), await calls.resources(stackId)]
    if (drifts === undefined && path === '') return { outcome: 'missing' }
    drifted.push(...(drifts ?? []).map((one) => ({ ...one, resource: `${path}${one.resource}` })))
    for (const resource of resources ?? [])
      if (resource.isUnchecked && resource.stackId === undefined) unchecked.push(`${path}${resource.name}`)
  }
  const isWhole = !isCut && stacks.every(({ failure }) => failure === undefined)
  const result: FoundDrift = {
    drifted,
    isWhole,
    notes: [...notes, ...uncheckedNotes(calls.cloud, unchecked)],
  }
  return { outcome: 'detected', ...result }
}

function uncheckedNotes(cloud: string, names: readonly string[]): string[] {
  if (names.length === 0) return []
  const others = names.length - MOST_NAMED
  const shown = `${names.slice(0, MOST_NAMED).join(', ')}${others > 0 ? ` and ${String(others)} more` : ''}`
  return [`${cloud} has not checked ${shown}: it does not detect drift in every type of resource.`]
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}

function mayPass({ kind }: CloudError): boolean {
  return kind === 'unavailable' || kind === 'throttled'
}
