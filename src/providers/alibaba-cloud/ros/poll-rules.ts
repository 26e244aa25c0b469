import { isJsonValue, type JsonValue } from '../../../platform/json.ts'
import type { Logger } from '../../../platform/log.ts'
import type { Watch } from '../../provider.ts'
import type { Failure, PollRules, SettledOutputs } from '../../session/judge-poll.ts'
import type { RosClient, RosStack } from './client.ts'
import { eventsSince, ifReadable, isOfStackItself, parseTime } from './events.ts'
import { readMarker, type Marker } from './marker.ts'
import { adviceFor, isOfDeletion, mayRollBack, meaningOf, phaseOf } from './status.ts'

export function pollRules(client: RosClient, log: Logger): PollRules<RosStack> {
  return {
    statusOf: ({ Status }) => Status,
    phaseOf: ({ Status }, { kind }) => phaseOf(Status, kind),
    // Whether ROS writes UpdateTime at the beginning or at the end of an update, its documents do not say.
    startTimeOf: ({ CreateTime }, kind) => (kind === 'create' ? parseTime(CreateTime) : undefined),
    isFresh: (stack, watch) => isFresh(stack, watch, client, log),
    // ROS takes an update that it has had before for done, whatever has become of it: then nothing new will ever show, and
    // the status is the answer.
    staleRule: ({ marker }) => (readMarker(marker).seen === true ? 'wait' : 'believe'),
    outputsOf,
    failureOf,
  }
}

async function isFresh(
  stack: RosStack,
  { kind, marker: written }: Watch,
  client: RosClient,
  log: Logger,
): Promise<boolean> {
  if (kind === 'create' || kind === 'read') return true
  const marker = readMarker(written)
  if (kind === 'update' && (stack.UpdateTime ?? undefined) !== marker.updateTime) return true
  if (kind === 'delete' && marker.seen === true && isOfDeletion(stack.Status)) return true
  return showsItsEnd(marker, stack, client, log)
}

/** Whether the stack's events, where they can be read, have gone on since and end in the status that the stack shows. */
async function showsItsEnd(
  { events, seen }: Marker,
  { StackId, Status }: RosStack,
  client: RosClient,
  log: Logger,
): Promise<boolean> {
  if (events === undefined) return seen === true
  const since = await ifReadable(log, () => eventsSince(client, StackId, events))
  return since === undefined
    ? seen === true
    : since.some((event) => isOfStackItself(event, StackId) && event.Status === Status)
}

/** A stack in which an operation failed. */
function failureOf(stack: RosStack): Failure {
  const status = stack.Status
  // After a failed Create there is nothing to be done: ROS deletes the rest.
  const advice = meaningOf(status).condition === 'failed-create' ? undefined : adviceFor(status)
  const reason = stack.StatusReason ?? ''
  return {
    final: !mayRollBack(status) || (status === 'CREATE_FAILED' && stack.DisableRollback === true),
    ...(isOfSuccess(reason) ? {} : { statusReason: reason }),
    ...(advice === undefined ? {} : { advice }),
  }
}

/** Of a rollback ROS says that it completed successfully, which explains no failure. */
function isOfSuccess(reason: string): boolean {
  return reason === '' || /completed successfully\.?$/.test(reason)
}

function outputsOf({ Outputs }: RosStack): SettledOutputs {
  const outputs = (Outputs ?? []).map(({ OutputKey, OutputValue }): [string, JsonValue] => [
    OutputKey,
    isJsonValue(OutputValue) ? OutputValue : null,
  ])
  return { outputs: Object.fromEntries(outputs) }
}
