import type { Diagnosis } from '../../diagnosis/diagnosis.ts'
import { failedResources, type ClassifiedEvent } from '../../diagnosis/failures.ts'
import { Readings } from '../../diagnosis/readings.ts'
import type { AosExecution, AosStack } from './client.ts'
import { phaseOf } from './execution.ts'
import { eventsOf } from './execution-events.ts'
import type { SessionSetup } from './session-setup.ts'
import { formatStackId } from './stack-id.ts'
import { isWorking } from './status.ts'

/**
 * What AOS tells of the latest run of a lifecycle that failed on the setup's stack. AOS keeps the last ten runs, each with the last
 * phase of its elements, and no log. Reads only.
 * https://support.huaweicloud.com/intl/en-us/api-aos/aos_02_0033.html
 */
export async function diagnoseAos({
  client,
  region,
  stack: asked,
}: SessionSetup): Promise<Diagnosis | undefined> {
  const readings = new Readings()
  const project = asked.by === 'id' ? asked.id.project : await client.projectId()
  const guid = asked.by === 'id' ? asked.id.guid : await client.guidOf(project, asked.name)
  if (guid === undefined) return undefined
  const unseen = { name: asked.by === 'id' ? asked.id.name : asked.name, status: undefined }
  const shown = await readings.tried<Pick<AosStack, 'name' | 'status'> | undefined>(
    { action: 'AOS stack query', tells: "the stack's status", otherwise: unseen },
    () => client.stack(guid),
  )
  if (shown === undefined) return undefined
  const runs = await readings.tried<readonly AosExecution[]>(
    { action: 'AOS execution list', tells: "the runs of the stack's lifecycles", otherwise: [] },
    () => client.executions(guid, { last: false }),
  )
  const at = runs.findIndex((run) => phaseOf(run) === 'failed')
  const failed = runs[at]
  if (at > 0) readings.note('A later run of a lifecycle has not failed: this is the failure before it.')
  const stack = { id: formatStackId({ region, project, name: shown.name, guid }), name: shown.name }
  return {
    stack,
    status: shown.status ?? undefined,
    isAtWork: isWorking(shown.status ?? '', runs[0]),
    failures: failed === undefined ? [] : failedResources(classifiedEventsIn(failed, stack)),
    missing: readings.missing,
    notes: readings.notes,
  }
}

/** What failed without a message failed because of another element. The run itself explains a failure only where none does. */
function classifiedEventsIn(
  run: AosExecution,
  stack: { readonly id: string; readonly name: string },
): ClassifiedEvent[] {
  const events = eventsOf(run, stack)
  const isRun = (type: string) => type === 'AOS stack'
  const isFailure = (status: string) => / (?:Failed|Abnormal)$/.test(status)
  const hasCause = events.some(
    ({ status, reason = '', type }) => isFailure(status) && reason !== '' && !isRun(type),
  )
  return events.map(({ resource, type, at, status, reason = '' }) => ({
    path: resource,
    type,
    at,
    status,
    reason,
    failure: !isFailure(status)
      ? 'none'
      : hasCause && (reason === '' || isRun(type))
        ? 'consequence'
        : 'cause',
  }))
}
