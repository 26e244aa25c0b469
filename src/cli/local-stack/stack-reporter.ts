import type { Clock, EpochMs } from '../../platform/clock.ts'
import { ownValue } from '../../platform/own-value.ts'
import type { OperationReport, Renderer, ResourceReport } from '../report.ts'
import type { StackState } from './stack-state.ts'

type ResourceStatus =
  `${'CREATE' | 'UPDATE' | 'DELETE'}_${'IN_PROGRESS' | 'COMPLETE' | 'FAILED'}` | 'UNCHANGED'

/** Reports what becomes of a stack and its resources. */
export class StackReporter {
  /** When the elapsed time of its reports is 0. */
  readonly startedAt: EpochMs
  readonly #state: StackState
  readonly #clock: Clock
  readonly #renderer: Renderer

  constructor(state: StackState, clock: Clock, renderer: Renderer) {
    this.startedAt = clock.now()
    this.#state = state
    this.#clock = clock
    this.#renderer = renderer
  }

  get elapsedMs(): number {
    return this.#clock.now() - this.startedAt
  }

  operation(action: OperationReport['action'], resources: number): void {
    const { stackName, stackId } = this.#state
    const { elapsedMs } = this
    this.#renderer.report({ type: 'operation', action, stackName, stackId, resources, elapsedMs })
  }

  resource(
    name: string,
    resourceType: string,
    status: ResourceStatus,
    more: Pick<ResourceReport, 'reason' | 'refused' | 'note' | 'standIn' | 'kept' | 'stackResources'> = {},
  ): void {
    const physicalResourceId = ownValue(this.#state.resources, name)?.physicalResourceId ?? null
    const { elapsedMs } = this
    this.#renderer.report({
      type: 'resource',
      resource: name,
      resourceType,
      status,
      physicalResourceId,
      elapsedMs,
      ...more,
    })
  }
}
