import * as v from 'valibot'
import { readPages, type ListPage } from '../../../platform/read-pages.ts'
import { wholeList } from '../../http/whole-list.ts'
import type { JsonObject } from '../../../platform/json.ts'
import type { Secrets } from '../../../platform/secrets.ts'
import type { HttpAnswer } from '../../http/http-exchange.ts'
import type { HuaweiCall, HuaweiClient } from '../client.ts'
import { CloudError } from '../../provider.ts'
import { huaweiFaultOf } from '../error.ts'
import { HuaweiServiceClient, query } from '../service-client.ts'
import type { RfsStackId } from './stack-id.ts'

const text = v.nullish(v.string())

const stackSchema = v.object({
  stack_id: v.string(),
  stack_name: v.string(),
  status: v.string(),
  status_message: text,
  description: text,
  enable_deletion_protection: v.nullish(v.boolean()),
  enable_auto_rollback: v.nullish(v.boolean()),
  agencies: v.nullish(v.array(v.object({ provider_name: v.string(), agency_name: text, agency_urn: text }))),
  create_time: text,
  update_time: text,
})

export type RfsStack = v.InferOutput<typeof stackSchema>

const eventSchema = v.object({
  event_type: v.string(),
  event_message: text,
  resource_name: text,
  resource_type: text,
  resource_key: text,
  time: v.string(),
})

export type RfsEvent = v.InferOutput<typeof eventSchema>

const outputSchema = v.object({
  name: v.string(),
  value: text,
  type: text,
  sensitive: v.nullish(v.boolean()),
})

export type RfsOutput = v.InferOutput<typeof outputSchema>

/** https://support.huaweicloud.com/intl/en-us/api-aos/GetExecutionPlan.html */
const planItemSchema = v.object({
  resource_type: v.optional(v.string(), '?'),
  resource_name: v.optional(v.string(), '?'),
  /** Of a resource with `count` or `for_each`. */
  index: text,
  action: v.string(),
  mode: text,
  resource_id: text,
  attributes: v.nullish(v.array(v.object({ name: text }))),
})

export type PlanItem = v.InferOutput<typeof planItemSchema>

/** https://support.huaweicloud.com/intl/en-us/api-aos/GetExecutionPlanMetadata.html */
const planMetadataSchema = v.object({
  execution_plan_id: v.string(),
  status: v.string(),
  status_message: text,
})

export type PlanMetadata = v.InferOutput<typeof planMetadataSchema>

const pageInfo = v.nullish(v.object({ next_marker: text }))

/** The stack's name; with the id, a later stack of that name is excluded. */
export type StackPlace = Pick<RfsStackId, 'project' | 'name'> & { readonly id?: string }

/** The result of a call that changes something: the answer's body, or RFS's refusal. */
export type Accepted =
  | { readonly accepted: true; readonly deploymentId?: string }
  | { readonly accepted: false; readonly refusal: HttpAnswer }

const MOST_PAGES = 20

/**
 * RFS's stacks, the calls that the provider needs. Makes each call once and checks its answer. Expected errors are
 * returned as answers; all others are thrown as `CloudError`.
 * https://support.huaweicloud.com/intl/en-us/api-aos/rf_04_0001.html
 */
export class RfsClient extends HuaweiServiceClient {
  constructor(huawei: HuaweiClient, secrets: Secrets) {
    super(huawei, secrets, 'RFS', 'project')
  }

  /** `undefined` where the stack does not exist, or another one has its name. */
  async metadata(place: StackPlace): Promise<RfsStack | undefined> {
    const action = 'RFS GetStackMetadata'
    const answer = await this.call({
      action,
      method: 'GET',
      path: `${pathOf(place)}/metadata${query({ stack_id: place.id })}`,
    })
    if (isMissing(answer)) return undefined
    return this.parse(stackSchema, answer, action)
  }

  async create(
    project: string,
    body: JsonObject,
  ): Promise<{ readonly id: string; readonly deploymentId?: string } | { readonly refusal: HttpAnswer }> {
    const action = 'RFS CreateStack'
    const answer = await this.call({
      action,
      method: 'POST',
      path: `/v1/${encodeURIComponent(project)}/stacks`,
      body,
    })
    if (answer.status === 409) return { refusal: answer }
    const schema = v.object({ stack_id: v.string(), deployment_id: text })
    const { stack_id, deployment_id } = this.parse(schema, answer, action)
    return { id: stack_id, ...deploymentOf(deployment_id) }
  }

  /** Template and variables. */
  async deploy(place: StackPlace, body: JsonObject): Promise<Accepted> {
    const action = 'RFS DeployStack'
    const path = `${pathOf(place)}/deployments`
    const outcome = await this.#deploying({ action, method: 'POST', path, body })
    // Without it nothing tells an end of this deployment from one before it.
    if (outcome.accepted && outcome.deploymentId === undefined)
      throw new CloudError('unavailable', `${action}: the answer names no deployment`, { unreadable: true })
    return outcome
  }

  /** The attributes that a deployment does not change, such as the description. */
  async updateAttributes(place: StackPlace, body: JsonObject): Promise<Accepted> {
    const outcome = await this.#deploying({
      action: 'RFS UpdateStack',
      method: 'PATCH',
      path: pathOf(place),
      body,
    })
    // The code for an update that changes nothing.
    return !outcome.accepted && huaweiFaultOf(outcome.refusal)?.code === 'RF.10011084'
      ? { accepted: true }
      : outcome
  }

  /** RFS's refusal; `undefined`: RFS makes the plan. https://support.huaweicloud.com/intl/en-us/api-aos/CreateExecutionPlan.html */
  async createPlan(place: StackPlace, body: JsonObject): Promise<HttpAnswer | undefined> {
    const action = 'RFS CreateExecutionPlan'
    const path = `${pathOf(place)}/execution-plans`
    const outcome = await this.change({ action, method: 'POST', path, body })
    return outcome.accepted ? undefined : outcome.refusal
  }

  /** `undefined`: there is no plan of this name. */
  async planMetadata(place: StackPlace, plan: string): Promise<PlanMetadata | undefined> {
    const action = 'RFS GetExecutionPlanMetadata'
    const path = `${planPath(place, plan)}/metadata${query({ stack_id: place.id })}`
    const answer = await this.call({ action, method: 'GET', path })
    if (isMissing(answer)) return undefined
    return this.parse(planMetadataSchema, answer, action)
  }

  async planItems(place: StackPlace, plan: string): Promise<readonly PlanItem[]> {
    const action = 'RFS GetExecutionPlan'
    const path = `${planPath(place, plan)}${query({ stack_id: place.id })}`
    const answer = await this.call({ action, method: 'GET', path })
    const schema = v.object({ execution_plan_items: v.nullish(v.array(planItemSchema)) })
    return this.parse(schema, answer, action, 'execution_plan_items').execution_plan_items ?? []
  }

  /** RFS's refusal, as while it is at work on the plan. https://support.huaweicloud.com/intl/en-us/api-aos/DeleteExecutionPlan.html */
  async deletePlan(place: StackPlace, plan: string): Promise<HttpAnswer | undefined> {
    const action = 'RFS DeleteExecutionPlan'
    const path = `${planPath(place, plan)}${query({ stack_id: place.id })}`
    const outcome = await this.change({ action, method: 'DELETE', path })
    return outcome.accepted || isMissing(outcome.refusal) ? undefined : outcome.refusal
  }

  async continueRollback(place: StackPlace): Promise<Accepted> {
    return this.#deploying({
      action: 'RFS ContinueRollbackStack',
      method: 'POST',
      path: `${pathOf(place)}/rollbacks`,
      body: { ...(place.id === undefined ? {} : { stack_id: place.id }) },
    })
  }

  /** With `retain`, RFS removes the stack and keeps its resources. */
  async delete(place: StackPlace, { retain }: { readonly retain: boolean }): Promise<Accepted> {
    return retain
      ? this.#deploying({
          action: 'RFS DeleteStackEnhanced',
          method: 'POST',
          path: `${pathOf(place)}/deletion`,
          body: {
            ...(place.id === undefined ? {} : { stack_id: place.id }),
            retain_all_resources: true,
          },
        })
      : this.#deploying({
          action: 'RFS DeleteStack',
          method: 'DELETE',
          path: `${pathOf(place)}${query({ stack_id: place.id })}`,
        })
  }

  /** Empty for a stack that does not exist. */
  async outputs(place: StackPlace): Promise<readonly RfsOutput[]> {
    const action = 'RFS ListStackOutputs'
    const schema = v.object({ outputs: v.nullish(v.array(outputSchema)), page_info: pageInfo })
    return wholeList(action, MOST_PAGES, async (marker) =>
      this.#page(action, `${pathOf(place)}/outputs`, { stack_id: place.id, marker }, (answer) => {
        const { outputs, page_info } = this.parse(schema, answer, action, 'outputs')
        return { items: outputs, next: page_info?.next_marker }
      }),
    )
  }

  /**
   * Newest first, until one is `last` (which is returned too) or there are no more; empty for a stack that does not
   * exist. `onLimit`: called where there are more pages than are read.
   */
  async events(
    place: StackPlace,
    deploymentId: string | undefined,
    last: (event: RfsEvent) => boolean = () => false,
    onLimit: () => void = () => undefined,
  ): Promise<readonly RfsEvent[]> {
    const action = 'RFS ListStackEvents'
    const schema = v.object({ stack_events: v.nullish(v.array(eventSchema)), page_info: pageInfo })
    const parameters = { stack_id: place.id, deployment_id: deploymentId }
    const { items: events, cut } = await readPages(
      async (marker) =>
        this.#page(action, `${pathOf(place)}/events`, { ...parameters, marker }, (answer) => {
          const { stack_events, page_info } = this.parse(schema, answer, action, 'stack_events')
          const items = stack_events ?? []
          const end = items.findIndex(last)
          return end === -1
            ? { items, next: page_info?.next_marker }
            : { items: items.slice(0, end + 1), next: undefined }
        }),
      { most: MOST_PAGES },
    )
    if (cut !== undefined) onLimit()
    return events
  }

  /** Without items where the stack does not exist. */
  async #page<Item>(
    action: string,
    path: string,
    parameters: Readonly<Record<string, string | undefined>>,
    read: (answer: HttpAnswer) => ListPage<Item>,
  ): Promise<ListPage<Item>> {
    const answer = await this.call({ action, method: 'GET', path: `${path}${query(parameters)}` })
    return isMissing(answer) ? { items: [], next: undefined } : read(answer)
  }

  async #deploying(call: Omit<HuaweiCall, 'scope'>): Promise<Accepted> {
    const outcome = await this.change(call)
    if (!outcome.accepted) return outcome
    const parsed = v.safeParse(v.object({ deployment_id: text }), outcome.json)
    return { accepted: true, ...(parsed.success ? deploymentOf(parsed.output.deployment_id) : {}) }
  }
}

/**
 * Only RFS's own error counts: a gateway's 404 would make an existing stack seem deleted. The second code: another
 * stack has the name now.
 */
export function isMissing(answer: HttpAnswer): boolean {
  const code = huaweiFaultOf(answer)?.code
  return (
    (answer.status === 404 && code?.startsWith('RF.') === true) ||
    (answer.status === 400 && code === 'RF.10011015')
  )
}

export function isTaken(answer: HttpAnswer): boolean {
  return answer.status === 409 && huaweiFaultOf(answer)?.code === 'RF.10013502'
}

function deploymentOf(id: string | null | undefined): { deploymentId?: string } {
  return id === undefined || id === null ? {} : { deploymentId: id }
}

function pathOf({ project, name }: StackPlace): string {
  return `/v1/${encodeURIComponent(project)}/stacks/${encodeURIComponent(name)}`
}

function planPath(place: StackPlace, plan: string): string {
  return `${pathOf(place)}/execution-plans/${encodeURIComponent(plan)}`
}
