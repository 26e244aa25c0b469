import { Pool, ProxyAgent, type Dispatcher } from 'undici'
import { secureContextOf, type TlsOptions } from './guarded-connector.ts'
import { skipContinueResponses } from './interim-responses.ts'
import { CONNECT_TIMEOUT_MS } from './network-limits.ts'
import type { ProxyServer } from './proxy.ts'

/**
 * The only module that imports undici's proxy agent. Import it dynamically, where there is a proxy: few functions have one.
 */

/**
 * Asks the environment's proxy, which is exempt from the address rule: for a tunnel to an https: server, and for the answer
 * of an http: one.
 */
export function proxyAgent(
  { origin, authorization }: ProxyServer,
  tls: TlsOptions,
  limits: Pool.Options,
): Dispatcher {
  return new ProxyAgent({
    uri: origin,
    ...(authorization === undefined ? {} : { token: authorization }),
    proxyTunnel: false,
    ...limits,
    proxyTls: { timeout: CONNECT_TIMEOUT_MS },
    requestTls: {
      timeout: CONNECT_TIMEOUT_MS,
      secureContext: secureContextOf(tls),
      ...(tls.rejectUnauthorized === undefined ? {} : { rejectUnauthorized: tls.rejectUnauthorized }),
    },
    clientFactory: (proxy, given) => new Pool(proxy, { ...limits, ...given }),
    factory: (target, given: Pool.Options) => new Pool(target, { ...limits, ...skippingContinue(given) }),
  })
}

function skippingContinue(options: Pool.Options): Pool.Options {
  const { connect } = options
  if (typeof connect !== 'function') return options
  return {
    ...options,
    connect: (target, callback) => {
      connect(target, (...result) => {
        if (result[0] === null) callback(null, skipContinueResponses(result[1]))
        else callback(result[0], null)
      })
    },
  }
}
