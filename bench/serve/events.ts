import { Agent, request } from 'node:http'
import type { Ready } from './clouds.ts'
import type { ServerProcess } from './server-process.ts'

/** A Create of a stack whose template has about `templateBytes` bytes, as ROS sends it. */
export function createEvent(index: number, clouds: Ready, templateBytes: number): string {
  return JSON.stringify(
    createOf(index, clouds, { Name: `serve-${String(index)}`, Template: templateOf(templateBytes) }),
  )
}

/** A Create of this stack, as ROS sends it. */
export function createOf(
  index: number,
  clouds: Ready,
  stack: { readonly Name: string; readonly Template: string },
): object {
  return {
    RequestType: 'Create',
    RequestId: `request-${String(index)}`,
    StackId: 'bench',
    StackName: 'bench',
    LogicalResourceId: `R${String(index)}`,
    ResourceType: 'Custom::AwsCloudFormationStack',
    ResponseURL: `${clouds.responseUrl}/${String(index)}`,
    ResourceProperties: {
      AccessKeyId: clouds.key.accessKeyId,
      AccessKeySecret: clouds.key.secretAccessKey,
      RegionId: clouds.region,
      Endpoint: clouds.url,
      Stack: { ...stack, Parameters: {} },
    },
  }
}

function templateOf(bytes: number): string {
  const Resources = { Thing: { Type: 'Sandbox::Resource' } }
  return JSON.stringify({ Description: 'about this stack '.repeat(bytes / 17), Resources })
}

/** Connections that send at once: the server closes those above its `STACKBRIDGE_MAX_CONNECTIONS`. */
const CONNECTIONS = 64

/** Sends the events at once. Rejects if the server refuses one. */
export async function sendAll(events: Iterable<string>, server: ServerProcess): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  try {
    await Promise.all(Array.from(events, (event) => send(event, server, agent)))
  } finally {
    agent.destroy()
  }
}

function send(event: string, server: ServerProcess, agent: Agent): Promise<void> {
  const { url, token } = server
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(event)),
  }
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/ros`, { agent, method: 'POST', headers }, (response) => {
      response.resume()
      if (response.statusCode === 202) response.on('end', () => void resolve())
      else reject(new Error(`the server replied ${String(response.statusCode)} to an event`))
    })
    sent.on('error', (error) => {
      // The server closes a connection that was idle for seconds: https://nodejs.org/api/http.html#requestreusedsocket
      if (sent.reusedSocket && 'code' in error && error.code === 'ECONNRESET')
        send(event, server, agent).then(resolve, reject)
      else reject(error)
    })
    sent.end(event)
  })
}
