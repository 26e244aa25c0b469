import {
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  ExecuteChangeSetCommand,
  ListChangeSetsCommand,
  type Change,
  type ChangeSetSummary,
  type CreateChangeSetCommandInput,
  type DescribeChangeSetCommandOutput,
  type UpdateStackCommandInput,
} from '@aws-sdk/client-cloudformation'
import { readPages } from '../../../platform/read-pages.ts'
import { wholeList } from '../../http/whole-list.ts'
import type { Secrets } from '../../../platform/secrets.ts'
import { CloudError, type PlannedChange } from '../../provider.ts'
import type { PlanAnswer } from '../../session/stack-service.ts'
import type { Calls } from './calls.ts'
import * as errors from './cloud-error.ts'
import { plannedChange } from './planned-change.ts'
import { changeSetInput, type Execution } from './stack-input.ts'

/** More pages than the changes of a stack of 500 resources, the most that CloudFormation allows. */
const MOST_PAGES = 100
/** How deep nested stacks are read. */
const DEEPEST_NESTING = 10

/**
 * One change set of a stack, and those of its nested stacks. Makes single calls; a repeated one finds the change set that an
 * earlier one has made.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-changesets.html
 */
export class ChangeSet {
  readonly #client: Calls
  readonly #secrets: Secrets
  readonly #place: { readonly StackName: string; readonly ChangeSetName: string }

  /** `name`: unique among the change sets of the stack. */
  constructor(client: Calls, secrets: Secrets, stackId: string, name: string) {
    this.#client = client
    this.#secrets = secrets
    this.#place = { StackName: stackId, ChangeSetName: name }
  }

  /**
   * Plans the update. `replaces`: the beginning of the names of change sets that earlier Updates may have left; they
   * are deleted first.
   */
  async ask(update: UpdateStackCommandInput, replaces?: string): Promise<PlanAnswer> {
    const first = await this.#describe(this.#place)
    if (first?.ExecutionStatus === 'OBSOLETE') {
      // The stack has changed since.
      await this.discard()
      return { outcome: 'working', status: inWords('OBSOLETE') }
    }
    if (first === undefined || first.Status === 'DELETE_COMPLETE') {
      if (replaces !== undefined) await this.#discardOthers(replaces)
      const busy = await this.#create(changeSetInput(update, this.#place.ChangeSetName))
      return busy ?? { outcome: 'working', status: inWords('CREATE_PENDING') }
    }
    const status = first.Status ?? '?'
    switch (status) {
      case 'CREATE_COMPLETE':
        return this.#planned(first)
      case 'FAILED':
        if (saysNoChange(first)) return { outcome: 'planned', changes: [] }
        throw this.#useless(first)
      case 'CREATE_PENDING':
      case 'CREATE_IN_PROGRESS':
      case 'DELETE_PENDING':
      case 'DELETE_IN_PROGRESS':
        return { outcome: 'working', status: inWords(status) }
      default:
        // It stays in such a status, as in DELETE_FAILED.
        throw this.#useless(first)
    }
  }

  /** CloudFormation makes no change set without a change: one that lists no resource, no nested stack either, holds another. */
  async #planned(first: DescribeChangeSetCommandOutput): Promise<PlanAnswer> {
    const changes = await this.#changes(first, '', 0)
    return {
      outcome: 'planned',
      changes,
      ...((first.Changes ?? []).length === 0 ? { changesOther: true } : {}),
    }
  }

  /**
   * Executes it. `unchanged`: nothing would change, and it is deleted. `gone`: somebody has deleted it.
   * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ExecuteChangeSet.html
   */
  async execute(how: Execution): Promise<'started' | 'unchanged' | 'gone'> {
    const found = await this.#describe(this.#place)
    if (found === undefined) return 'gone'
    if (saysNoChange(found)) {
      await this.discard()
      return 'unchanged'
    }
    // An earlier call, whose answer was lost, has executed it.
    if (found.ExecutionStatus?.startsWith('EXECUTE_') === true) return 'started'
    await this.#client.send(new ExecuteChangeSetCommand({ ...this.#place, ...how }))
    return 'started'
  }

  async #discardOthers(prefix: string): Promise<void> {
    const { StackName, ChangeSetName } = this.#place
    for (const { ChangeSetName: name = '', ExecutionStatus: execution = '' } of await this.#listed(StackName))
      if (name.startsWith(prefix) && name !== ChangeSetName && !execution.startsWith('EXECUTE_'))
        await new ChangeSet(this.#client, this.#secrets, StackName, name).discard()
  }

  /** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListChangeSets.html */
  async #listed(StackName: string): Promise<readonly ChangeSetSummary[]> {
    try {
      const { items } = await readPages(
        async (NextToken) => {
          const answer = await this.#client.send(new ListChangeSetsCommand({ StackName, NextToken }))
          return { items: answer.Summaries, next: answer.NextToken }
        },
        { most: MOST_PAGES },
      )
      return items
    } catch (error) {
      throw this.#error(error, 'ListChangeSets')
    }
  }

  /** Also deletes the change sets of nested stacks. */
  async discard(): Promise<'gone' | 'working'> {
    try {
      await this.#client.send(new DeleteChangeSetCommand(this.#place))
      return 'gone'
    } catch (error) {
      const failure = errors.serviceFailure(error)
      if (failure !== undefined && (errors.isChangeSetMissing(failure) || errors.isMissing(failure)))
        return 'gone'
      if (failure !== undefined && errors.isChangeSetBusy(failure)) return 'working'
      throw this.#error(error, 'DeleteChangeSet')
    }
  }

  async #create(input: CreateChangeSetCommandInput): Promise<PlanAnswer | undefined> {
    try {
      await this.#client.send(new CreateChangeSetCommand(input))
      return undefined
    } catch (error) {
      const failure = errors.serviceFailure(error)
      // An earlier call, whose answer was lost, has made it.
      if (failure !== undefined && errors.isTaken(failure)) return undefined
      const status = failure === undefined ? undefined : errors.busyStatus(failure)
      if (status !== undefined) return { outcome: 'busy', status }
      throw this.#error(error, 'CreateChangeSet')
    }
  }

  /** `undefined`: it does not exist. */
  async #describe(
    place: { readonly ChangeSetName: string; readonly StackName?: string },
    NextToken?: string,
  ): Promise<DescribeChangeSetCommandOutput | undefined> {
    const page = NextToken === undefined ? {} : { NextToken }
    try {
      return await this.#client.send(new DescribeChangeSetCommand({ ...place, ...page }))
    } catch (error) {
      const failure = errors.serviceFailure(error)
      if (failure !== undefined && errors.isChangeSetMissing(failure)) return undefined
      throw this.#error(error, 'DescribeChangeSet')
    }
  }

  /** All changes, through all pages and nested stacks. `path`: of the nested stack, with a slash at its end. */
  async #changes(
    first: DescribeChangeSetCommandOutput,
    path: string,
    depth: number,
  ): Promise<readonly PlannedChange[]> {
    const { ChangeSetId: ChangeSetName = '' } = first
    const listed = await wholeList('AWS DescribeChangeSet', MOST_PAGES, async (token) => {
      const page = token === undefined ? first : await this.#describe({ ChangeSetName }, token)
      if (page === undefined)
        throw new CloudError('rejected', 'AWS DescribeChangeSet: the change set was deleted meanwhile')
      return { items: page.Changes, next: page.NextToken }
    })
    const changes: PlannedChange[] = []
    for (const change of listed) changes.push(...(await this.#change(change, path, depth)))
    return changes
  }

  async #change(change: Change, path: string, depth: number): Promise<readonly PlannedChange[]> {
    const own = plannedChange(change, path)
    const nestedId = change.ResourceChange?.ChangeSetId
    if (nestedId === undefined || own === undefined) return own === undefined ? [] : [own]
    if (depth === DEEPEST_NESTING) return [{ ...own, action: 'unknown' }]
    const nested = await this.#describe({ ChangeSetName: nestedId })
    if (nested === undefined || (nested.Status !== 'CREATE_COMPLETE' && !saysNoChange(nested)))
      return [{ ...own, action: 'unknown' }]
    const inside = await this.#changes(nested, `${own.resource}/`, depth + 1)
    // CloudFormation lists each nested stack as modified, whether anything in it changes or not.
    return own.action === 'change' && inside.length === 0 ? [] : [own, ...inside]
  }

  #useless({ Status, StatusReason }: DescribeChangeSetCommandOutput): CloudError {
    const reason = StatusReason ?? `the status of the change set is ${Status ?? '?'}`
    return new CloudError('rejected', this.#secrets.mask(`AWS CreateChangeSet: ${reason}`))
  }

  #error(error: unknown, action: string): CloudError {
    return errors.toCloudError(error, action, this.#secrets)
  }
}

/** CloudFormation fails to make a change set without a change. Both texts are its own, for a stack and a nested stack. */
function saysNoChange({ Status, StatusReason = '' }: DescribeChangeSetCommandOutput): boolean {
  return (
    Status === 'FAILED' &&
    (StatusReason.includes("didn't contain changes") ||
      StatusReason.includes('No updates are to be performed'))
  )
}

function inWords(status: string): string {
  return `change set ${status}`
}
