import { DescribeStacksCommand, ListStacksCommand, type OperationEvent } from '@aws-sdk/client-cloudformation'
import type { Diagnosis } from '../../diagnosis/diagnosis.ts'
import { failedResources } from '../../diagnosis/failures.ts'
import { Readings } from '../../diagnosis/readings.ts'
import { CloudError } from '../../provider.ts'
import { parseStackArn } from './arn.ts'
import { isMissing, serviceFailure, toCloudError } from './cloud-error.ts'
import { AwsEvidence } from './diagnosis/evidence.ts'
import { latestFailedOperation, type FoundOperation } from './diagnosis/failed-operation.ts'
import { ClassifiedEventReader } from './diagnosis/classified-events.ts'
import { timeOf } from './events.ts'
import { isFailure, isOfStackItself, isValidation } from './failure-event.ts'
import { isOfHeat } from './heat-compatible.ts'
import { readFailedEvents } from './operation-events.ts'
import type { SessionSetup } from './session-setup.ts'

/** How much earlier than the first event of an operation a validation of it may be dated. */
const SKEW_MS = 60_000

/**
 * What AWS tells of the latest operation that failed on the setup's stack: the events of the stack and of its nested stacks, and
 * what other services say of its causes. Reads only. AWS shows the events of a deleted stack by its ARN for 90 days.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackEvents.html
 */
export async function diagnoseAws(setup: SessionSetup): Promise<Diagnosis | undefined> {
  const { client, surroundings } = setup
  const { secrets } = surroundings
  const readings = new Readings()
  const shown = await shownStack(setup, readings)
  if (shown === undefined) return undefined
  if (isOfHeat(shown.id)) return ofHeat(shown, readings)
  const found = await latestFailedOperation(client, shown.id, readings, secrets)
  const validations = await readValidations(setup, shown.id, found, readings)
  const operation = found.operation ?? spanOf(validations)
  if (found.later !== undefined)
    readings.note(`A later operation has ended since, with ${found.later}: this is the failure before it.`)
  const reader = new ClassifiedEventReader(client, readings, secrets)
  const classifiedEvents =
    operation === undefined ? [] : await reader.read(operation, shown.name, validations)
  const evidence = await new AwsEvidence(setup, readings).of(classifiedEvents)
  const events = operation?.events ?? []
  return {
    stack: { id: events.find(isOfStackItself)?.StackId ?? shown.id, name: shown.name },
    status: shown.status,
    isAtWork: shown.status?.endsWith('_IN_PROGRESS') === true,
    failures: failedResources(classifiedEvents, (path) => evidence.get(path) ?? []),
    missing: readings.missing,
    notes: readings.notes,
  }
}

interface ShownStack {
  /** The ARN; the name where nothing but the events can be read. */
  readonly id: string
  readonly name: string
  readonly status: string | undefined
  readonly reason?: string
}

/** By name also the latest deleted stack, since ROS deletes what a failed Create has made. */
async function shownStack(setup: SessionSetup, readings: Readings): Promise<ShownStack | undefined> {
  const { stack, client, surroundings } = setup
  const nameOrArn = stack.by === 'id' ? stack.arn : stack.name
  const name = stack.by === 'id' ? (parseStackArn(stack.arn)?.name ?? stack.arn) : stack.name
  const unseen: ShownStack = { id: nameOrArn, name, status: undefined }
  const found = await readings.tried<ShownStack | 'missing'>(
    { action: 'cloudformation:DescribeStacks', tells: "the stack's status", otherwise: unseen },
    async () => {
      try {
        const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: nameOrArn }))
        const [one] = Stacks ?? []
        if (one === undefined) return 'missing'
        const { StackId = nameOrArn, StackName = name, StackStatus, StackStatusReason: reason } = one
        return {
          id: StackId,
          name: StackName,
          status: StackStatus,
          ...(reason === undefined ? {} : { reason }),
        }
      } catch (error) {
        const failure = serviceFailure(error)
        if (failure !== undefined && isMissing(failure)) return 'missing'
        throw toCloudError(error, 'DescribeStacks', surroundings.secrets)
      }
    },
  )
  if (found !== 'missing') return found
  return stack.by === 'id' ? undefined : deletedStack(setup, name, readings)
}

async function deletedStack(
  { client, surroundings }: SessionSetup,
  name: string,
  readings: Readings,
): Promise<ShownStack | undefined> {
  return readings.tried<ShownStack | undefined>(
    {
      action: 'cloudformation:ListStacks',
      tells: 'whether a stack of this name was deleted',
      otherwise: undefined,
    },
    async () => {
      try {
        const command = new ListStacksCommand({ StackStatusFilter: ['DELETE_COMPLETE'] })
        const { StackSummaries = [] } = await client.send(command)
        const [latest] = StackSummaries.filter(({ StackName }) => StackName === name).sort(
          (one, other) => (other.DeletionTime?.getTime() ?? 0) - (one.DeletionTime?.getTime() ?? 0),
        )
        return latest?.StackId === undefined
          ? undefined
          : { id: latest.StackId, name, status: latest.StackStatus }
      } catch (error) {
        throw toCloudError(error, 'ListStacks', surroundings.secrets)
      }
    },
  )
}

/** The results of validations, which only DescribeEvents has. */
async function readValidations(
  { client, surroundings }: SessionSetup,
  stackId: string,
  { operation, later }: FoundOperation,
  readings: Readings,
): Promise<readonly OperationEvent[]> {
  // Without an id, CloudFormation tells of the latest operation.
  if (operation !== undefined && operation.id === undefined && later !== undefined) return []
  const scope = operation?.id === undefined ? { StackName: stackId } : { OperationId: operation.id }
  const right = {
    action: 'cloudformation:DescribeEvents',
    tells: 'the results of validations',
    otherwise: [],
  }
  return readings.tried<readonly OperationEvent[]>(right, async () => {
    try {
      const failed = await readFailedEvents(client, scope, surroundings.secrets)
      if (!failed.read) {
        if (!failed.isDenied) return []
        throw new CloudError('denied', failed.refused)
      }
      const since = (operation?.from ?? 0) - SKEW_MS
      return failed.events.filter(
        (event) => isValidation(event) && isFailure(event) && timeOf(event) >= since,
      )
    } catch (error) {
      throw toCloudError(error, 'DescribeEvents', surroundings.secrets)
    }
  })
}

/** A validation refuses an operation before the stack has any event of it. */
function spanOf(validations: readonly OperationEvent[]) {
  const [first] = validations
  if (first === undefined) return undefined
  return { events: [], from: timeOf(first), to: timeOf(validations.at(-1) ?? first) }
}

/** It shows no events, only the stack's own reason. */
function ofHeat({ id, name, status = '', reason = '' }: ShownStack, readings: Readings): Diagnosis {
  readings.note(
    "Heat's CloudFormation-compatible API shows no events: a diagnosis of Custom::HeatStack reads Heat's own API.",
  )
  const failure = {
    path: name,
    type: 'AWS::CloudFormation::Stack',
    physicalId: id,
    at: 0,
    status,
    reason,
    failure: /FAILED|ROLLBACK/.test(status) ? 'cause' : 'none',
  } as const
  return {
    stack: { id, name },
    status,
    isAtWork: status.endsWith('_IN_PROGRESS'),
    failures: failedResources([failure]),
    missing: readings.missing,
    notes: readings.notes,
  }
}
