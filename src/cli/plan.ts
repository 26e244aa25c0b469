import type { JsonObject } from '../platform/json.ts'
import type { SecretSource } from '../platform/secret-source/secret-source.ts'
import { CloudError, type PlanOutcome, type StackSession, type Surroundings } from '../providers/provider.ts'
import type { PlannedStackReport } from './report.ts'
import { openTarget } from './target.ts'

/** Plans one complete event of type Create or Update. `signal` ends it early; what the cloud made for it is removed all the same. */
export async function planEvent(
  event: JsonObject,
  surroundings: Surroundings,
  secretSource: SecretSource | undefined,
  signal: AbortSignal,
): Promise<PlannedStackReport> {
  const { LogicalResourceId, ResourceType } = event
  const of = { resource: text(LogicalResourceId), resourceType: text(ResourceType) }
  const target = await openTarget(event, 'operate', surroundings, secretSource)
  if (!target.ok) return impossible(of, target.problems.join('; '))
  const { session } = target
  try {
    const [problem] = session.identityProblems
    if (problem !== undefined) return impossible(of, `${problem.path} ${problem.problem}`)
    const outcome = await planOrReason(session, signal)
    if (outcome.outcome === 'impossible') return impossible(of, outcome.reason)
    const { operation, stack, changes, notes } = outcome
    return {
      type: 'plan',
      ...of,
      outcome: 'planned',
      operation,
      stackName: stack?.name ?? null,
      stackId: stack?.id ?? null,
      changes,
      notes,
    }
  } finally {
    session.close()
  }
}

/** A cloud that refuses one plan, such as that of a wrong template, says nothing of the others. */
async function planOrReason(session: StackSession, signal: AbortSignal): Promise<PlanOutcome> {
  try {
    return await session.plan(signal)
  } catch (error) {
    if (!(error instanceof CloudError)) throw error
    return { outcome: 'impossible', reason: error.message }
  }
}

/** A plan that cannot be made. `reason`: a sentence. */
export function impossible(
  of: Pick<PlannedStackReport, 'resource' | 'resourceType'>,
  reason: string,
): PlannedStackReport {
  return { type: 'plan', ...of, outcome: 'impossible', reason }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
