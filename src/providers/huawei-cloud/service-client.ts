import * as v from 'valibot'
import { isJsonObject, type JsonValue } from '../../platform/json.ts'
import type { Secrets } from '../../platform/secrets.ts'
import type { HttpAnswer } from '../http/http-exchange.ts'
import { CloudError } from '../provider.ts'
import type { HuaweiCall, HuaweiClient } from './client.ts'
import { huaweiFaultOf, toHuaweiError } from './error.ts'

/** The result of a call that changes something: the answer's body, or the service's refusal. */
export type Changed =
  | { readonly accepted: true; readonly json: JsonValue | undefined }
  | { readonly accepted: false; readonly refusal: HttpAnswer }

/** The base of all clients of Huawei Cloud's services: makes calls in one scope and checks their answers. */
export abstract class HuaweiServiceClient {
  protected readonly huawei: HuaweiClient
  readonly #secrets: Secrets
  readonly #service: string
  readonly #scope: HuaweiCall['scope']

  /** `service`: for messages, for example `RFS`. */
  constructor(huawei: HuaweiClient, secrets: Secrets, service: string, scope: HuaweiCall['scope']) {
    this.huawei = huawei
    this.#secrets = secrets
    this.#service = service
    this.#scope = scope
  }

  projectId(): Promise<string> {
    return this.huawei.projectId()
  }

  error(answer: HttpAnswer, action: string): CloudError {
    return toHuaweiError(answer, action, this.#secrets)
  }

  protected call(call: Omit<HuaweiCall, 'scope'>): Promise<HttpAnswer> {
    return this.huawei.call({ ...call, scope: this.#scope })
  }

  /**
   * Returns a refusal whose status can mean that the stack's state does not allow the call; throws a `CloudError` for
   * others, and for the page of a proxy: the call behind it may have been carried out.
   */
  protected async change(call: Omit<HuaweiCall, 'scope'>): Promise<Changed> {
    const answer = await this.call(call)
    if (answer.status >= 200 && answer.status < 300) {
      if (!isOfService(answer)) throw this.#unreadable(call.action)
      return { accepted: true, json: answer.json }
    }
    const isRefusal = [400, 403, 404, 409].includes(answer.status) && huaweiFaultOf(answer) !== undefined
    if (isRefusal) return { accepted: false, refusal: answer }
    throw this.error(answer, call.action)
  }

  /**
   * Throws a `CloudError` for an error, and for an answer that is not the service's. `list`: the field of an answer whose
   * other fields tell nothing.
   */
  protected parse<Schema extends v.GenericSchema<unknown, unknown>>(
    schema: Schema,
    answer: HttpAnswer,
    action: string,
    list?: string,
  ): v.InferOutput<Schema> {
    if (answer.status < 200 || answer.status >= 300) throw this.error(answer, action)
    const parsed = v.safeParse(schema, answer.json)
    const isForeign = answer.json === undefined || (list !== undefined && isWithout(list, answer.json))
    if (parsed.success && !isForeign) return parsed.output
    throw this.#unreadable(action)
  }

  #unreadable(action: string): CloudError {
    return new CloudError('unavailable', `${action}: the answer is not one of ${this.#service}'s`, {
      unreadable: true,
    })
  }
}

/** Any answer but a page: a proxy's in front of the service does not show whether the call was made. */
function isOfService(answer: HttpAnswer): boolean {
  return answer.json !== undefined || !(answer.header('content-type') ?? '').includes('html')
}

/**
 * The documents do not say whether an empty list is left out. If it is, nothing is in its place: what another service says
 * must not make a stack's outputs or instances seem deleted.
 */
function isWithout(list: string, json: JsonValue): boolean {
  return !isJsonObject(json) || (!(list in json) && Object.keys(json).some((name) => name !== 'page_info'))
}

/** `?name=value&…` of the given parameters; empty where there are none. */
export function query(parameters: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  )
  return given.length === 0 ? '' : `?${given.join('&')}`
}
