import { ListStackResourcesCommand } from '@aws-sdk/client-cloudformation'
import type { Calls } from './calls.ts'
import { CloudError, type StackRef } from '../../provider.ts'
import type { Deletion } from './session-setup.ts'

/** More pages than the resources of a stack need: CloudFormation allows 500. */
const MOST_PAGES = 100

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
  const names: string[] = []
  let token: string | undefined
  for (let count = 0; count < MOST_PAGES; count += 1) {
    const page = await client.send(
      new ListStackResourcesCommand({
        StackName: stack.id,
        ...(token === undefined ? {} : { NextToken: token }),
      }),
    )
    for (const { LogicalResourceId, ResourceStatus } of page.StackResourceSummaries ?? [])
      if (ResourceStatus === 'DELETE_FAILED' && LogicalResourceId !== undefined) names.push(LogicalResourceId)
    token = page.NextToken
    if (token === undefined) return names
  }
  throw new CloudError('rejected', 'AWS ListStackResources: more pages than are read')
}
