import type { JsonObject } from '../../platform/json.ts'
import { eventFieldDescriptions } from '../../ros/event-field-descriptions.ts'
import { parseEvent } from '../../ros/event.ts'
import { completeEvent, hasResponseUrl } from '../event-file.ts'
import { below, error, within, type Finding } from './finding.ts'
import { checkForeignStack, NO_STACK } from './foreign-stack.ts'
import type { PropertyCheck } from './property-check.ts'
import { regionFindings } from './region-findings.ts'
import { folderOf } from './serving.ts'

/** Checks an event as the bridge does. A missing field that `stackbridge invoke` fills in is not a problem. */
export async function checkEvent(given: JsonObject, check: PropertyCheck): Promise<Finding[]> {
  const parsed = parseEvent({ ok: true, value: filledIn(given) })
  if (parsed.kind !== 'event') return parsed.problems.map(ofField)
  const { resourceType, resourceProperties } = parsed.event
  const problems = await check.problemsOf(parsed.event)
  // A Delete needs no template.
  const isDelete = parsed.event.requestType === 'Delete'
  const folder = folderOf(resourceType, resourceProperties)
  const { findings: ofStack } =
    isDelete || folder === undefined
      ? NO_STACK
      : await checkForeignStack(folder, resourceProperties, new Set())
  const named = [...regionFindings(resourceType, resourceProperties, problems), ...ofStack].map((found) =>
    below('ResourceProperties', found),
  )
  const findings = problems.flatMap((problem) => {
    if (problem.path === 'PhysicalResourceId')
      return hasPhysicalResourceId(given) ? [error(problem.path, problem.problem)] : []
    return problem.path === ''
      ? [error('ResourceType', problem.problem)]
      : [within('ResourceProperties', problem)]
  })
  return [...findings, ...named]
}

function filledIn(given: JsonObject): JsonObject {
  return completeEvent({
    ...given,
    ...(hasResponseUrl(given) ? {} : { ResponseURL: 'https://unknown.example/' }),
    ...(given['RequestType'] === 'Update' && !hasPhysicalResourceId(given)
      ? { PhysicalResourceId: 'unknown' }
      : {}),
  })
}

function hasPhysicalResourceId(given: JsonObject): boolean {
  return given['PhysicalResourceId'] !== undefined
}

/** `parseEvent` gives a problem as a sentence whose first word is the field. */
function ofField(sentence: string): Finding {
  const [, field, problem] = /^(\w+) (.*)$/s.exec(sentence) ?? []
  return field !== undefined && problem !== undefined && Object.hasOwn(eventFieldDescriptions, field)
    ? error(field, problem)
    : error('', sentence)
}
