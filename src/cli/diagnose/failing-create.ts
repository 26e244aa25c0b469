import type { Clock } from '../../platform/clock.ts'
import type { JsonObject } from '../../platform/json.ts'
import { CloudError } from '../../providers/provider.ts'
import { openTarget, withoutFields } from '../target.ts'
import type { Reach } from './diagnose-event.ts'

const INTERVAL_MS = 100
/** Embedded clouds work for seconds; a template's own wait may be longer. */
const LONGEST_MS = 600_000

/**
 * Creates the stack of an event in an embedded cloud, which is empty at first, and waits for its end. Returns the id, or why there
 * is none.
 */
export async function createInSandbox(
  event: JsonObject,
  { surroundings, secretSource }: Reach,
  clock: Clock,
  signal: AbortSignal,
): Promise<{ readonly id: string } | { readonly refusal: string }> {
  const create = { ...withoutFields(event, ['PhysicalResourceId']), RequestType: 'Create' }
  const target = await openTarget(create, 'operate', surroundings, secretSource)
  if (!target.ok) return { refusal: target.problems.join('; ') }
  const { session } = target
  try {
    const outcome = await session.create()
    if (outcome.outcome !== 'started')
      return { refusal: `The embedded cloud made no stack: ${outcome.outcome}` }
    const until = clock.now() + LONGEST_MS
    let watch = outcome.watch
    while (!signal.aborted && clock.now() < until) {
      const seen = await session.describe(watch)
      if (seen.phase === 'failed' ? seen.final : seen.phase !== 'working') break
      if (seen.phase === 'working' && seen.marker !== undefined) watch = { ...watch, marker: seen.marker }
      await clock.sleep(INTERVAL_MS)
    }
    return { id: watch.stack.id }
  } catch (error) {
    if (error instanceof CloudError) return { refusal: error.message }
    throw error
  } finally {
    session.close()
  }
}
