import type { JsonObject } from '../../../platform/json.ts'
import { RpcError, type RpcRequest } from './rpc.ts'
import { clientToken } from './stack-request.ts'
import type { Place } from './stack-registry.ts'

/** The answers to requests with a client token. */
export class ClientTokens {
  readonly #tokens = new Map<string, { readonly wish: string; readonly answer: JsonObject }>()

  /**
   * A token that comes again with the same wish gets the same answer, whatever has become of the stack since.
   * https://www.alibabacloud.com/help/en/ros/developer-reference/ensure-idempotence
   */
  once(request: RpcRequest, { accountId, region }: Place, act: () => JsonObject): JsonObject {
    const token = clientToken(request)
    if (token === undefined) return act()
    const key = JSON.stringify([accountId, region, request.action, token])
    const wish = JSON.stringify(request.fields)
    const known = this.#tokens.get(key)
    if (known === undefined) {
      const answer = act()
      this.#tokens.set(key, { wish, answer })
      return answer
    }
    if (known.wish !== wish)
      throw new RpcError(
        400,
        'InvalidIdempotenceParameter',
        'The request uses the same client token as a previous, but non-identical request.',
      )
    return known.answer
  }
}
