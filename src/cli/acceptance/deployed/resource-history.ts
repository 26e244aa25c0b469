import type { JsonObject } from '../../../platform/json.ts'
import { CloudError, type Surroundings } from '../../../providers/provider.ts'
import { openTarget } from '../../target.ts'
import { SERVED } from './deployed-subject.ts'

/** The statuses that ROS has shown of the served resource of a stack, oldest first; `undefined` where they cannot be read. */
export type ResourceHistory = (event: JsonObject) => Promise<readonly string[] | undefined>

/** `event`: as ROS sends it for the stack's own resource; `since`: milliseconds since 1970. */
export function resourceHistory(since: number, surroundings: () => Surroundings): ResourceHistory {
  return async (event) => {
    const opened = await openTarget(event, 'read', surroundings())
    if (!opened.ok) return undefined
    const { session } = opened
    try {
      const found = await session.find()
      if (found.found !== true) return undefined
      const events = await session.events(found.stack, since)
      return events.filter(({ resource }) => resource === SERVED).map(({ status }) => status)
    } catch (error) {
      if (error instanceof CloudError) return undefined
      throw error
    } finally {
      session.close()
    }
  }
}
