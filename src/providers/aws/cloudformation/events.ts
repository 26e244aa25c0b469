import {
  DescribeStackEventsCommand,
  type OperationEvent,
  type StackEvent as AwsStackEvent,
} from '@aws-sdk/client-cloudformation'
import type { EpochMs } from '../../../platform/clock.ts'
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
  const events: AwsStackEvent[] = []
  let token: string | undefined
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { StackEvents, NextToken } = await client.send(
      new DescribeStackEventsCommand({
        StackName: stack,
        ...(token === undefined ? {} : { NextToken: token }),
      }),
    )
    for (const event of StackEvents ?? []) {
      if (timeOf(event) < since) return { events, isComplete: true }
      events.push(event)
      if (isEnough(event)) return { events, isComplete: true }
    }
    if (NextToken === undefined || NextToken === '') return { events, isComplete: true }
    token = NextToken
  }
  return { events, isComplete: false }
}

export function timeOf({ Timestamp }: Pick<OperationEvent, 'Timestamp'>): EpochMs {
  return Timestamp?.getTime() ?? 0
}
