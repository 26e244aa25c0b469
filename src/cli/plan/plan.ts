import { missingForTakeOver } from '../../bridge/lifecycle/take-over.ts'
import type { JsonObject } from '../../platform/json.ts'
import type { SecretSource } from '../../platform/secret-source/secret-source.ts'
import type { BridgeProperties } from '../../providers/properties/bridge-properties.ts'
import {
  CloudError,
  type PlanOutcome,
  type StackSession,
  type Surroundings,
} from '../../providers/provider.ts'
import type { PlannedStackReport, TakeOverReport } from '../report.ts'
import { resourceOf, type QuestionContext } from '../inquiry/question.ts'
import { openTarget } from '../target.ts'

/**
 * Plans one complete event of type Create or Update. What the cloud made for it is removed, also where it ends early.
 */
export async function planEvent(
  event: JsonObject,
  surroundings: Surroundings,
  secretSource: SecretSource | undefined,
  { signal, allowAdoption }: QuestionContext,
): Promise<PlannedStackReport> {
  const of = resourceOf(event)
  const target = await openTarget(event, 'operate', surroundings, secretSource)
  if (!target.ok) return impossible(of, target.problems.join('; '))
  const { session, bridge } = target
  try {
    const [problem] = session.identityProblems
    if (problem !== undefined) return impossible(of, `${problem.path} ${problem.problem}`)
    const outcome = await planOrReason(session, signal)
    const takeOver = takeOverOf(outcome, bridge, allowAdoption)
    if (outcome.outcome === 'impossible') return { ...impossible(of, outcome.reason), ...takeOver }
    const { operation, stack, changes, changesOther, notes } = outcome
    return {
      type: 'plan',
      ...of,
      outcome: 'planned',
      operation,
      stackName: stack?.name ?? null,
      stackId: stack?.id ?? null,
      changes,
      ...(changesOther === undefined ? {} : { changesOther }),
      notes: [...notes, ...deletionNotes(outcome, bridge)],
      ...takeOver,
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

function takeOverOf(
  { takesOver }: PlanOutcome,
  { OnExisting, TakeOverFrom }: BridgeProperties,
  allowAdoption: boolean,
): { readonly takeOver?: TakeOverReport } {
  if (takesOver === undefined) return {}
  const { stack, ownership, touches } = takesOver
  const policy = {
    onExisting: OnExisting ?? 'own',
    moves: TakeOverFrom !== undefined,
    mayAdoptUnmarked: allowAdoption,
  }
  return {
    takeOver: {
      stackName: stack.name,
      stackId: stack.id,
      mark: ownership.mark,
      owner: ownership.mark === 'another' ? ownership.owner : null,
      missing: missingForTakeOver(policy, ownership),
      touches: touches ?? null,
    },
  }
}

/** The stack was there before, so its end with a ROS stack that could not be made would be a surprise. */
function deletionNotes({ takesOver }: PlanOutcome, { OnDelete }: BridgeProperties): readonly string[] {
  return takesOver === undefined || takesOver.ownership.mark === 'ours' || OnDelete === 'retain'
    ? []
    : [DELETED]
}

const DELETED =
  'Without OnDelete: retain, the stack is deleted with the resource, also when ROS rolls back because another resource has failed.'

/** A plan that cannot be made. `reason`: a sentence. */
export function impossible(
  of: Pick<PlannedStackReport, 'resource' | 'resourceType'>,
  reason: string,
): PlannedStackReport {
  return { type: 'plan', ...of, outcome: 'impossible', reason }
}
