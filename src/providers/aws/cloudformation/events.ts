import {
  DescribeStackEventsCommand,
  type OperationEvent,
  type StackEvent as AwsStackEvent,
} from '@aws-sdk/client-cloudformation'
import type { EpochMs } from '../../../platform/clock.ts'
import { readPages } from '../../../platform/read-pages.ts'
import type { Calls } from './calls.ts'

/** A stack of 500 resources with hooks makes about 40 pages in one operation that is rolled back. */
const MOST_PAGES = 60

/** A stack's events, newest first. `isComplete`: all that were asked for. */
export interface ReadEvents {
  readonly events: AwsStackEvent[]
  readonly isComplete: boolean
}

/**
 * Reads a stack's events, newest first, until `isEnough` or until they are older than `since`.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackEvents.html
 */
export async function readEvents(
  client: Calls,
  stack: string,
  since: EpochMs,
  isEnough: (event: AwsStackEvent) => boolean = () => false,
): Promise<ReadEvents> {
  const isLast = (event: AwsStackEvent): boolean => timeOf(event) < since || isEnough(event)
  const { items, cut } = await readPages(
    async (NextToken) => {
      const answer = await client.send(new DescribeStackEventsCommand({ StackName: stack, NextToken }))
      const events = answer.StackEvents ?? []
      const last = events.findIndex(isLast)
      return last === -1
        ? { items: events, next: answer.NextToken }
        : { items: events.slice(0, last + 1), next: undefined }
    },
    { most: MOST_PAGES },
  )
  return { events: items.filter((event) => timeOf(event) >= since), isComplete: cut === undefined }
}

export function timeOf({ Timestamp }: Pick<OperationEvent, 'Timestamp'>): EpochMs {
  return Timestamp?.getTime() ?? 0
}
