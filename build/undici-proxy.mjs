/**
 * The part of undici for requests through a proxy. It replaces the package where `src/platform/proxy-agent.ts` imports it. The
 * package's main file gives each dispatcher its methods; the proxy agent uses one of them.
 */
import Dispatcher from '../node_modules/undici/lib/dispatcher/dispatcher.js'
import Pool from '../node_modules/undici/lib/dispatcher/pool.js'
import ProxyAgent from '../node_modules/undici/lib/dispatcher/proxy-agent.js'
import connect from '../node_modules/undici/lib/api/api-connect.js'

Dispatcher.prototype.connect = connect

export { Pool, ProxyAgent }
