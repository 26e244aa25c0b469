import type { Diagnosis } from '../diagnosis/diagnosis.ts'
import { failedResources, type ClassifiedEvent } from '../diagnosis/failures.ts'
import { Readings } from '../diagnosis/readings.ts'
import type { StackRef } from '../provider.ts'
import { addressOf } from './stack-instance-events.ts'
import { hasFailed, isAtWork, operationPhase } from './stack-set-operation.ts'
import type { RfsStackInstance, RfsStackSet, RfsStackSets } from './stack-sets.ts'

/** Instances whose own stacks are named. */
const MOST_STACKS = 10

/**
 * What RFS tells of instances of a stack set that failed: their status messages, and the latest operation's. The stack behind an
 * instance is in the member's account, which these credentials cannot read. Reads only.
 * https://support.huaweicloud.com/intl/en-us/api-aos/ListStackInstances.html
 */
export async function diagnoseInstances(
  sets: ReadableSets,
  {
    set,
    stack,
    own,
  }: {
    readonly set: Pick<RfsStackSet, 'stack_set_name' | 'status'>
    readonly stack: StackRef
    readonly own: Own
  },
): Promise<Diagnosis> {
  const readings = new Readings()
  const instances = await readings.tried<readonly RfsStackInstance[]>(
    { action: 'RFS ListStackInstances', tells: "the instances' statuses", otherwise: [] },
    async () => own(await sets.instances(set.stack_set_name)),
  )
  const failed = instances.filter(hasFailed)
  const operation = await latestOperation(sets, set.stack_set_name, failed, readings)
  const ofInstances = failed.map(instanceEvent)
  const hasCause = ofInstances.some(({ failure }) => failure === 'cause')
  const ofSet =
    operation === undefined ? [] : [{ ...operation, failure: hasCause ? 'consequence' : 'cause' } as const]
  for (const { region, stack_domain_id, stack_name, stack_id } of failed.slice(0, MOST_STACKS))
    if ((stack_id ?? '') !== '')
      readings.note(
        `The events of the stack ${stack_name ?? '?'} (${stack_id ?? '?'}) are in the account ${stack_domain_id}, region ` +
          `${region}: only credentials of that account can read them, such as those of an agency that it made for you ` +
          '(AssumeRole), with the rights to call GetStackMetadata and ListStackEvents. Diagnose the stack with them as ' +
          'Custom::HuaweiRfsStack.',
      )
  return {
    stack,
    status: set.status,
    isAtWork: set.status === 'OPERATION_IN_PROGRESS' || instances.some(isAtWork),
    failures: failedResources([...ofSet, ...ofInstances]),
    missing: readings.missing,
    notes: readings.notes,
  }
}

type ReadableSets = Pick<RfsStackSets, 'instances' | 'operation'>

/** The instances that the diagnosis is about. */
type Own = (all: readonly RfsStackInstance[]) => readonly RfsStackInstance[]

/** An instance without a message was cancelled because of another one. */
function instanceEvent(instance: RfsStackInstance): ClassifiedEvent {
  const reason = instance.status_message ?? ''
  return {
    path: addressOf(instance),
    type: 'RFS stack instance',
    physicalId: instance.stack_id ?? undefined,
    at: timeOf(instance.update_time),
    status: instance.status,
    reason,
    failure: reason === '' ? 'consequence' : 'cause',
  }
}

/** That of the instance that failed last, where the operation failed, too. */
async function latestOperation(
  sets: ReadableSets,
  name: string,
  failed: readonly RfsStackInstance[],
  readings: Readings,
): Promise<Omit<ClassifiedEvent, 'failure'> | undefined> {
  const [latest] = [...failed].sort((one, other) => timeOf(other.update_time) - timeOf(one.update_time))
  const id = latest?.latest_stack_set_operation_id
  if (id === undefined || id === null) return undefined
  const operation = await readings.tried(
    { action: 'RFS ShowStackSetOperationMetadata', tells: "the operation's message", otherwise: undefined },
    () => sets.operation(name, id),
  )
  if (operation === undefined || operationPhase(operation.status) !== 'failed') return undefined
  return {
    path: name,
    type: `RFS stack set operation ${operation.action}`,
    physicalId: id,
    at: timeOf(operation.create_time),
    status: operation.status,
    reason: operation.status_message ?? '',
  }
}

function timeOf(text: string | null | undefined): number {
  const time = Date.parse(text ?? '')
  return Number.isNaN(time) ? 0 : time
}
