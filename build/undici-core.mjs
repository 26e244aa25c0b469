/**
 * Stands in the function's bundle for undici's main file, which brings fetch, WebSocket, cookies, caches and mocks along.
 * What the bridge uses of it is one kind of request, over an agent and a connector that it always gives.
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
