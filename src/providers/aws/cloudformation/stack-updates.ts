import {
  UpdateStackCommand,
  UpdateTerminationProtectionCommand,
  type Stack,
  type UpdateStackCommandInput,
} from '@aws-sdk/client-cloudformation'
import { CloudError } from '../../provider.ts'
import { desiredOf } from '../../session/bound-service.ts'
import type * as session from '../../session/stack-service.ts'
import { ChangeSet } from './change-set.ts'
import * as errors from './cloud-error.ts'
import { isOfHeat, NO_CHANGE_SETS, NO_MARKS, wasUpdatedThisSecond } from './heat-compatible.ts'
import { startOf } from './marker.ts'
import { markingFor, tagsWithExistingMark, tagsWithNewMark } from './ownership.ts'
import type { RefusedValidations } from './refused-validations.ts'
import { requestToken } from './request-token.ts'
import type { SessionSetup } from './session-setup.ts'
import { executionOf, tagsInput, updateInput } from './stack-input.ts'

/** Updates of an existing stack: what one would change, and the calls that make it. */
export class StackUpdates {
  readonly #setup: SessionSetup
  readonly #refused: RefusedValidations

  constructor(setup: SessionSetup, refused: RefusedValidations) {
    this.#setup = setup
    this.#refused = refused
  }

  async plan(
    { stack, before }: session.Existing<Stack>,
    purpose: session.PlanPurpose,
  ): Promise<session.PlanAnswer> {
    if (isOfHeat(stack.id)) return { outcome: 'impossible', reason: NO_CHANGE_SETS }
    if (purpose === 'mark') return this.#changeSet(stack, purpose).ask(this.#markInput(before, ''))
    const update = this.#updateInput(stack, before, '')
    // Only what is executed must mark the stack. A move executes another update, which changes nothing but the mark.
    const isExecuted = purpose === 'judge' && this.#setup.request.move?.mayChange !== false
    const Tags = isExecuted ? update.Tags : tagsWithExistingMark(update.Tags ?? [], before.Tags ?? [])
    const changeSet = this.#changeSet(stack, purpose)
    return changeSet.ask({ ...update, Tags }, purpose === 'show' ? undefined : JUDGED)
  }

  async discardPlan(stack: session.StackRef, purpose: session.PlanPurpose): Promise<'gone' | 'working'> {
    return isOfHeat(stack.id) ? 'gone' : this.#changeSet(stack, purpose).discard()
  }

  /** `isJudged`: the change set that the bridge has judged is executed. */
  async update(stack: session.StackRef, before: Stack, isJudged: boolean): Promise<session.UpdateAnswer> {
    const { client, request, surroundings } = this.#setup
    const { EnableTerminationProtection } = desiredOf(this.#setup)
    if (isOfHeat(stack.id) && wasUpdatedThisSecond(before, surroundings.clock.now()))
      return { outcome: 'busy', status: before.StackStatus ?? '' }
    try {
      await this.#protect(stack, before, EnableTerminationProtection)
      const input = this.#updateInput(stack, before, requestToken(request, 'update'))
      const judged = isJudged
        ? await this.#changeSet(stack, 'judge').execute(executionOf(input))
        : 'unchanged'
      if (judged === 'started') return { outcome: 'started' }
      if (judged === 'gone')
        throw new CloudError('unavailable', 'The judged change set was deleted meanwhile')
      // What no change set holds may still change, such as the topics of notifications.
      const { OperationId } = await client.send(new UpdateStackCommand(input))
      return { outcome: 'started', ...startOf(OperationId) }
    } catch (error) {
      return this.#updateRefused(stack, error)
    }
  }

  /** UpdateStack with the template and the values that the stack has. */
  async move(stack: session.StackRef, before: Stack): Promise<session.UpdateAnswer> {
    if (isOfHeat(stack.id)) throw new CloudError('rejected', NO_MARKS)
    const input = this.#markInput(before, requestToken(this.#setup.request, 'update'))
    try {
      const { OperationId } = await this.#setup.client.send(new UpdateStackCommand(input))
      return { outcome: 'started', ...startOf(OperationId) }
    } catch (error) {
      return this.#updateRefused(stack, error)
    }
  }

  async #updateRefused(stack: session.StackRef, error: unknown): Promise<session.UpdateAnswer> {
    const failure = errors.serviceFailure(error)
    if (failure === undefined) throw this.#cloudError(error)
    if (errors.isUnchanged(failure)) return { outcome: 'unchanged' }
    if (errors.isMissing(failure)) return { outcome: 'missing' }
    if (errors.isUsedToken(failure)) return { outcome: 'started', marker: { repeated: true } }
    const status = errors.busyStatus(failure)
    if (status !== undefined) return { outcome: 'busy', status }
    if (errors.isChangeSetBusy(failure)) return { outcome: 'busy', status: 'that of a change set' }
    throw this.#cloudError(await this.#refused.inFull(error, stack.id))
  }

  #updateInput(stack: session.StackRef, before: Stack, token: string): UpdateStackCommandInput {
    const { oldProperties } = this.#setup.request
    return updateInput(desiredOf(this.#setup), {
      stackId: stack.id,
      marking: markingFor(before, this.#setup.request),
      token,
      before: oldProperties?.['Stack'],
    })
  }

  /** The update that changes nothing but the mark. */
  #markInput(before: Stack, token: string): UpdateStackCommandInput {
    const tags = tagsWithNewMark(before.Tags ?? [], markingFor(before, this.#setup.request))
    return tagsInput(before, tags, token, desiredOf(this.#setup).RoleARN)
  }

  /** Its name is the same for each delivery of the request, so that a repeated step finds what an earlier one has made. */
  #changeSet(stack: session.StackRef, purpose: session.PlanPurpose): ChangeSet {
    const name = requestToken(this.#setup.request, CHANGE_SETS[purpose])
    return new ChangeSet(this.#setup.client, this.#setup.surroundings.secrets, stack.id, name)
  }

  /** Changed only where the properties set it. */
  async #protect(stack: session.StackRef, before: Stack, desired: boolean | undefined): Promise<void> {
    if (desired === undefined || desired === (before.EnableTerminationProtection ?? false)) return
    await this.#setup.client.send(
      new UpdateTerminationProtectionCommand({ StackName: stack.id, EnableTerminationProtection: desired }),
    )
  }

  #cloudError(error: unknown): CloudError {
    return errors.toCloudError(error, 'UpdateStack', this.#setup.surroundings.secrets)
  }
}

const CHANGE_SETS: Readonly<Record<session.PlanPurpose, string>> = {
  show: 'plan',
  judge: 'judged',
  mark: 'judged-mark',
}

/** How the names of change sets begin that decide about an Update. */
const JUDGED = 'sb-judged-'
