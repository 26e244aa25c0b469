import type { JsonObject } from '../../platform/json.ts'
import type { SecretSource } from '../../platform/secret-source/secret-source.ts'
import type { Diagnosis } from '../../providers/diagnosis/diagnosis.ts'
import { CloudError, type Surroundings } from '../../providers/provider.ts'
import { serviceOfId } from '../../providers/registry.ts'
import { resourceOf } from '../inquiry/question.ts'
import type { DiagnosisReport } from '../report.ts'
import { openTarget } from '../target.ts'
import { nextActions } from './known-causes.ts'

/** Characters of one reason, or of one text of another source. */
const LONGEST_TEXT = 8000

/** What `stackbridge diagnose` needs of the bridge in this process. */
export interface Reach {
  readonly surroundings: Surroundings
  readonly secretSource: SecretSource | undefined
}

/** Diagnoses the stack of one complete event. Changes nothing. */
export async function diagnoseEvent(
  event: JsonObject,
  { surroundings, secretSource }: Reach,
): Promise<DiagnosisReport> {
  const of = resourceOf(event)
  const target = await openTarget(event, 'read', surroundings, secretSource)
  if (!target.ok) return undiagnosed(of, target.problems.join('; '))
  const { session } = target
  try {
    if (session.diagnose === undefined)
      return undiagnosed(of, 'Neither the id nor the properties of the resource lead to a stack.')
    const diagnosis = await session.diagnose()
    const unread = diagnosis === undefined ? undefined : unreadBecause(diagnosis)
    if (unread !== undefined) return undiagnosed(of, unread)
    // A log may hold secrets that no property has. What has the form of one is masked like those.
    surroundings.secrets.addFrom({ said: diagnosis === undefined ? [] : textsIn(diagnosis) })
    return diagnosis === undefined
      ? { type: 'diagnosis', ...of, outcome: 'absent' }
      : reportOf(of, diagnosis, (text) => surroundings.secrets.maskBeginning(text, LONGEST_TEXT))
  } catch (error) {
    if (error instanceof CloudError) return undiagnosed(of, error.message)
    throw error
  } finally {
    session.close()
  }
}

/** Why neither the status nor a failure could be read, in sentences; `undefined` if something was read. */
function unreadBecause({ status, failures, missing }: Diagnosis): string | undefined {
  if (status !== undefined || failures.length > 0 || missing.length === 0) return undefined
  const messages = new Set(missing.map((one) => one.said.replace(/\.$/, '')))
  return `${[...messages].join('; ')}. Calls that failed: ${missing.map(({ action }) => action).join(', ')}.`
}

/** `reason`: a sentence. */
export function undiagnosed(
  of: Pick<DiagnosisReport, 'resource' | 'resourceType'>,
  reason: string,
): DiagnosisReport {
  return { type: 'diagnosis', ...of, outcome: 'impossible', reason }
}

function reportOf(
  of: Pick<DiagnosisReport, 'resource' | 'resourceType'>,
  { stack, status, isAtWork, failures, missing, notes }: Diagnosis,
  cut: (text: string) => string,
): DiagnosisReport {
  return {
    type: 'diagnosis',
    ...of,
    outcome: 'read',
    stackName: stack.name,
    stackId: stack.id,
    status: status ?? null,
    isAtWork,
    failures: failures.map(({ history, evidence, ...failure }) => ({
      ...failure,
      history: history.map(({ at, reason, ...entry }) => ({
        at: timeOf(at),
        ...entry,
        ...(reason === undefined ? {} : { reason: cut(reason) }),
      })),
      evidence: evidence.map(({ at, text, ...entry }) => ({
        ...(at === undefined ? {} : { at: timeOf(at) }),
        ...entry,
        text: cut(text),
      })),
    })),
    next: nextActions(failures, serviceOfId(stack.id)?.folder.split('/')[0] ?? ''),
    missing,
    notes,
  }
}

function textsIn({ failures }: Diagnosis): string[] {
  return failures.flatMap(({ history, evidence }) => [
    ...history.flatMap(({ reason }) => reason ?? []),
    ...evidence.map(({ text }) => text),
  ])
}

/** `null` if the cloud's text is not a time. */
function timeOf(at: number): string | null {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? null : date.toISOString()
}
