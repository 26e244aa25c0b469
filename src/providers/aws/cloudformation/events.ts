import { DescribeStackEventsCommand, type StackEvent as AwsStackEvent } from '@aws-sdk/client-cloudformation'
import type { EpochMs } from '../../../platform/clock.ts'
import type { Calls } from './calls.ts'

const MOST_PAGES = 20

/**
 * A stack's events, newest first, read until `isEnough` or until they are older than `since`.
 * `onLimit`: called where there are more pages than are read.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackEvents.html
 */
export async function readEvents(
  client: Calls,
  stack: string,
  since: EpochMs,
  isEnough: (event: AwsStackEvent) => boolean = () => false,
  onLimit: () => void = () => undefined,
): Promise<AwsStackEvent[]> {
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
      if (timeOf(event) < since) return events
      events.push(event)
      if (isEnough(event)) return events
    }
    if (NextToken === undefined || NextToken === '') return events
    token = NextToken
  }
  onLimit()
  return events
}

export function timeOf(event: AwsStackEvent): EpochMs {
  return event.Timestamp?.getTime() ?? 0
}

/** Events name the stack itself as one of its resources. */
export function isOfStackItself(event: AwsStackEvent): boolean {
  return event.PhysicalResourceId !== undefined && event.PhysicalResourceId === event.StackId
}
