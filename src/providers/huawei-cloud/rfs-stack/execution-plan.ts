import type { HttpAnswer } from '../../http/http-exchange.ts'
import { CloudError, type PlannedChange } from '../../provider.ts'
import type { PlanAnswer } from '../../session/stack-service.ts'
import { huaweiFaultOf } from '../error.ts'
import type { PlanItem, RfsClient, StackPlace } from './client.ts'
import type { StackProperties } from './properties.ts'
import { planBody } from './stack-body.ts'
import { isInProgress } from './status.ts'

/** One execution plan of a stack. Makes single calls; a repeated one finds the plan that an earlier one has asked for. */
export class ExecutionPlan {
  readonly #client: RfsClient
  readonly #name: string

  constructor(client: RfsClient, name: string) {
    this.#client = client
    this.#name = name
  }

  async ask(place: StackPlace & { readonly id: string }, desired: StackProperties): Promise<PlanAnswer> {
    const metadata = await this.#client.planMetadata(place, this.#name)
    if (metadata === undefined) {
      const refusal = await this.#client.createPlan(place, planBody(desired, place.id, this.#name))
      return refusal === undefined
        ? { outcome: 'working', status: BEING_MADE }
        : this.#refused(place, refusal)
    }
    const { status, status_message: message } = metadata
    switch (status) {
      case 'AVAILABLE':
        return {
          outcome: 'planned',
          changes: plannedChanges(await this.#client.planItems(place, this.#name)),
        }
      case 'CREATION_IN_PROGRESS':
        return { outcome: 'working', status: BEING_MADE }
      default:
        throw new CloudError('rejected', `RFS execution plan: ${status}: ${message ?? 'it did not say why'}`)
    }
  }

  async discard(place: StackPlace): Promise<'gone' | 'working'> {
    const refusal = await this.#client.deletePlan(place, this.#name)
    if (refusal === undefined) return 'gone'
    // RFS refuses it while the plan is being made.
    if (refusal.status === 403 && (await this.#isBeingMade(place))) return 'working'
    throw this.#client.error(refusal, 'RFS DeleteExecutionPlan')
  }

  async #refused(place: StackPlace, refusal: HttpAnswer): Promise<PlanAnswer> {
    // An earlier call has made it, and the read did not show it yet.
    if (huaweiFaultOf(refusal)?.code === NAME_TAKEN) return { outcome: 'working', status: BEING_MADE }
    const status = (await this.#client.metadata(place))?.status ?? ''
    if (isInProgress(status)) return { outcome: 'busy', status }
    throw this.#client.error(refusal, 'RFS CreateExecutionPlan')
  }

  async #isBeingMade(place: StackPlace): Promise<boolean> {
    return (await this.#client.planMetadata(place, this.#name))?.status === 'CREATION_IN_PROGRESS'
  }
}

/** RFS: an execution plan of this name exists. */
const NAME_TAKEN = 'RF.10013501'
const BEING_MADE = 'execution plan CREATION_IN_PROGRESS'

function plannedChanges(items: readonly PlanItem[]): PlannedChange[] {
  return items.flatMap((item) => {
    const action = item.mode === 'DATA' ? undefined : actionOf(item)
    if (action === undefined) return []
    const { resource_name, resource_type, resource_id, attributes } = item
    const index = item.index ?? ''
    const physicalId = resource_id ?? ''
    const properties = (attributes ?? []).flatMap(({ name }) => name ?? []).sort()
    return [
      {
        action,
        resource: index === '' ? resource_name : `${resource_name}[${index}]`,
        type: resource_type,
        ...(physicalId === '' ? {} : { physicalId }),
        ...(properties.length === 0 || action === 'add' || action === 'remove' ? {} : { properties }),
      },
    ]
  })
}

/** `undefined`: only what the resource depends on changes. */
function actionOf({ action }: PlanItem): PlannedChange['action'] | undefined {
  // The reference writes one of them with a space at its end.
  switch (action.trim()) {
    case 'ADD':
      return 'add'
    case 'UPDATE':
      return 'change'
    case 'ADD_THEN_DELETE':
    case 'DELETE_THEN_ADD':
      return 'replace'
    case 'DELETE':
      return 'remove'
    case 'NO_OPERATION':
      return undefined
    default:
      return 'unknown'
  }
}
