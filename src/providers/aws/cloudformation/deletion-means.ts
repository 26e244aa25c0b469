import type { Calls } from './calls.ts'
import type { StackRef } from '../../provider.ts'
import type { Deletion } from './session-setup.ts'
import { stackResources } from './stack-resources.ts'

/**
 * The options that DeleteStack accepts only after a failed deletion: those of the properties, and of this step of
 * `OnDeleteFailed`.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStack.html
 */
export async function meansAgainstFailure(
  client: Calls,
  stack: StackRef,
  deletion: Deletion,
  attempt: number,
): Promise<{ RetainResources?: string[]; DeletionMode?: 'FORCE_DELETE_STACK' }> {
  const fallback = attempt === 0 ? undefined : deletion.onDeleteFailed[attempt - 1]
  if (fallback === 'force' || (fallback === undefined && deletion.force))
    return { DeletionMode: 'FORCE_DELETE_STACK' }
  if (fallback === 'retain') return { RetainResources: await resourcesThatStay(client, stack) }
  return deletion.retain.length === 0 ? {} : { RetainResources: [...deletion.retain] }
}

async function resourcesThatStay(client: Calls, stack: StackRef): Promise<string[]> {
  const resources = await stackResources(client, stack.id)
  return resources.flatMap(({ LogicalResourceId, ResourceStatus }) =>
    ResourceStatus === 'DELETE_FAILED' && LogicalResourceId !== undefined ? [LogicalResourceId] : [],
  )
}
