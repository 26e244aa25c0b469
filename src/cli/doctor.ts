import { isJsonObject, type JsonObject } from '../platform/json.ts'
import type { SecretSource } from '../platform/secret-source/secret-source.ts'
import type { Check, StackSession, Surroundings } from '../providers/provider.ts'
import { CloudError } from '../providers/provider.ts'
import { READ_ONLY } from '../providers/session/mode.ts'
import { NothingToDelete } from '../providers/session/nothing-to-delete.ts'
import { openTarget } from './target.ts'

/**
 * Checks everything that the bridge needs for a complete event, with read-only calls. Yields each result as soon as it is
 * known. `hasProperties`: the event's properties describe a stack, and not only the connection.
 */
export async function* diagnose(
  event: JsonObject,
  hasProperties: boolean,
  surroundings: Surroundings,
  secretSource?: SecretSource,
): AsyncGenerator<Check> {
  const session = yield* propertyChecks(event, hasProperties, surroundings, secretSource)
  if (session === 'not checked') {
    yield { name: 'cloud', result: 'unknown', detail: 'not checked: correct the properties first' }
    return
  }
  if (session === undefined) return
  try {
    yield* session.checks?.() ?? withoutChecks(session, hasProperties)
  } finally {
    session.close()
  }
}

/** A wrong template or parameter does not prevent the checks of the cloud: the connection is opened without them. */
async function* propertyChecks(
  event: JsonObject,
  hasProperties: boolean,
  surroundings: Surroundings,
  secretSource: SecretSource | undefined,
): AsyncGenerator<Check, StackSession | 'not checked' | undefined> {
  const name = 'properties'
  const opened = await openTarget(event, hasProperties ? 'operate' : 'read', surroundings, secretSource)
  if (opened.ok) {
    const problems = opened.session.identityProblems
    for (const { path, problem } of problems) yield { name, result: 'missing', detail: `${path} ${problem}` }
    if (problems.length === 0)
      yield {
        name,
        result: 'ok',
        detail: hasProperties ? 'valid' : withoutProperties(opened.session),
      }
    return opened.session
  }
  for (const problem of opened.problems) yield { name, result: 'missing', detail: problem }
  // A managed resource of the same properties needs other rights.
  if (opensToRead(event)) return 'not checked'
  const reopened = hasProperties ? await openTarget(event, 'read', surroundings, secretSource) : opened
  return reopened.ok ? reopened.session : undefined
}

function opensToRead({ ResourceProperties: given = null }: JsonObject): boolean {
  return isJsonObject(given) && given['Mode'] === READ_ONLY
}

function withoutProperties({ checks }: StackSession): string {
  return checks === undefined ? 'none given' : 'none given; the connection comes from the environment'
}

function withoutChecks(
  session: StackSession,
  hasProperties: boolean,
): AsyncGenerator<Check> | Generator<Check> {
  if (!hasProperties) return cloudUnknown()
  return session instanceof NothingToDelete ? noCall() : findCheck(session)
}

/** A stack that is only read, or kept by `OnDelete`, is not deleted. */
function* noCall(): Generator<Check> {
  yield { name: 'cloud', result: 'ok', detail: 'not asked: this Delete makes no call' }
}

/** A provider without checks of its own makes no call when no stack is named. */
function* cloudUnknown(): Generator<Check> {
  yield {
    name: 'cloud',
    result: 'unknown',
    detail: 'not checked: this check needs an event file that names a stack',
  }
}

/** For a provider without checks of its own: one call shows whether the cloud answers. */
async function* findCheck(session: StackSession): AsyncGenerator<Check> {
  const name = 'cloud'
  try {
    const { found } = await session.find()
    yield {
      name,
      result: 'ok',
      detail: found === true ? 'reachable; the stack exists' : 'reachable; the stack does not exist',
    }
  } catch (error) {
    if (!(error instanceof CloudError)) throw error
    yield { name, result: 'missing', detail: error.message }
  }
}
