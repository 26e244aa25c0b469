import type { JsonObject } from '../platform/json.ts'
import type { SecretSource } from '../platform/secret-source/secret-source.ts'
import type { Surroundings } from '../providers/provider.ts'
import { fileInquiry } from './inquiry/file-inquiry.ts'
import { resourceOf, type QuestionContext, type Question } from './inquiry/question.ts'
import type { DriftedStackReport } from './report.ts'
import { openTarget } from './target.ts'

const DRIFT: Question<DriftedStackReport> = {
  ask: driftOfEvent,
  answerFor: (planned) => {
    const { resource, resourceType } = planned
    return impossible({ resource, resourceType }, 'deletes' in planned ? NO_LONGER_THERE : planned.problem)
  },
  isImpossible: (report) => report.outcome === 'impossible' || !report.isWhole,
  isChange: (report) => report.outcome === 'detected' && report.drifted.length > 0,
}

const NO_LONGER_THERE = 'The template no longer has this resource.'

/** Looks for drift in the stack of an event file, or of each custom resource of a ROS template. Throws `UsageError`. */
export const driftFile = fileInquiry(DRIFT)

/** `signal` ends the wait early; the cloud goes on detecting. */
async function driftOfEvent(
  event: JsonObject,
  surroundings: Surroundings,
  secretSource: SecretSource | undefined,
  { signal }: QuestionContext,
): Promise<DriftedStackReport> {
  const of = resourceOf(event)
  const target = await openTarget(event, 'operate', surroundings, secretSource)
  if (!target.ok) return impossible(of, target.problems.join('; '))
  const { session } = target
  try {
    const [problem] = session.identityProblems
    if (problem !== undefined) return impossible(of, `${problem.path} ${problem.problem}`)
    const found = await session.drift(signal)
    if (found.outcome === 'impossible') return impossible(of, found.reason)
    const { stack, drifted, isWhole, notes } = found
    return {
      type: 'drift',
      ...of,
      outcome: 'detected',
      stackName: stack.name,
      stackId: stack.id,
      drifted,
      isWhole,
      notes,
    }
  } finally {
    session.close()
  }
}

/** A stack that cannot be checked. `reason`: a sentence. */
function impossible(
  of: Pick<DriftedStackReport, 'resource' | 'resourceType'>,
  reason: string,
): DriftedStackReport {
  return { type: 'drift', ...of, outcome: 'impossible', reason }
}
