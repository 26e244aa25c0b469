import * as v from 'valibot'
import { isJsonObject, isJsonValue, type JsonObject, type ParsedJson } from '../platform/json.ts'
import { LONGEST_TEXT, placeOfLongText } from './text-limit.ts'

interface RosEventFields {
  readonly responseUrls: ResponseUrls
  readonly stackId: string
  readonly stackName: string
  readonly requestId: string
  /** As in the template; with `Count` it is of the form `A[0]`. */
  readonly logicalResourceId: string
  /** `Custom::…` or `ALIYUN::ROS::CustomResource`. */
  readonly resourceType: string
  readonly regionId?: string
  readonly resourceOwnerId?: string
  readonly callerId?: string
  readonly resourceProperties: JsonObject
}

export interface ResponseUrls {
  readonly public?: string
  readonly intranet?: string
}

/** https://www.alibabacloud.com/help/doc-detail/145915.htm */
export type RosEvent =
  | (RosEventFields & { readonly requestType: 'Create' })
  | (RosEventFields & {
      readonly requestType: 'Update'
      readonly physicalResourceId: string
      readonly oldResourceProperties: JsonObject
    })
  | (RosEventFields & { readonly requestType: 'Delete'; readonly physicalResourceId?: string })

/** The fields of an event that an answer needs: with these, even a malformed event can be answered. */
export interface ReplyAddress {
  readonly responseUrls: ResponseUrls
  readonly stackId: string
  readonly requestId: string
  readonly logicalResourceId: string
  readonly physicalResourceId?: string
}

export type ParsedEvent =
  | { readonly kind: 'event'; readonly event: RosEvent }
  /** Invalid, but answerable: FAILED with `problems`. */
  | { readonly kind: 'malformed'; readonly replyTo: ReplyAddress; readonly problems: readonly string[] }
  /** Invalid and not answerable: the invocation fails with `problems`. */
  | { readonly kind: 'unanswerable'; readonly problems: readonly string[] }

const nonEmpty = v.pipe(v.string('must be a string'), v.nonEmpty('must not be empty'))
/** ROS documents the intranet URL as IntranetResponseURL in its field lists and as InnerResponseURL in its text. */
const url = v.optional(v.nullable(v.string('must be a string')))
const properties = v.nullish(v.custom<JsonObject>(isMap, 'must be a map'))

const fields = {
  ResponseURL: url,
  IntranetResponseURL: url,
  InnerResponseURL: url,
  StackId: nonEmpty,
  StackName: v.nullish(v.string('must be a string')),
  RequestId: nonEmpty,
  LogicalResourceId: nonEmpty,
  ResourceType: nonEmpty,
  RegionId: v.nullish(v.string('must be a string')),
  ResourceOwnerId: v.nullish(v.string('must be a string')),
  CallerId: v.nullish(v.string('must be a string')),
  ResourceProperties: properties,
}

export const eventSchema = v.variant(
  'RequestType',
  [
    v.object({ ...fields, RequestType: v.literal('Create') }),
    v.object({
      ...fields,
      RequestType: v.literal('Update'),
      PhysicalResourceId: nonEmpty,
      OldResourceProperties: properties,
    }),
    v.object({
      ...fields,
      RequestType: v.literal('Delete'),
      PhysicalResourceId: v.nullish(v.string('must be a string')),
    }),
  ],
  'must be one of Create, Update, Delete',
)

const addressSchema = v.object(v.entriesFromList(['StackId', 'RequestId', 'LogicalResourceId'], nonEmpty))

/**
 * Parses a custom-resource event. Ignores unknown fields, since ROS may add some. Problems name the field, what is wrong
 * and what is expected; they quote no value. Never throws.
 *
 * `needsUrl`: the answer goes to a ResponseURL, not to the sender of the event.
 */
export function parseEvent(
  json: ParsedJson,
  { needsUrl }: { needsUrl: boolean } = { needsUrl: true },
): ParsedEvent {
  if (!json.ok) {
    const texts = json.texts ?? {}
    return unreadable(texts, responseUrlsOf(texts), [`the event ${json.problem}`], needsUrl)
  }
  if (!isJsonObject(json.value))
    return { kind: 'unanswerable', problems: ['the event must be a JSON object'] }
  const parsed = v.safeParse(eventSchema, json.value)
  const responseUrls = responseUrlsOf(json.value)
  const problems = parsed.success ? textProblems(json.value) : parsed.issues.map(describeIssue)
  if (parsed.success && problems.length === 0 && (hasUrl(responseUrls) || !needsUrl))
    return { kind: 'event', event: toEvent(parsed.output, responseUrls) }
  return unreadable(json.value, responseUrls, problems, needsUrl)
}

function unreadable(
  event: JsonObject,
  responseUrls: ResponseUrls,
  problems: readonly string[],
  needsUrl: boolean,
): ParsedEvent {
  const isReachable = hasUrl(responseUrls) || !needsUrl
  const withUrl =
    isReachable || Object.keys(event).length === 0
      ? problems
      : [...problems, 'ResponseURL is missing; it must be an http or https URL']
  const address = v.safeParse(addressSchema, event)
  if (!address.success || !isReachable) return { kind: 'unanswerable', problems: withUrl }
  const { StackId, RequestId, LogicalResourceId } = address.output
  return {
    kind: 'malformed',
    replyTo: { responseUrls, stackId: StackId, requestId: RequestId, logicalResourceId: LogicalResourceId },
    problems: withUrl,
  }
}

/** Found before anything searches the properties for secrets. */
function textProblems(event: JsonObject): string[] {
  return ['ResourceProperties', 'OldResourceProperties'].flatMap((field) => {
    const place = placeOfLongText(event[field] ?? null, field)
    return place === undefined ? [] : [`${place} is longer than ${String(LONGEST_TEXT)} characters`]
  })
}

type Parsed = v.InferOutput<typeof eventSchema>

function toEvent(parsed: Parsed, responseUrls: ResponseUrls): RosEvent {
  const common: RosEventFields = {
    responseUrls,
    stackId: parsed.StackId,
    stackName: parsed.StackName ?? '',
    requestId: parsed.RequestId,
    logicalResourceId: parsed.LogicalResourceId,
    resourceType: parsed.ResourceType,
    ...(typeof parsed.RegionId === 'string' ? { regionId: parsed.RegionId } : {}),
    ...(typeof parsed.ResourceOwnerId === 'string' ? { resourceOwnerId: parsed.ResourceOwnerId } : {}),
    ...(typeof parsed.CallerId === 'string' ? { callerId: parsed.CallerId } : {}),
    resourceProperties: parsed.ResourceProperties ?? {},
  }
  switch (parsed.RequestType) {
    case 'Create':
      return { ...common, requestType: 'Create' }
    case 'Update':
      return {
        ...common,
        requestType: 'Update',
        physicalResourceId: parsed.PhysicalResourceId,
        oldResourceProperties: parsed.OldResourceProperties ?? {},
      }
    case 'Delete': {
      const id = parsed.PhysicalResourceId
      // After a failed Create ROS has no id: the field is then absent, null or empty.
      const given = id === undefined || id === null || id === '' ? {} : { physicalResourceId: id }
      return { ...common, requestType: 'Delete', ...given }
    }
  }
}

function responseUrlsOf(event: JsonObject): ResponseUrls {
  const publicUrl = event['ResponseURL']
  const intranetUrl = event['IntranetResponseURL'] ?? event['InnerResponseURL']
  return {
    ...(isUrl(publicUrl) ? { public: publicUrl } : {}),
    ...(isUrl(intranetUrl) ? { intranet: intranetUrl } : {}),
  }
}

function hasUrl(urls: ResponseUrls): boolean {
  return urls.public !== undefined || urls.intranet !== undefined
}

function isUrl(value: unknown): value is string {
  return typeof value === 'string' && /^https?:\/\//i.test(value) && URL.canParse(value)
}

function isMap(value: unknown): value is JsonObject {
  return isJsonObject(value) && isJsonValue(value)
}

function describeIssue(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue) ?? 'the event'
  if (issue.received === 'undefined') {
    const expected = issue.message.startsWith('must be') ? issue.message : 'must be a string'
    return `${path} is missing; it ${expected}`
  }
  return `${path} ${issue.message}`
}
