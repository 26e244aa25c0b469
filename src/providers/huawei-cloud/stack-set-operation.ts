import type { Secrets } from '../../platform/secrets.ts'
import type { RfsStackInstance } from './stack-sets.ts'

/**
 * The phase of a stack set operation.
 * https://support.huaweicloud.com/intl/en-us/api-aos/ShowStackSetOperationMetadata.html
 */
const operations = new Map<string, 'working' | 'succeeded' | 'failed'>([
  ['QUEUE_IN_PROGRESS', 'working'],
  ['OPERATION_IN_PROGRESS', 'working'],
  ['STOP_IN_PROGRESS', 'working'],
  ['OPERATION_COMPLETE', 'succeeded'],
  ['OPERATION_FAILED', 'failed'],
  ['STOP_COMPLETE', 'failed'],
  ['STOP_FAILED', 'failed'],
])

/** An unknown status counts as in progress: the operation will end in a known one. */
export function operationPhase(status: string): 'working' | 'succeeded' | 'failed' {
  return operations.get(status) ?? 'working'
}

/** https://support.huaweicloud.com/intl/en-us/api-aos/ListStackInstances.html */
export function isAtWork({ status }: RfsStackInstance): boolean {
  return status === 'WAIT_IN_PROGRESS' || status === 'OPERATION_IN_PROGRESS'
}

export function hasFailed({ status }: RfsStackInstance): boolean {
  return ['OPERATION_FAILED', 'CANCEL_COMPLETE', 'INOPERABLE'].includes(status)
}

/**
 * Describes each instance that failed in the operation. Instances with a message come first, since the others were
 * cancelled because of them. `undefined` where none has failed.
 */
export function failuresInWords(
  instances: readonly RfsStackInstance[],
  operationId: string | undefined,
  secrets: Secrets,
): string | undefined {
  const failed = instances.filter(
    (instance) => hasFailed(instance) && instance.latest_stack_set_operation_id === operationId,
  )
  if (failed.length === 0) return undefined
  const words = failed.map(({ region, stack_domain_id, status, status_message }) => {
    const message = status_message ?? ''
    return {
      isCause: message !== '',
      text: `${region}/${stack_domain_id}: ${message === '' ? status : secrets.mask(message)}`,
    }
  })
  return [...words.filter(({ isCause }) => isCause), ...words.filter(({ isCause }) => !isCause)]
    .map(({ text }) => text)
    .join('; ')
}
