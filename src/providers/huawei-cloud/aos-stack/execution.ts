import * as v from 'valibot'
import type { AosExecution, AosPhase } from './client.ts'

/**
 * The phase of one run of a lifecycle. The documents show only the phase Succeeded; the other names come from their
 * examples of stacks and elements. `unknown`: any other name, and the stack's own status decides.
 * https://support.huaweicloud.com/intl/en-us/api-aos/aos_02_0033.html
 */
export type ExecutionPhase = 'working' | 'succeeded' | 'failed' | 'unknown'

const phases = new Map<string, ExecutionPhase>([
  ['', 'working'],
  ['Pending', 'working'],
  ['Processing', 'working'],
  ['Running', 'working'],
  ['Succeeded', 'succeeded'],
  ['Failed', 'failed'],
  ['Abnormal', 'failed'],
])

export function phaseOf({ status }: AosExecution): ExecutionPhase {
  return phases.get(status?.objectStatus?.phase ?? '') ?? 'unknown'
}

/** For example `create` or `rollback`. */
export function actionOf({ spec, status }: AosExecution): string {
  return spec?.actionName ?? status?.actionName ?? ''
}

/** Why the run failed: the first element that failed and AOS's message for it, or else the run's own message. */
export function causeOf(execution: AosExecution): string | undefined {
  const failed = elementsOf(execution).find(
    ({ status }) => phases.get(status.phase ?? '') === 'failed' && messageOf(status) !== '',
  )
  if (failed !== undefined) return `${failed.name}: ${messageOf(failed.status)}`
  const message = messageOf(execution.status?.objectStatus ?? {})
  return message === '' ? undefined : message
}

export function messageOf({ message, reason }: Partial<AosPhase>): string {
  return [message ?? '', reason ?? ''].map((text) => text.trim()).find((text) => text !== '') ?? ''
}

/** For example `create Processing, 40 %`. */
export function inWords(execution: AosExecution): string {
  const { objectStatus, progress } = execution.status ?? {}
  const phase = objectStatus?.phase ?? ''
  const percent = progress === undefined || progress === null ? '' : `, ${String(progress)} %`
  return `${actionOf(execution)} ${phase === '' ? 'Pending' : phase}${percent}`
}

export interface ElementStatus {
  readonly name: string
  readonly status: Partial<AosPhase>
}

const text = v.nullish(v.string())
const elementsSchema = v.record(
  v.string(),
  v.object({ phase: text, message: text, reason: text, update_at: text }),
)

/** The elements of the template, where AOS lists them. */
export function elementsOf({ status }: AosExecution): ElementStatus[] {
  const parsed = v.safeParse(elementsSchema, status?.subObjectStatus)
  if (!parsed.success) return []
  return Object.entries(parsed.output).map(([name, element]) => ({ name, status: element }))
}
