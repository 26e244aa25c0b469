import type { OperationEvent } from '@aws-sdk/client-cloudformation'
import type { Surroundings } from '../../provider.ts'
import type { Calls } from './calls.ts'
import { serviceFailure, toCloudError } from './cloud-error.ts'
import { causesInWords } from './causes-in-words.ts'
import { endsOperation, inWords, isValidation, namesValidation, originalFailures } from './failure-event.ts'
import type { Marker } from './marker.ts'
import { readFailedEvents, type EventScope } from './operation-events.ts'

/**
 * What CloudFormation's validations refused before an operation began. They may leave no trace on the stack.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/validate-stack-deployments.html
 */
export class RefusedValidations {
  readonly #client: Calls
  readonly #surroundings: Surroundings
  /** False once DescribeEvents is refused or unknown: it is not asked again. */
  #canRead = true
  /** What `events` has read, by operation. */
  readonly #shown = new Map<string, readonly OperationEvent[]>()

  constructor({ client, surroundings }: { readonly client: Calls; readonly surroundings: Surroundings }) {
    this.#client = client
    this.#surroundings = surroundings
  }

  /** Whether the operation has ended without a trace on the stack. False also where that cannot be seen. */
  async haveEnded(stackId: string, { operationId, token }: Marker): Promise<boolean> {
    const scope = operationId === undefined ? { StackName: stackId } : { OperationId: operationId }
    const events = await this.#failedEvents(scope)
    return events.some(
      (event) => (operationId !== undefined || event.ClientRequestToken === token) && endsOperation(event),
    )
  }

  /**
   * What validations said of these operations, newest operation first, for people who watch. They may say it at any time
   * before the newest one provisions; the others are asked for once.
   */
  async events(operationIds: readonly string[]): Promise<readonly OperationEvent[]> {
    const [newest] = operationIds
    for (const id of operationIds) {
      if (id !== newest && this.#shown.has(id)) continue
      this.#shown.set(id, (await this.#failedEvents({ OperationId: id })).filter(isValidation))
    }
    return operationIds.flatMap((id) => this.#shown.get(id) ?? [])
  }

  /** The error of a CreateStack or UpdateStack, with the failed validations where it only says that there are some. */
  async inFull(error: unknown, nameOrArn: string): Promise<unknown> {
    const failure = serviceFailure(error)
    if (failure === undefined || !namesValidation(failure.message)) return error
    const events = await this.#failedEvents({ StackName: nameOrArn })
    const causes = originalFailures(events.filter(isValidation)).map((event) => inWords(event, ''))
    if (causes.length === 0 || !(error instanceof Error)) return error
    const words = causesInWords(causes, (text) => this.#surroundings.secrets.mask(text))
    return Object.assign(error, { message: `${words}. ${failure.message}` })
  }

  async #failedEvents(scope: EventScope) {
    if (!this.#canRead) return []
    const { secrets, log } = this.#surroundings
    try {
      const failed = await readFailedEvents(this.#client, scope, secrets)
      if (failed.read) return failed.events
      this.#canRead = false
      log.info({ refused: failed.refused }, 'the results of validations cannot be seen')
    } catch (error) {
      log.info(
        { err: toCloudError(error, 'DescribeEvents', secrets) },
        'the results of validations are not known',
      )
    }
    return []
  }
}
