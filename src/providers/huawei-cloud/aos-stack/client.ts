import * as v from 'valibot'
import type { JsonObject, JsonValue } from '../../../platform/json.ts'
import { isJsonValue } from '../../../platform/json.ts'
import type { Secrets } from '../../../platform/secrets.ts'
import type { HttpAnswer } from '../../http/http-exchange.ts'
import type { HuaweiCall, HuaweiClient } from '../client.ts'
import { huaweiFaultOf, isOfGateway } from '../error.ts'
import { HuaweiServiceClient } from '../service-client.ts'

const text = v.nullish(v.string())

const stackSchema = v.object({
  guid: v.string(),
  name: v.string(),
  status: text,
  description: text,
  template_id: text,
  cluster_id: text,
  namespace: text,
  labels: v.optional(v.unknown()),
  create_at: text,
})

export type AosStack = v.InferOutput<typeof stackSchema>

const phaseSchema = v.object({ phase: text, message: text, reason: text, update_at: text })

export type AosPhase = v.InferOutput<typeof phaseSchema>

/** The record of one run of a stack's lifecycle. */
const executionSchema = v.object({
  metadata: v.object({ name: v.string(), creationTimestamp: text }),
  spec: v.nullish(v.object({ actionName: text })),
  status: v.nullish(
    v.object({
      actionName: text,
      progress: v.nullish(v.number()),
      objectStatus: v.nullish(phaseSchema),
      /** The keys are the elements' names. */
      subObjectStatus: v.optional(v.unknown()),
    }),
  ),
})

export type AosExecution = v.InferOutput<typeof executionSchema>

const json = v.custom<JsonValue>((given) => isJsonValue(given))
const outputsSchema = v.object({
  outputs: v.nullish(v.record(v.string(), v.object({ value: v.nullish(json) }))),
})

/** The result of a call that changes something: the id of the run that it started, or AOS's refusal. */
export type Accepted =
  | { readonly accepted: true; readonly actionId?: string }
  | { readonly accepted: false; readonly refusal: HttpAnswer }

/**
 * AOS's stacks, the calls that the provider needs. Makes each call once and checks its answer. Expected errors are
 * returned as answers; all others are thrown as `CloudError`.
 * https://support.huaweicloud.com/intl/en-us/api-aos/aos_02_0022.html
 */
export class AosClient extends HuaweiServiceClient {
  constructor(huawei: HuaweiClient, secrets: Secrets) {
    super(huawei, secrets, 'AOS', 'project')
  }

  async create(body: JsonObject): Promise<AosStack | { readonly refusal: HttpAnswer }> {
    const action = 'AOS stack create'
    const answer = await this.call({ action, method: 'POST', path: '/v2/stacks', body })
    return isTaken(answer) ? { refusal: answer } : this.parse(stackSchema, answer, action)
  }

  async stack(guid: string): Promise<AosStack | undefined> {
    const action = 'AOS stack query'
    const answer = await this.call({ action, method: 'GET', path: pathOf(guid) })
    return isMissing(answer) ? undefined : this.parse(stackSchema, answer, action)
  }

  /** The GUID of the project's stack of that name. */
  async guidOf(project: string, name: string): Promise<string | undefined> {
    const action = 'AOS stack list'
    const path = `/v2/stacks?project_id=${encodeURIComponent(project)}&name=${encodeURIComponent(name)}`
    const answer = await this.call({ action, method: 'GET', path })
    const stacks = this.parse(v.nullish(v.array(stackSchema)), answer, action) ?? []
    // The documents do not say whether the query matches the whole name.
    return stacks.find((stack) => stack.name === name)?.guid
  }

  async act(guid: string, body: JsonObject): Promise<Accepted> {
    return this.#running({
      action: `AOS stack ${typeof body['lifecycle'] === 'string' ? body['lifecycle'] : 'action'}`,
      method: 'PUT',
      path: `${pathOf(guid)}/actions`,
      body,
    })
  }

  /** AOS forces only a deletion that has failed before. */
  async delete(guid: string, { force }: { readonly force: boolean }): Promise<Accepted> {
    const path = `${pathOf(guid)}${force ? '?force=true' : ''}`
    return this.#running({ action: 'AOS stack delete', method: 'DELETE', path })
  }

  /**
   * The latest ten runs of the lifecycle, or only the last one; newest first. Empty for a stack that does not exist.
   */
  async executions(guid: string, { last }: { readonly last: boolean }): Promise<AosExecution[]> {
    const action = 'AOS execution list'
    const path = `${pathOf(guid)}/actions${last ? '?last=true' : ''}`
    const answer = await this.call({ action, method: 'GET', path })
    if (isMissing(answer)) return []
    const schema = v.nullish(v.union([v.array(executionSchema), executionSchema]))
    const found = this.parse(schema, answer, action) ?? []
    return newestFirst(Array.isArray(found) ? found : [found])
  }

  async execution(guid: string, actionId: string): Promise<AosExecution | undefined> {
    const action = 'AOS execution query'
    const path = `${pathOf(guid)}/actions/${encodeURIComponent(actionId)}`
    const answer = await this.call({ action, method: 'GET', path })
    return isMissing(answer) ? undefined : this.parse(executionSchema, answer, action)
  }

  /** Empty for a stack that does not exist. */
  async outputs(guid: string): Promise<Readonly<Record<string, JsonValue>>> {
    const action = 'AOS stack outputs'
    const answer = await this.call({ action, method: 'GET', path: `${pathOf(guid)}/outputs` })
    if (isMissing(answer)) return {}
    const { outputs } = this.parse(outputsSchema, answer, action, 'outputs')
    return Object.fromEntries(Object.entries(outputs ?? {}).map(([name, { value }]) => [name, value ?? null]))
  }

  async #running(call: Omit<HuaweiCall, 'scope'>): Promise<Accepted> {
    const outcome = await this.change(call)
    if (!outcome.accepted) return outcome
    const parsed = v.safeParse(v.object({ action_id: v.pipe(v.string(), v.nonEmpty()) }), outcome.json)
    return { accepted: true, ...(parsed.success ? { actionId: parsed.output.action_id } : {}) }
  }
}

/** Only AOS's own error counts: a gateway's 404 would make an existing stack seem deleted. */
export function isMissing(answer: HttpAnswer): boolean {
  const fault = huaweiFaultOf(answer)
  // AOS's codes have a number, such as 02030008 or SVCSTG.AOS.4000122.
  return answer.status === 404 && fault !== undefined && !isOfGateway(fault) && /\d{4}/.test(fault.code)
}

/** AOS uses the code 02030008 for every body that it refuses; only the text says why. */
function isTaken(answer: HttpAnswer): boolean {
  const message = huaweiFaultOf(answer)?.message ?? ''
  return (answer.status === 400 || answer.status === 409) && /stack name is already exist/i.test(message)
}

/** The order of the list is not documented. */
function newestFirst(executions: readonly AosExecution[]): AosExecution[] {
  return [...executions].sort(
    (one, other) => timeOf(other.metadata.creationTimestamp) - timeOf(one.metadata.creationTimestamp),
  )
}

function timeOf(time: string | null | undefined): number {
  const at = Date.parse(time ?? '')
  return Number.isNaN(at) ? 0 : at
}

function pathOf(guid: string): string {
  return `/v2/stacks/${encodeURIComponent(guid)}`
}
