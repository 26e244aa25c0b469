import * as v from 'valibot'
import type { JsonObject, JsonValue } from '../../../platform/json.ts'
import { numberedUuid } from '../../numbered-uuid.ts'
import { partitionOf, sandboxUserArn } from '../partition.ts'
import type { DeniedCall, EvidenceStore, Line } from './evidence-store.ts'

/** An error of a service with the JSON protocol. https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html */
export class JsonServiceError extends Error {
  override readonly name = 'JsonServiceError'
  constructor(
    readonly code: string,
    message: string,
    readonly httpStatus = 400,
  ) {
    super(message)
  }
}

/** What `X-Amz-Target` names. `service`: that of the signature. */
export interface JsonCall {
  readonly service: string
  readonly action: string
}

const TARGETS: readonly (readonly [prefix: string, service: string])[] = [
  ['Logs_20140328', 'logs'],
  ['AmazonEC2ContainerServiceV20141113', 'ecs'],
  ['CloudTrail_20131101', 'cloudtrail'],
]

/** `undefined` for another service. */
export function jsonCallOf(target: string): JsonCall | undefined {
  const [prefix = '', action = ''] = target.split('.')
  const service = TARGETS.find(([one]) => one === prefix)?.[1]
  return service === undefined ? undefined : { service, action }
}

const filterSchema = v.object({
  logGroupName: v.pipe(v.string(), v.regex(/^[\w./#-]{1,512}$/)),
  startTime: v.optional(v.pipe(v.number(), v.minValue(0)), 0),
  endTime: v.optional(v.pipe(v.number(), v.minValue(0)), Infinity),
  limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000)), 10_000),
  startFromHead: v.optional(v.boolean(), true),
  nextToken: v.optional(v.pipe(v.string(), v.regex(/^\d{1,9}$/)), '0'),
})

const servicesSchema = v.object({
  cluster: v.optional(v.string(), 'default'),
  services: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(10)),
})

const lookupSchema = v.object({
  LookupAttributes: v.optional(
    v.array(
      v.object({
        // Its other keys would find nothing here.
        AttributeKey: v.picklist(['EventId', 'EventName', 'ReadOnly', 'Username', 'EventSource']),
        AttributeValue: v.string(),
      }),
    ),
    [],
  ),
  /** Seconds. */
  StartTime: v.optional(v.number(), 0),
  EndTime: v.optional(v.number(), Infinity),
  MaxResults: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(50)), 50),
  NextToken: v.optional(v.pipe(v.string(), v.regex(/^\d{1,9}$/)), '0'),
})

/** CloudWatch Logs, ECS and CloudTrail, the calls by which a failure is explained. */
export class JsonServices {
  readonly #store: EvidenceStore
  readonly #place: { readonly region: string; readonly accountId: string }

  constructor(store: EvidenceStore, place: { readonly region: string; readonly accountId: string }) {
    this.#store = store
    this.#place = place
  }

  userArn(accountId: string): string {
    return sandboxUserArn({ ...this.#place, accountId })
  }

  act({ service, action }: JsonCall, body: JsonObject): JsonValue {
    switch (action) {
      case 'FilterLogEvents':
        return this.#filterLogEvents(read(filterSchema, body, 'InvalidParameterException'))
      case 'DescribeServices':
        return this.#describeServices(read(servicesSchema, body, 'InvalidParameterException'))
      case 'LookupEvents':
        return this.#lookupEvents(read(lookupSchema, body, 'InvalidLookupAttributesException'))
      default:
        throw new JsonServiceError('UnknownOperationException', `${service} has no ${action} here`)
    }
  }

  /** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
  #filterLogEvents(request: v.InferOutput<typeof filterSchema>): JsonValue {
    const lines = this.#store.logs.get(request.logGroupName)
    if (lines === undefined)
      throw new JsonServiceError('ResourceNotFoundException', 'The specified log group does not exist.')
    const found = lines.filter(({ at }) => at >= request.startTime && at <= request.endTime)
    const ordered = request.startFromHead ? found : [...found].reverse()
    const from = Number(request.nextToken)
    const until = from + request.limit
    return {
      events: ordered.slice(from, until).map(({ at, text }, index) => ({
        logStreamName: 'sandbox/[$LATEST]0',
        timestamp: at,
        message: `${text}\n`,
        ingestionTime: at,
        eventId: String(from + index),
      })),
      searchedLogStreams: [],
      ...(until < ordered.length ? { nextToken: String(until) } : {}),
    }
  }

  /** Newest events first, 100 at most. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html */
  #describeServices({ cluster, services }: v.InferOutput<typeof servicesSchema>): JsonValue {
    const { region, accountId } = this.#place
    const known = services.flatMap((arn) => {
      const events = this.#store.serviceEvents.get(arn)
      return events === undefined ? [] : [{ arn, events }]
    })
    return {
      services: known.map(({ arn, events }) => ({
        serviceArn: arn,
        serviceName: arn.split('/').at(-1) ?? '',
        clusterArn: `arn:${partitionOf(region).name}:ecs:${region}:${accountId}:cluster/${cluster}`,
        status: 'ACTIVE',
        events: [...events].reverse().slice(0, 100).map(serviceEvent),
      })),
      failures: services
        .filter((arn) => !known.some((one) => one.arn === arn))
        .map((arn) => ({ arn, reason: 'MISSING' })),
    }
  }

  /** Newest first. https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html */
  #lookupEvents(request: v.InferOutput<typeof lookupSchema>): JsonValue {
    const [attribute, second] = request.LookupAttributes
    if (second !== undefined)
      throw new JsonServiceError(
        'InvalidLookupAttributesException',
        'You can specify only one lookup attribute.',
      )
    const found = this.#store.deniedCalls
      .filter(({ at }) => at / 1000 >= request.StartTime && at / 1000 <= request.EndTime)
      .map((call, index) => this.#trailEvent(call, index))
      .filter(
        (event) => attribute === undefined || event[attribute.AttributeKey] === attribute.AttributeValue,
      )
      .reverse()
    const from = Number(request.NextToken)
    const until = from + request.MaxResults
    return { Events: found.slice(from, until), ...(until < found.length ? { NextToken: String(until) } : {}) }
  }

  /** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html */
  #trailEvent({ at, service, action, message }: DeniedCall, index: number): JsonObject {
    const { region, accountId } = this.#place
    const EventId = numberedUuid(index + 1)
    const EventSource = `${service}.amazonaws.com`
    const record = {
      eventVersion: '1.09',
      userIdentity: { type: 'IAMUser', arn: sandboxUserArn(this.#place), accountId },
      eventTime: new Date(at).toISOString(),
      eventSource: EventSource,
      eventName: action,
      awsRegion: region,
      sourceIPAddress: 'cloudformation.amazonaws.com',
      userAgent: 'cloudformation.amazonaws.com',
      errorCode: 'AccessDenied',
      errorMessage: message,
      eventID: EventId,
      readOnly: false,
      eventType: 'AwsApiCall',
    }
    return {
      EventId,
      EventName: action,
      ReadOnly: 'false',
      EventTime: at / 1000,
      EventSource,
      Username: 'sandbox',
      CloudTrailEvent: JSON.stringify(record),
    }
  }
}

function serviceEvent({ at, text }: Line, index: number): JsonObject {
  return { id: numberedUuid(index + 1), createdAt: at / 1000, message: text }
}

function read<Schema extends v.GenericSchema>(
  schema: Schema,
  body: JsonObject,
  code: string,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, body)
  if (parsed.success) return parsed.output
  throw new JsonServiceError(code, parsed.issues[0].message)
}
