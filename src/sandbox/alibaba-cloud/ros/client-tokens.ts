import type { JsonObject } from '../../../platform/json.ts'
import { RpcError, type RpcRequest } from './rpc.ts'
import { clientToken } from './stack-request.ts'
import type { Place } from './stack-registry.ts'

/** The answers to requests with a client token. */
export class ClientTokens {
  readonly #tokens = new Map<string, { readonly fields: string; readonly answer: JsonObject }>()

  /**
   * A repeated token with the same request gets the first answer again, even when the stack has changed or is deleted.
   * https://www.alibabacloud.com/help/en/ros/developer-reference/ensure-idempotence
   */
  once(request: RpcRequest, { accountId, region }: Place, act: () => JsonObject): JsonObject {
    const token = clientToken(request)
    if (token === undefined) return act()
    const key = JSON.stringify([accountId, region, request.action, token])
    const fields = JSON.stringify(request.fields)
    const known = this.#tokens.get(key)
    if (known === undefined) {
      const answer = act()
      this.#tokens.set(key, { fields, answer })
      return answer
    }
    if (known.fields !== fields)
      throw new RpcError(
        400,
        'InvalidIdempotenceParameter',
        'The request uses the same client token as a previous, but non-identical request.',
      )
    return known.answer
  }
}
