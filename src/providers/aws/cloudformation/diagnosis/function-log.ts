import {
  CloudWatchLogsClient,
  FilterLogEventsCommand,
  type FilteredLogEvent,
} from '@aws-sdk/client-cloudwatch-logs'
import { isJsonObject, parseJson, type JsonObject } from '../../../../platform/json.ts'
import type { Evidence } from '../../../diagnosis/diagnosis.ts'
import { toCloudError } from '../cloud-error.ts'
import type { Witness, WitnessSetup } from './evidence.ts'
import type { AwsHappening } from './happenings.ts'

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html */
const CUSTOM_TYPE = /^(?:Custom::|AWS::CloudFormation::CustomResource$)/
/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html, without the forms that are no ARN. */
const FUNCTION =
  /^arn:[a-z-]{3,20}:lambda:[a-z0-9-]{5,30}:\d{12}:function:([A-Za-z0-9_-]{1,64})(?::[$\w-]{1,128})?$/
/** Lines that the runtime writes for each invocation. https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html */
const OF_THE_RUNTIME = /^(?:INIT_START|START|END) /
const REPORT_OF_SUCCESS = /^REPORT (?!.*\tStatus: )/
/** CloudFormation shows a failure after the function has written its last line. */
const AFTER_MS = 60_000
/** A custom resource may take an hour: only its end is read. */
const LONGEST_MS = 3_600_000
const MOST_LINES = 100
const PAGE = 500
/** A page may be empty though there are more. */
const MOST_PAGES = 5

/**
 * The log of a custom resource's function around the failure. Lambda writes to `/aws/lambda/<function>` unless the function's
 * LoggingConfig names another group.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 */
export class FunctionLog implements Witness {
  readonly #setup: WitnessSetup
  #client: CloudWatchLogsClient | undefined

  constructor(setup: WitnessSetup) {
    this.#setup = setup
  }

  async ask(cause: AwsHappening, began: number): Promise<readonly Evidence[]> {
    if (!CUSTOM_TYPE.test(cause.type)) return []
    const { readings } = this.#setup
    const token = propertiesOf(cause)['ServiceToken']
    const [, name] = typeof token === 'string' ? (FUNCTION.exec(token) ?? []) : []
    if (name === undefined) {
      readings.note(
        `Which function serves ${cause.path} cannot be seen: its ServiceToken is no Lambda function.`,
      )
      return []
    }
    const group = `/aws/lambda/${name}`
    const span = { from: Math.max(began - 1000, cause.at - LONGEST_MS), to: cause.at + AFTER_MS }
    const right = { action: 'logs:FilterLogEvents', tells: `the log ${group}`, otherwise: undefined }
    const lines = await readings.tried(right, () => this.#lines(group, span))
    if (lines?.length === 0) readings.note(`The log ${group} has no lines of the time of the failure.`)
    return (lines ?? []).map(({ timestamp, message = '' }) => ({
      source: `log ${group}`,
      ...(timestamp === undefined ? {} : { at: timestamp }),
      text: message.trimEnd(),
    }))
  }

  /** The last ones, oldest first. */
  async #lines(group: string, { from, to }: { readonly from: number; readonly to: number }) {
    const lines: FilteredLogEvent[] = []
    let token: string | undefined
    try {
      this.#client ??= new CloudWatchLogsClient(await this.#setup.configFor('CLOUDWATCH_LOGS'))
      for (let page = 0; page < MOST_PAGES && lines.length < MOST_LINES; page += 1) {
        const { events = [], nextToken } = await this.#client.send(
          new FilterLogEventsCommand({
            logGroupName: group,
            startTime: from,
            endTime: to,
            limit: PAGE,
            startFromHead: false,
            ...(token === undefined ? {} : { nextToken: token }),
          }),
        )
        lines.push(...events.filter(({ message = '' }) => !isOfTheRuntime(message)))
        if (nextToken === undefined) break
        token = nextToken
      }
    } catch (error) {
      throw toCloudError(error, 'FilterLogEvents', this.#setup.secrets)
    }
    return lines.sort((one, other) => (one.timestamp ?? 0) - (other.timestamp ?? 0)).slice(-MOST_LINES)
  }
}

function isOfTheRuntime(message: string): boolean {
  return OF_THE_RUNTIME.test(message) || REPORT_OF_SUCCESS.test(message)
}

/** The properties as CloudFormation used them, with all functions resolved. */
export function propertiesOf({ event }: AwsHappening): JsonObject {
  const text = 'ResourceProperties' in event ? event.ResourceProperties : undefined
  const parsed = typeof text === 'string' ? parseJson(Buffer.from(text)) : undefined
  return parsed?.ok === true && isJsonObject(parsed.value) ? parsed.value : {}
}
