import type { JsonObject } from '../platform/json.ts'
import type { Check, StackSession, Surroundings } from '../providers/provider.ts'
import { CloudError } from '../providers/provider.ts'
import { openTarget } from './target.ts'

/**
 * Looks at everything that the bridge needs for a complete event, by calls that change nothing; each result as soon as it
 * is known. `asksForAStack`: its properties say what is wanted, and not only how to connect.
 */
export async function* diagnose(
  event: JsonObject,
  asksForAStack: boolean,
  surroundings: Surroundings,
): AsyncGenerator<Check> {
  const session = yield* propertyChecks(event, asksForAStack, surroundings)
  if (session === undefined) return
  try {
    yield* session.checks?.() ?? (asksForAStack ? findCheck(session) : nothingToFind())
  } finally {
    session.close()
  }
}

/** Where the template or its parameters are wrong, the cloud can be looked at all the same. */
async function* propertyChecks(
  event: JsonObject,
  asksForAStack: boolean,
  surroundings: Surroundings,
): AsyncGenerator<Check, StackSession | undefined> {
  const name = 'properties'
  const opened = await openTarget(event, asksForAStack ? 'as-asked' : 'looking', surroundings)
  if (opened.ok) {
    const problems = opened.session.identityProblems
    for (const { path, problem } of problems) yield { name, result: 'missing', detail: `${path} ${problem}` }
    if (problems.length === 0)
      yield {
        name,
        result: 'ok',
        detail: asksForAStack ? 'valid' : withoutProperties(opened.session),
      }
    return opened.session
  }
  for (const problem of opened.problems) yield { name, result: 'missing', detail: problem }
  const reopened = asksForAStack ? await openTarget(event, 'looking', surroundings) : opened
  return reopened.ok ? reopened.session : undefined
}

function withoutProperties({ checks }: StackSession): string {
  return checks === undefined ? 'none given' : 'none given: the environment says how to connect'
}

/** Without a name of anything, a provider that has no checks of its own would answer without asking. */
function* nothingToFind(): Generator<Check> {
  yield {
    name: 'cloud',
    result: 'unknown',
    detail: 'what it answers needs an event that names a stack: give one',
  }
}

/** For a provider that has no checks of its own: one call tells whether the cloud answers. */
async function* findCheck(session: StackSession): AsyncGenerator<Check> {
  const name = 'cloud'
  try {
    const { found } = await session.find()
    yield {
      name,
      result: 'ok',
      detail: found === true ? 'it answers; the stack is there' : 'it answers; the stack is not there',
    }
  } catch (error) {
    if (!(error instanceof CloudError)) throw error
    yield { name, result: 'missing', detail: error.message }
  }
}
