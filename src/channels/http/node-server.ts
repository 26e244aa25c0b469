import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Logger } from '../../platform/log.ts'
import { refusal, type HttpHandler, type HttpReply, type HttpRequest } from './exchange.ts'

export interface NodeServerOptions {
  readonly handle: HttpHandler
  readonly log: Logger
  /** A larger body is refused before it has been read. */
  readonly limitBytes: number
}

/** How long a client may take to send its headers, and its whole request. */
const HEADERS_TIMEOUT_MS = 10_000
const REQUEST_TIMEOUT_MS = 60_000

/** Node's server in front of a handler. No request, and no defect of the handler, ends the process. */
export function createNodeServer({ handle, log, limitBytes }: NodeServerOptions): Server {
  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(incoming, limitBytes)
    if (body === undefined) {
      // What is left of the request is not read: the connection cannot be used again.
      send(
        response,
        refusal(413, `the request is larger than ${String(limitBytes)} bytes`, { connection: 'close' }),
      )
      return
    }
    send(response, await handle({ ...headOf(incoming), body }))
  }
  return createServer(
    { headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS },
    (incoming, response) => {
      serve(incoming, response).catch((error: unknown) => {
        // Whoever broke off does not wait for a reply.
        if (incoming.destroyed && !incoming.complete) return
        log.error({ err: error }, 'a defect of the bridge stopped a request')
        if (response.headersSent) response.destroy()
        else send(response, refusal(500, 'the bridge itself failed; its log has the details'))
      })
    },
  )
}

function headOf({ method = '', url = '', headers }: IncomingMessage): Omit<HttpRequest, 'body'> {
  const single = Object.entries(headers).map(
    ([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value] as const,
  )
  return { method, target: url, headers: Object.fromEntries(single) }
}

/** The whole body; `undefined` as soon as it is known to be larger than the limit. */
async function readBody(incoming: IncomingMessage, limitBytes: number): Promise<Uint8Array | undefined> {
  if (Number(incoming.headers['content-length'] ?? 0) > limitBytes) return undefined
  const chunks: Uint8Array[] = []
  let bytes = 0
  // Leaving the loop must not destroy the connection, which still has to bear the refusal.
  for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
    if (!(chunk instanceof Uint8Array)) continue
    bytes += chunk.byteLength
    if (bytes > limitBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function send(response: ServerResponse, { status, headers, body }: HttpReply): void {
  response.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(body)) }).end(body)
}
