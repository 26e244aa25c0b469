/**
 * Replaces undici's main file in the bundle, which would add fetch, WebSocket, cookies, caches and mocks. The bridge uses only
 * `request`, always with its own agent and connector.
 */
import Agent from '../node_modules/undici/lib/dispatcher/agent.js'
import requestBy from '../node_modules/undici/lib/api/api-request.js'
import buildConnector from '../node_modules/undici/lib/core/connect.js'

export { Agent, buildConnector }

export function request(url, { dispatcher, ...options }) {
  return requestBy.call(dispatcher, {
    ...options,
    origin: url.origin,
    path: `${url.pathname}${url.search}`,
  })
}
