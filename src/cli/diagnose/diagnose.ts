import { systemClock } from '../../platform/clock.ts'
import type { JsonObject } from '../../platform/json.ts'
import type { SecretSource } from '../../platform/secret-source/secret-source.ts'
import type { Surroundings } from '../../providers/provider.ts'
import { askAboutStacks } from '../inquiry/ask-about-stacks.ts'
import type { Inquiry } from '../inquiry/inquiry.ts'
import { resourceOf, type QuestionContext, type Question } from '../inquiry/question.ts'
import type { DiagnosisReport } from '../report.ts'
import { diagnoseEvent, undiagnosed } from './diagnose-event.ts'
import { targetsOf, type NamedTarget } from './diagnose-target.ts'
import { createInSandbox } from './failing-create.ts'
import { runToFailure } from './run-to-failure.ts'

const DIAGNOSIS: Question<DiagnosisReport> = {
  ask: diagnosisOf,
  answerFor: (planned) =>
    undiagnosed(
      planned,
      'problem' in planned
        ? planned.problem
        : `The template no longer has this resource; diagnose ${planned.deletes} by its id.`,
    ),
  runTemplate: runToFailure,
  isImpossible: ({ outcome }) => outcome !== 'read',
  isChange: () => false,
}

/** Reports what the clouds tell of each stack. Throws `UsageError`. */
export const diagnose: Inquiry<NamedTarget> = async (request, readBytes, renderer, signal) =>
  askAboutStacks(DIAGNOSIS, await targetsOf(request, readBytes), { request, renderer, signal })

async function diagnosisOf(
  event: JsonObject,
  surroundings: Surroundings,
  secretSource: SecretSource | undefined,
  { signal, isCloudEmpty }: QuestionContext,
): Promise<DiagnosisReport> {
  const reach = { surroundings, secretSource }
  if (!isCloudEmpty) return diagnoseEvent(event, reach)
  const created = await createInSandbox(event, reach, systemClock, signal)
  if ('refusal' in created) return undiagnosed(resourceOf(event), created.refusal)
  return diagnoseEvent({ ...event, PhysicalResourceId: created.id }, reach)
}
