import { randomUUID } from 'node:crypto'
import { isJsonObject, parseJson, type JsonObject } from '../platform/json.ts'
import { nearest } from '../platform/nearest-name.ts'
import { eventFieldDescriptions } from '../ros/event-field-descriptions.ts'
import { inputName } from './options/input-name.ts'
import { readBytes } from './options/read-bytes.ts'
import { UsageError } from './usage-error.ts'

/**
 * The StackId of an event file that has none. It is constant, so that the files for Create, Update and Delete are about the
 * same resource.
 */
const LOCAL_STACK_ID = '00000000-0000-4000-8000-000000000000'

const EVENT_FIELDS = Object.keys(eventFieldDescriptions)

/** What only a ROS template has at the beginning of a line, in YAML or in JSON of several lines. */
const ROS_TEMPLATE = /^ {0,8}"?ROSTemplateFormatVersion"? ?:/m

/** Without reading the YAML, which takes long. */
export function isRosTemplateText(text: string): boolean {
  return ROS_TEMPLATE.test(text)
}

/** An event from a file, or from standard input for `-`. Throws `UsageError`. */
export async function readEventFile(path: string, stdin: AsyncIterable<unknown>): Promise<JsonObject> {
  const bytes = await readBytes(path, stdin)
  const name = inputName(path)
  if (isRosTemplateText(new TextDecoder().decode(bytes)))
    throw new UsageError(`${name} is a ROS template, and must be an event; stackbridge up runs a template`)
  if (bytes.length === 0)
    throw new UsageError(`${name} is empty, and must hold the JSON object that ROS sends`)
  const parsed = parseJson(bytes)
  if (!parsed.ok)
    throw new UsageError(`${name} ${parsed.problem}; an event file holds the JSON object that ROS sends`)
  if (!isJsonObject(parsed.value)) throw new UsageError(`${name} must hold the JSON object that ROS sends`)
  refuseMisspeltField(name, parsed.value)
  if (!isEvent(parsed.value))
    throw new UsageError(`${name} has no field of an event, such as RequestType or ResourceProperties`)
  return parsed.value
}

/** Whether the data has a field of an event: the commands give defaults to those that are missing. */
export function isEvent(data: JsonObject): boolean {
  return EVENT_FIELDS.some((field) => data[field] !== undefined)
}

/** A default in place of a misspelt field would be another request: a Create instead of the Delete that was meant. */
function refuseMisspeltField(name: string, event: JsonObject): void {
  const missing = EVENT_FIELDS.filter((field) => event[field] === undefined)
  for (const field of Object.keys(event).filter((one) => !EVENT_FIELDS.includes(one))) {
    const meant = nearest(field, missing)
    if (meant !== undefined) throw new UsageError(`${name} has the field ${field}; did you mean ${meant}?`)
  }
}

/** The event with the fields that ROS always sends; those of the file win. */
export function completeEvent(event: JsonObject): JsonObject {
  return {
    RequestType: 'Create',
    ResourceType: 'Custom::AwsCloudFormationStack',
    LogicalResourceId: 'LocalStack',
    StackId: LOCAL_STACK_ID,
    StackName: 'local',
    RegionId: 'cn-hangzhou',
    ResourceOwnerId: '0',
    CallerId: '0',
    RequestId: randomUUID().toUpperCase(),
    ...event,
  }
}

export function hasResponseUrl(event: JsonObject): boolean {
  return ['ResponseURL', 'IntranetResponseURL', 'InnerResponseURL'].some((name) => event[name] !== undefined)
}
