import type { JsonObject } from '../../../platform/json.ts'
import { CloudError, type Surroundings } from '../../../providers/provider.ts'
import { completeEvent } from '../../event-file.ts'
import { openTarget } from '../../target.ts'
import { SERVED } from './deployed-subject.ts'

/** The statuses that ROS has shown of the served resource of a stack, oldest first; `undefined` where they cannot be read. */
export type ResourceHistory = (reading: JsonObject) => Promise<readonly string[] | undefined>

/** Reads it with the provider's own client. A run waits for no event that is older than `since`. */
export function resourceHistory(
  resourceType: string,
  since: number,
  surroundings: () => Surroundings,
): ResourceHistory {
  return async (reading) => {
    const event = completeEvent({ ResourceType: resourceType, ResourceProperties: reading })
    const opened = await openTarget(event, 'read', surroundings())
    if (!opened.ok) return undefined
    try {
      const found = await opened.session.find()
      if (found.found !== true) return undefined
      const events = await opened.session.events(found.stack, since)
      return events.filter(({ resource }) => resource === SERVED).map(({ status }) => status)
    } catch (error) {
      if (error instanceof CloudError) return undefined
      throw error
    } finally {
      opened.session.close()
    }
  }
}
