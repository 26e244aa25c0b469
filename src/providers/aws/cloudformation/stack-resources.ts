import { ListStackResourcesCommand, type StackResourceSummary } from '@aws-sdk/client-cloudformation'
import { wholeList } from '../../http/whole-list.ts'
import type { Calls } from './calls.ts'

/** More pages than the resources of a stack need: CloudFormation allows 500. */
export const MOST_RESOURCE_PAGES = 100

/** Throws what the SDK throws. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListStackResources.html */
export async function stackResources(
  client: Calls,
  StackName: string,
): Promise<readonly StackResourceSummary[]> {
  return wholeList('AWS ListStackResources', MOST_RESOURCE_PAGES, async (NextToken) => {
    const answer = await client.send(new ListStackResourcesCommand({ StackName, NextToken }))
    return { items: answer.StackResourceSummaries, next: answer.NextToken }
  })
}
