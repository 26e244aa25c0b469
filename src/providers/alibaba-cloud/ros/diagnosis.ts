import * as v from 'valibot'
import type { Diagnosis, Evidence } from '../../diagnosis/diagnosis.ts'
import { failedResources } from '../../diagnosis/failures.ts'
import { nestedFailures, type StackEvents } from '../../diagnosis/nested-failures.ts'
import { Readings } from '../../diagnosis/readings.ts'
import { CloudError } from '../../provider.ts'
import type { RosClient, RosEvent, RosStack } from './client.ts'
import { isOfStackItself, readEvents, timeOf } from './events.ts'
import { CANCELLED, explainByStack, FAILED, NESTED_TYPES } from './reason.ts'
import type { SessionSetup } from './session-setup.ts'
import { formatStackId } from './stack-id.ts'

const BEGIN = /^(?:CREATE|UPDATE|DELETE|CHECK|IMPORT_CREATE|IMPORT_UPDATE)_IN_PROGRESS$/
const LONGEST_LOG = 8000
const MOST_LOGS = 20

/** https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-getstack: `Log` */
const logSchema = v.object({
  Log: v.fallback(
    v.optional(
      v.object({
        ResourceLogs: v.optional(
          v.array(
            v.object({
              ResourceName: v.optional(v.string(), '?'),
              Logs: v.optional(v.array(v.object({ Content: v.optional(v.string(), '') })), []),
            }),
          ),
          [],
        ),
        TerraformLogs: v.optional(
          v.array(
            v.object({
              Command: v.optional(v.string(), '?'),
              Stream: v.optional(v.string(), '?'),
              Content: v.optional(v.string(), ''),
            }),
          ),
          [],
        ),
      }),
    ),
    undefined,
  ),
})

/**
 * What ROS tells of the latest operation that failed on the setup's stack: its events through nested stacks, the call that failed,
 * and its logs. Reads only.
 */
export async function diagnoseRos(setup: SessionSetup): Promise<Diagnosis | undefined> {
  const { client, stack: asked, region, identity } = setup
  const readings = new Readings()
  const account = await identity.account()
  if (asked.by === 'id' && asked.id.account !== account)
    throw new CloudError(
      'rejected',
      `Stack ${asked.id.name} is in the account ${asked.id.account}, and the credentials are of the account ${account}`,
    )
  const id = asked.by === 'id' ? asked.id.id : await latestNamed(client, asked.name)
  if (id === undefined) return undefined
  const unseen = { StackName: asked.by === 'id' ? asked.id.name : asked.name, Status: undefined }
  const shown = await readings.tried<
    (Pick<RosStack, 'StackName'> & { Status?: string | undefined }) | undefined
  >({ action: 'ros:GetStack', tells: "the stack's status and its logs", otherwise: unseen }, () =>
    client.stack(id, { outputs: false }),
  )
  if (shown === undefined) return undefined
  const classifiedEvents = await nestedFailures(rosEvents(client, readings, shown.StackName), id, readings)
  const first = classifiedEvents.find(({ failure }) => failure === 'cause')
  const places = first === undefined ? [] : [...new Set([first.place, id])]
  const evidence: Evidence[] = []
  for (const place of places) evidence.push(...(await logs(client, place, readings)))
  const { StackName: name, Status: status } = shown
  return {
    stack: { id: formatStackId({ region, account, name, id }), name },
    status,
    isAtWork: status?.endsWith('_IN_PROGRESS') === true,
    failures: failedResources(classifiedEvents, (path) => (path === first?.path ? evidence : [])),
    missing: readings.missing,
    notes: readings.notes,
  }
}

/** Of those that have the name, the one that exists; else the one that was deleted last, which ROS lists first. */
async function latestNamed(client: RosClient, name: string): Promise<string | undefined> {
  const existing = await client.stackNamed(name, ({ Status }) => Status !== 'DELETE_COMPLETE')
  return (existing ?? (await client.stackNamed(name, () => true)))?.StackId
}

function rosEvents(client: RosClient, readings: Readings, name: string): StackEvents<string, RosEvent> {
  return {
    placeName: () => name,
    stackType: 'ALIYUN::ROS::Stack',
    read: (id, isEnough) =>
      readings.tried<readonly RosEvent[]>(
        { action: 'ros:ListStackEvents', tells: "the stack's events", otherwise: [] },
        () =>
          readEvents(client, id, 0, {
            last: isEnough,
            onLimit: () => {
              readings.note('The stack has more events than are read: the first ones may be missing.')
            },
          }),
      ),
    isOwn: isOfStackItself,
    isBegin: ({ Status }) => BEGIN.test(Status ?? ''),
    isFailure: ({ Status }) => FAILED.includes(Status ?? ''),
    isCancelled: ({ StatusReason }) => CANCELLED.test(StatusReason ?? ''),
    nameOf: ({ LogicalResourceId }) => LogicalResourceId ?? '?',
    nested: ({ ResourceType, PhysicalResourceId: id }) =>
      Promise.resolve(
        NESTED_TYPES.includes(ResourceType ?? '') && (id ?? '') !== '' ? (id ?? '') : undefined,
      ),
    describe: (event) => {
      const reason = event.StatusReason ?? ''
      return {
        type: event.ResourceType ?? '?',
        physicalId: event.PhysicalResourceId ?? undefined,
        at: timeOf(event),
        status: event.Status ?? '?',
        ...(reason === 'state changed' ? {} : { reason }),
      }
    },
  }
}

/** What the stack of the cause says beside its events: the failed call to another service, and what its resources have logged. */
async function logs(client: RosClient, StackId: string, readings: Readings): Promise<readonly Evidence[]> {
  const right = { action: 'ros:GetStack', tells: "the stack's logs", otherwise: [] }
  return readings.tried<readonly Evidence[]>(right, async () => {
    const { cause } = await explainByStack(client, StackId)
    const { Log } = await client.read(
      'GetStack',
      { StackId, OutputOption: 'Disabled', LogOption: 'All' },
      logSchema,
    )
    return [
      ...(cause === undefined ? [] : [{ source: 'failed call', text: cause }]),
      ...(Log?.ResourceLogs ?? []).flatMap(({ ResourceName, Logs }) =>
        Logs.map(({ Content }) => ({ source: `log of ${ResourceName}`, text: Content })),
      ),
      ...(Log?.TerraformLogs ?? []).map(({ Command, Stream, Content }) => ({
        source: `terraform ${Command}, ${Stream}`,
        text: Content,
      })),
    ]
      .filter(({ text }) => text.trim() !== '')
      .slice(-MOST_LOGS)
      .map(({ source, text }) => ({ source, text: endOf(text) }))
  })
}

/** Whole lines: a cut through a line could leave a part of a secret that is not recognised. An error is at the end. */
function endOf(log: string): string {
  return log.length <= LONGEST_LOG ? log : log.slice(log.indexOf('\n', log.length - LONGEST_LOG) + 1)
}
