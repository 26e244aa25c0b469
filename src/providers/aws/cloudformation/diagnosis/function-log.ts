import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { readPages } from '../../../../platform/read-pages.ts'
import type { Evidence } from '../../../diagnosis/diagnosis.ts'
import { parseStackArn } from '../arn.ts'
import { logGroupOf } from './function-configuration.ts'
import type { AwsClassifiedEvent } from './classified-events.ts'
import {
  propertiesOf,
  ServiceCalls,
  spanOf,
  type Span,
  type EvidenceSource,
  type EvidenceSourceSetup,
} from './evidence-source.ts'

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html */
const CUSTOM_TYPE = /^(?:Custom::|AWS::CloudFormation::CustomResource$)/
/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html, without the forms that are no ARN. */
const FUNCTION =
  /^arn:[a-z-]{3,20}:lambda:[a-z0-9-]{5,30}:(\d{12}):function:([A-Za-z0-9_-]{1,64})(?::[$\w-]{1,128})?$/
/** https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
const TOPIC = /^arn:[a-z-]{3,20}:sns:[a-z0-9-]{5,30}:\d{12}:[\w-]{1,256}(?:\.fifo)?$/
/** Lines that the runtime writes for each invocation. https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html */
const OF_THE_RUNTIME = /^(?:INIT_START|START|END) /
const REPORT_OF_SUCCESS = /^REPORT (?!.*\tStatus: )/
/** A custom resource may take an hour: only its end is read. */
const LONGEST_MS = 3_600_000
const MOST_LINES = 100
const PAGE = 500
/** A page may be empty though there are more. */
const MOST_PAGES = 5

/**
 * The log of a custom resource's function around the failure, from the group that the function's LoggingConfig names.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 */
export class FunctionLog implements EvidenceSource {
  readonly #setup: EvidenceSourceSetup
  readonly #logs: ServiceCalls<CloudWatchLogsClient>

  constructor(setup: EvidenceSourceSetup) {
    this.#setup = setup
    this.#logs = new ServiceCalls(setup, 'CLOUDWATCH_LOGS', (config) => new CloudWatchLogsClient(config))
  }

  async ask(cause: AwsClassifiedEvent, began: number): Promise<readonly Evidence[]> {
    if (!CUSTOM_TYPE.test(cause.type)) return []
    const { readings } = this.#setup
    const found = functionOf(cause)
    if ('unfollowed' in found) {
      readings.note(found.unfollowed)
      return []
    }
    const group = await this.#groupOf(found.name)
    const span = spanOf(cause, Math.max(began - 1000, cause.at - LONGEST_MS))
    const right = { action: 'logs:FilterLogEvents', tells: `the log ${group}`, otherwise: undefined }
    const lines = await readings.tried(right, () => this.#lines(group, span))
    if (lines?.length === 0) readings.note(`The log ${group} has no lines of the time of the failure.`)
    return (lines ?? []).map(({ timestamp, message = '' }) => ({
      source: `log ${group}`,
      ...(timestamp === undefined ? {} : { at: timestamp }),
      text: message.trimEnd(),
    }))
  }

  /** Without the right to see the configuration, and for a function that a rollback has deleted, Lambda's default. */
  async #groupOf(name: string): Promise<string> {
    const right = {
      action: 'lambda:GetFunctionConfiguration',
      tells: `which log ${name} writes to`,
      otherwise: undefined,
    }
    const named = await this.#setup.readings.tried(right, () => logGroupOf(name, this.#setup))
    return named ?? `/aws/lambda/${name}`
  }

  /** The last ones, oldest first. */
  async #lines(group: string, { from, to }: Span) {
    const { items } = await readPages(
      async (nextToken) => {
        const command = new FilterLogEventsCommand({
          logGroupName: group,
          startTime: from,
          endTime: to,
          limit: PAGE,
          startFromHead: false,
          nextToken,
        })
        const answer = await this.#logs.ask('FilterLogEvents', (client) => client.send(command))
        const lines = (answer.events ?? []).filter(({ message = '' }) => !isOfTheRuntime(message))
        return { items: lines, next: answer.nextToken }
      },
      { most: MOST_PAGES, enough: MOST_LINES },
    )
    return [...items].sort((one, other) => (one.timestamp ?? 0) - (other.timestamp ?? 0)).slice(-MOST_LINES)
  }
}

/** `unfollowed`: a sentence that says why the log of what serves the resource is not read. */
function functionOf(cause: AwsClassifiedEvent): { readonly name: string } | { readonly unfollowed: string } {
  const { path, event } = cause
  const token = propertiesOf(cause)['ServiceToken']
  const text = typeof token === 'string' ? token : ''
  if (TOPIC.test(text))
    return {
      unfollowed: `${path} is served through the topic ${text}: the bridge does not look up its subscribers. Read the log of the one that served the request.`,
    }
  const [, account, name] = FUNCTION.exec(text) ?? []
  if (name === undefined)
    return {
      unfollowed: `Which function serves ${path} cannot be seen: its ServiceToken is no Lambda function.`,
    }
  const own = parseStackArn(event.StackId ?? '')?.account
  return own === undefined || own === account
    ? { name }
    : {
        unfollowed: `The function ${name} of ${path} is in the account ${account ?? '?'}: only credentials of that account can read its log.`,
      }
}

function isOfTheRuntime(message: string): boolean {
  return OF_THE_RUNTIME.test(message) || REPORT_OF_SUCCESS.test(message)
}
