import { CloudTrailClient, LookupEventsCommand, type Event } from '@aws-sdk/client-cloudtrail'
import * as v from 'valibot'
import { readPages } from '../../../../platform/read-pages.ts'
import { parseJson } from '../../../../platform/json.ts'
import type { Evidence } from '../../../diagnosis/diagnosis.ts'
import {
  ServiceCalls,
  spanOf,
  type Span,
  type EvidenceSource,
  type EvidenceSourceSetup,
} from './evidence-source.ts'
import type { AwsClassifiedEvent } from './classified-events.ts'

/** What AWS's services say of a missing right. https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
const DENIED = /access ?denied|not authorized|unauthorized|forbidden/i
/** https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
const ACTION = /not authorized to perform: ?[a-z0-9-]{2,40}:([A-Za-z0-9]{2,80})/
const BEFORE_MS = 60_000
const PAGE = 50
/** CloudTrail takes two lookups a second. */
const MOST_PAGES = 4
const MOST_CALLS = 10

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html */
const recordSchema = v.object({
  eventSource: v.optional(v.string(), '?'),
  eventName: v.optional(v.string(), '?'),
  errorCode: v.optional(v.string(), ''),
  errorMessage: v.optional(v.string(), ''),
  userIdentity: v.fallback(v.object({ arn: v.optional(v.string(), '?') }), { arn: '?' }),
})

/**
 * Calls of the time of the failure that AWS denied, from CloudTrail: a failure may name neither the action nor the caller.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
export class DeniedCalls implements EvidenceSource {
  readonly #setup: EvidenceSourceSetup
  readonly #cloudTrail: ServiceCalls<CloudTrailClient>

  constructor(setup: EvidenceSourceSetup) {
    this.#setup = setup
    this.#cloudTrail = new ServiceCalls(setup, 'CLOUDTRAIL', (config) => new CloudTrailClient(config))
  }

  async ask(cause: AwsClassifiedEvent, began: number): Promise<readonly Evidence[]> {
    const { reason = '', path } = cause
    if (!DENIED.test(reason)) return []
    const { readings } = this.#setup
    const right = {
      action: 'cloudtrail:LookupEvents',
      tells: `the denied calls of ${path}`,
      otherwise: undefined,
    }
    const [, action] = ACTION.exec(reason) ?? []
    const span = spanOf(cause, began - BEFORE_MS)
    const found = await readings.tried(right, () => this.#calls(action, span))
    if (found?.length === 0)
      readings.note(
        `CloudTrail shows no denied call of the time of ${path}: it shows calls some minutes late.`,
      )
    return found ?? []
  }

  /** Where the failure names no action, only calls that change something are looked through: reads are many. */
  async #calls(action: string | undefined, { from, to }: Span) {
    const attribute =
      action === undefined
        ? ({ AttributeKey: 'ReadOnly', AttributeValue: 'false' } as const)
        : ({ AttributeKey: 'EventName', AttributeValue: action } as const)
    const { items: calls } = await readPages(
      async (NextToken) => {
        const command = new LookupEventsCommand({
          LookupAttributes: [attribute],
          StartTime: new Date(from),
          EndTime: new Date(to),
          MaxResults: PAGE,
          NextToken,
        })
        const answer = await this.#cloudTrail.ask('LookupEvents', (client) => client.send(command))
        return { items: (answer.Events ?? []).flatMap(deniedCall), next: answer.NextToken }
      },
      { most: MOST_PAGES, enough: MOST_CALLS },
    )
    return calls.slice(0, MOST_CALLS).sort((one, other) => (one.at ?? 0) - (other.at ?? 0))
  }
}

function deniedCall({ CloudTrailEvent = '', EventTime }: Event): Evidence[] {
  const parsed = parseJson(Buffer.from(CloudTrailEvent))
  const record = parsed.ok ? v.safeParse(recordSchema, parsed.value) : undefined
  if (record?.success !== true || !DENIED.test(record.output.errorCode)) return []
  const { eventSource, eventName, errorCode, errorMessage, userIdentity } = record.output
  const text = `${eventName} of ${eventSource}, called by ${userIdentity.arn}: ${errorCode}: ${errorMessage}`
  const at = EventTime === undefined ? {} : { at: EventTime.getTime() }
  return [{ source: 'CloudTrail', ...at, text }]
}
