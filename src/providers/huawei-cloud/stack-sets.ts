import * as v from 'valibot'
import { wholeList } from '../http/whole-list.ts'
import type { JsonObject } from '../../platform/json.ts'
import type { Secrets } from '../../platform/secrets.ts'
import type { HttpAnswer } from '../http/http-exchange.ts'
import type { HuaweiCall, HuaweiClient } from './client.ts'
import { huaweiFaultOf } from './error.ts'
import { HuaweiServiceClient, query } from './service-client.ts'
import type { HuaweiScope } from './scope.ts'
import { variableNames } from './tfvars.ts'
import type { CloudError } from '../provider.ts'
import { unexplained } from '../provider.ts'

const text = v.nullish(v.string())

/** Only the names of the variables: the values may be secrets and are not needed. */
const names = v.pipe(
  text,
  v.transform((tfvars) => variableNames(tfvars ?? '')),
)

const stackSetSchema = v.object({
  stack_set_id: v.string(),
  stack_set_name: v.string(),
  stack_set_description: text,
  initial_stack_description: text,
  permission_model: text,
  administration_agency_name: text,
  administration_agency_urn: text,
  managed_agency_name: text,
  managed_operation: v.nullish(v.object({ enable_parallel_operation: v.nullish(v.boolean()) })),
  organizational_unit_ids: v.nullish(v.array(v.string())),
  vars_body: v.optional(names, null),
  vars_uri_content: v.optional(names, null),
  status: v.string(),
  create_time: text,
})

export type RfsStackSet = v.InferOutput<typeof stackSetSchema>

const instanceSchema = v.object({
  region: v.string(),
  stack_domain_id: v.string(),
  status: v.string(),
  status_message: text,
  stack_id: text,
  stack_name: text,
  latest_stack_set_operation_id: text,
  update_time: text,
})

export type RfsStackInstance = v.InferOutput<typeof instanceSchema>

const operationSchema = v.object({
  stack_set_operation_id: v.string(),
  action: v.string(),
  status: v.string(),
  status_message: text,
  create_time: text,
})

export type RfsStackSetOperation = v.InferOutput<typeof operationSchema>

/** The result of a call that changes something. `operationId`: RFS's id of the operation that it started. */
export type SetAccepted =
  | { readonly accepted: true; readonly operationId?: string }
  | { readonly accepted: false; readonly refusal: HttpAnswer }

const MOST_PAGES = 100

/**
 * RFS's stack sets, their instances and operations. Makes each call once and checks its answer. Expected errors are
 * returned as answers; all others are thrown as `CloudError`.
 * https://support.huaweicloud.com/intl/en-us/api-aos/CreateStackInstance.html
 */
export class RfsStackSets extends HuaweiServiceClient {
  readonly #callIdentity: string | undefined

  /** `callIdentity`: the role of the account in its organization, where the properties give it. */
  constructor(huawei: HuaweiClient, secrets: Secrets, callIdentity?: string) {
    super(huawei, secrets, 'RFS', 'account')
    this.#callIdentity = callIdentity
  }

  /** Names of sets are unique in the scope, and no path contains it. */
  scope(): Promise<HuaweiScope> {
    return this.huawei.accountScope()
  }

  /** `undefined` where no set has that name, or where another set than `id` has it now. */
  async metadata(name: string, id?: string): Promise<RfsStackSet | undefined> {
    const action = 'RFS ShowStackSetMetadata'
    const answer = await this.#get(action, `${pathOf(name)}/metadata`)
    if (isSetMissing(answer)) return undefined
    const set = this.parse(stackSetSchema, answer, action)
    return id === undefined || set.stack_set_id === id ? set : undefined
  }

  async create(body: JsonObject): Promise<{ readonly id: string } | { readonly refusal: HttpAnswer }> {
    const action = 'RFS CreateStackSet'
    const answer = await this.call({ action, method: 'POST', path: '/v1/stack-sets', body })
    if (answer.status === 409) return { refusal: answer }
    return { id: this.parse(v.object({ stack_set_id: v.string() }), answer, action).stack_set_id }
  }

  /** Changes everything but the template and the variables. */
  async update(name: string, body: JsonObject): Promise<SetAccepted> {
    const outcome = await this.#change('RFS UpdateStackSet', 'PATCH', pathOf(name), body)
    // The code for an update that changes nothing.
    return !outcome.accepted && huaweiFaultOf(outcome.refusal)?.code === 'RF.10011084'
      ? { accepted: true }
      : outcome
  }

  /** Changes the template and the variables, and deploys to the instances that the body's targets name. */
  async deploy(name: string, body: JsonObject): Promise<SetAccepted> {
    return this.#change('RFS DeployStackSet', 'POST', `${pathOf(name)}/deployments`, body)
  }

  /** RFS deletes only a set without instances. */
  async delete(name: string, id: string): Promise<SetAccepted> {
    return this.#change(
      'RFS DeleteStackSet',
      'DELETE',
      `${pathOf(name)}${query({ stack_set_id: id, call_identity: this.#callIdentity })}`,
    )
  }

  async createInstances(name: string, body: JsonObject): Promise<SetAccepted> {
    return this.#change('RFS CreateStackInstance', 'POST', `${pathOf(name)}/stack-instances`, body)
  }

  async updateInstances(name: string, body: JsonObject): Promise<SetAccepted> {
    return this.#change('RFS UpdateStackInstances', 'PATCH', `${pathOf(name)}/stack-instances`, body)
  }

  async deleteInstances(name: string, body: JsonObject): Promise<SetAccepted> {
    return this.#change('RFS DeleteStackInstance', 'POST', `${pathOf(name)}/stack-instances/deletion`, body)
  }

  /** All of the set's; empty for a set that does not exist. */
  async instances(name: string): Promise<readonly RfsStackInstance[]> {
    const action = 'RFS ListStackInstances'
    const schema = v.object({
      stack_instances: v.nullish(v.array(instanceSchema)),
      page_info: v.nullish(v.object({ next_marker: text })),
    })
    // An incomplete list would make existing instances seem deleted.
    return wholeList(action, MOST_PAGES, async (marker) => {
      const answer = await this.#get(action, `${pathOf(name)}/stack-instances`, { marker })
      if (isSetMissing(answer)) return { items: [], next: undefined }
      const { stack_instances, page_info } = this.parse(schema, answer, action, 'stack_instances')
      return { items: stack_instances, next: page_info?.next_marker }
    })
  }

  async operation(name: string, id: string): Promise<RfsStackSetOperation | undefined> {
    const action = 'RFS ShowStackSetOperationMetadata'
    const answer = await this.#get(action, `${pathOf(name)}/operations/${encodeURIComponent(id)}/metadata`)
    return isSetMissing(answer) ? undefined : this.parse(operationSchema, answer, action)
  }

  /**
   * Whether RFS refused the call because an operation runs. RFS documents no code for that, so the set's status
   * decides.
   */
  async isBusy(name: string, refusal: HttpAnswer): Promise<boolean> {
    return mayBeBusy(refusal) && (await this.metadata(name))?.status === 'OPERATION_IN_PROGRESS'
  }

  /** The error for a refused change. Where an operation may run that reads do not show yet, it is worth another attempt. */
  refused(refusal: HttpAnswer, action: string): CloudError {
    const error = this.error(refusal, action)
    return mayBeBusy(refusal) ? unexplained(error) : error
  }

  #get(
    action: string,
    path: string,
    parameters: Readonly<Record<string, string | undefined>> = {},
  ): Promise<HttpAnswer> {
    const all = { call_identity: this.#callIdentity, ...parameters }
    return this.call({ action, method: 'GET', path: `${path}${query(all)}` })
  }

  async #change(
    action: string,
    method: HuaweiCall['method'],
    path: string,
    body?: JsonObject,
  ): Promise<SetAccepted> {
    const outcome = await this.change({ action, method, path, ...(body === undefined ? {} : { body }) })
    if (!outcome.accepted) return outcome
    const parsed = v.safeParse(v.object({ stack_set_operation_id: v.string() }), outcome.json)
    return {
      accepted: true,
      ...(parsed.success ? { operationId: parsed.output.stack_set_operation_id } : {}),
    }
  }
}

/** Only RFS's own error counts: a gateway's 404 would make an existing set seem deleted. */
export function isSetMissing(answer: HttpAnswer): boolean {
  return answer.status === 404 && huaweiFaultOf(answer)?.code.startsWith('RF.') === true
}

function pathOf(name: string): string {
  return `/v1/stack-sets/${encodeURIComponent(name)}`
}

/** RFS documents no code for "an operation runs". Denied rights are no such refusal. */
function mayBeBusy(refusal: HttpAnswer): boolean {
  return (refusal.status === 403 || refusal.status === 409) && huaweiFaultOf(refusal)?.code !== 'RF.10012507'
}
