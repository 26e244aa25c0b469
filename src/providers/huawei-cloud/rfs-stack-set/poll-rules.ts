import { readDescription, writeDescription } from '../stack-set-description.ts'
import { operationPhase } from '../stack-set-operation.ts'
import type { RfsStackSet, RfsStackSetOperation } from '../stack-sets.ts'
import type { Watch } from '../../provider.ts'
import type { Phase, PollRules, SettledOutputs } from '../../session/judge-poll.ts'
import { readMarker, type Marker } from './marker.ts'
import { readSetMarks, setRequest, writeSetMarks } from './marks.ts'
import type { SessionSetup } from './session-setup.ts'
import { updateSetBody } from './stack-set-body.ts'

/** One read of a set, with the polled operation. */
export interface SetRead {
  readonly set: RfsStackSet
  readonly operation: RfsStackSetOperation | undefined
}

export const BUSY = 'OPERATION_IN_PROGRESS'

export function pollRules(setup: SessionSetup): PollRules<SetRead> {
  return {
    statusOf: ({ set, operation }) =>
      operation === undefined ? set.status : `${operation.action} ${operation.status}`,
    phaseOf,
    startTimeOf: () => undefined,
    // RFS deletes a set before it answers; the documents do not say whether its list shows that at once.
    isFresh: ({ set }, { kind, marker }) => kind !== 'delete' && isNoted(set, readMarker(marker)),
    staleRule: ({ kind }) => (kind === 'delete' ? { reason: NOT_DELETED } : 'believe'),
    outputsOf: (read, watch) => outputsOf(read, watch, setup),
    failureOf: ({ operation }) => ({ final: true, statusReason: operation?.status_message ?? '' }),
  }
}

/** The delivery that has begun the deployment notes its success, and its operation: only then are the two answers the same. */
function isNoted({ stack_set_description }: RfsStackSet, { operationId, design }: Marker): boolean {
  if (operationId !== undefined || design === undefined) return true
  return readSetMarks(readDescription(stack_set_description ?? '').mark)?.design === design
}

const NOT_DELETED = 'RFS accepted the deletion, and the stack set is still there'

function phaseOf({ set, operation }: SetRead, { kind, marker }: Watch): Phase {
  if (kind === 'delete') return 'failed'
  if (readMarker(marker).operationId === undefined) return set.status === BUSY ? 'working' : 'succeeded'
  return operation === undefined ? 'working' : operationPhase(operation.status)
}

async function outputsOf(
  { set }: SetRead,
  { marker: written }: Watch,
  setup: SessionSetup,
): Promise<SettledOutputs> {
  const marker = readMarker(written)
  await markDeployed(set, marker, setup)
  const operationId = marker.operationId ?? notedIn(set, marker, setup)
  return {
    outputs: {
      StackSetId: set.stack_set_id,
      StackSetName: set.stack_set_name,
      PermissionModel: set.permission_model ?? 'SELF_MANAGED',
      ...(operationId === undefined ? {} : { StackSetOperationId: operationId }),
    },
  }
}

/** The deployment that another delivery of this request has noted. */
function notedIn(set: RfsStackSet, { design }: Marker, { request }: SessionSetup): string | undefined {
  const marks = readSetMarks(readDescription(set.stack_set_description ?? '').mark)
  const isOwn = marks?.request === setRequest(request, 'update') && marks.design === design
  return isOwn ? marks.operation : undefined
}

/** Where RFS refuses the call, or the process ends before it, the next Update deploys the same once more. */
async function markDeployed(
  set: RfsStackSet,
  { design, operationId }: Marker,
  { sets, request, desired }: SessionSetup,
): Promise<void> {
  const { mark, ...description } = readDescription(set.stack_set_description ?? '')
  const marks = readSetMarks(mark)
  if (design === undefined || marks?.request !== setRequest(request, 'update') || marks.design === design)
    return
  const deployed = { ...marks, design, ...(operationId === undefined ? {} : { operation: operationId }) }
  const written = writeDescription({ ...description, mark: writeSetMarks(deployed) })
  await sets.update(set.stack_set_name, updateSetBody({}, set.stack_set_id, written, desired?.callIdentity))
}
