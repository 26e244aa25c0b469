import type { OperationType, Stack } from '@aws-sdk/client-cloudformation'
import type { Secrets } from '../../../platform/secrets.ts'
import type { Watch } from '../../provider.ts'
import { isUserInitiated } from './failure-event.ts'
import { readMarker, type Marker } from './marker.ts'

/** Characters: the marker travels with each continuation. */
const LONGEST_REASON = 500

/** The marker after a poll of the working stack: the operation's id and the stack's reason, which `explain` uses. */
export function learnedMarker(stack: Stack, watch: Watch, secrets: Secrets): Marker {
  const marker = readMarker(watch.marker)
  const reason = stack.StackStatusReason ?? ''
  const operationId = marker.operationId ?? latestOperation(stack, watch.kind)
  return {
    ...marker,
    seen: true,
    ...(operationId === undefined ? {} : { operationId }),
    ...(reason === '' || isUserInitiated(reason)
      ? {}
      : { statusReason: secrets.mask(reason).slice(0, LONGEST_REASON) }),
  }
}

/** The stack's latest operation of this kind, where it names one. */
function latestOperation({ LastOperations = [] }: Stack, kind: Watch['kind']): string | undefined {
  const ids = LastOperations.flatMap(({ OperationType, OperationId }) =>
    OperationType !== undefined && OperationType === OPERATION_TYPES[kind] && OperationId !== undefined
      ? [OperationId]
      : [],
  )
  return ids.length === 1 ? ids[0] : undefined
}

const OPERATION_TYPES: Readonly<Record<Watch['kind'], OperationType | undefined>> = {
  create: 'CREATE_STACK',
  update: 'UPDATE_STACK',
  delete: 'DELETE_STACK',
  repair: undefined,
  read: undefined,
}
