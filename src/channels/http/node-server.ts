import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Clock } from '../../platform/clock.ts'
import type { Logger } from '../../platform/log.ts'
import { BodyBudget } from './body-budget.ts'
import { refusal, tooLarge, type HttpEntry, type HttpReply, type RequestHead } from './exchange.ts'
import { readBody } from './request-body.ts'

export interface NodeServerOptions {
  readonly entry: HttpEntry
  readonly log: Logger
  readonly clock: Clock
  /** Further connections are closed as soon as they are accepted. */
  readonly maxConnections: number
  /** Bytes of all request bodies in memory at the same time; one body of `largestBodyBytes` always fits. */
  readonly bufferBytes: number
  /** The largest limit that `entry` sets, bytes. */
  readonly largestBodyBytes: number
  /** The last change of each reply, also of those that the server makes itself; called before it is sent. */
  readonly finish?: (head: RequestHead, reply: HttpReply) => HttpReply
}

/** The request line and the headers are one packet or two. A client that takes longer blocks a connection. */
const HEADERS_TIMEOUT_MS = 10_000
/** ROS cancels a request after ten seconds, MNS sooner: after that, the sender no longer waits. */
const REQUEST_TIMEOUT_MS = 15_000
/** How often Node checks the two limits above. With its default of 30 s, a request could last 45 s. */
const TIMEOUTS_CHECKED_MS = 2000
/**
 * How long, and how much, a refused client may continue to send. Closing the connection at once would reset it, and the
 * client could not read the reply.
 */
const LINGER_MS = 1000
const LINGER_BYTES = 4 * 1024 * 1024
/** A body leaves memory when its request is answered, after milliseconds, or times out, after seconds. */
const RETRY_AFTER_SECONDS = 5
/** The log has at most one line in this time about connections that were closed because there were too many. */
const DROPS_LOGGED_MS = 60_000

/**
 * Creates a server of Node that serves an entry; the caller makes it listen. The entry decides from the head whether the body
 * is read. Time, connections and memory are bounded. Neither a request nor a defect of the entry ends the process.
 */
export function createNodeServer(options: NodeServerOptions): Server {
  const { log, finish = unchanged } = options
  const serve = serverOf(options)
  const listener = (incoming: IncomingMessage, response: ServerResponse): void => {
    const head = headOf(incoming)
    serve(head, incoming, response).catch((error: unknown) => {
      // The client closed the connection: this is not a defect, and a reply cannot be sent.
      if (incoming.destroyed && !incoming.complete) return
      log.error({ err: error }, 'a defect of the bridge stopped a request')
      if (response.headersSent) response.destroy()
      else send(response, finish(head, refusal(500, 'the bridge itself failed; its log has the details')))
    })
  }
  const server = createServer(
    {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: TIMEOUTS_CHECKED_MS,
    },
    listener,
  )
  // Without this listener, Node itself would request the body before the entry has checked the head.
  server.on('checkContinue', listener)
  server.maxConnections = options.maxConnections
  logDrops(server, options)
  return server
}

/** What reads and answers one request. */
function serverOf({
  entry,
  log,
  clock,
  bufferBytes,
  largestBodyBytes,
  finish = unchanged,
}: NodeServerOptions) {
  const budget = new BodyBudget({ totalBytes: bufferBytes, largestBodyBytes })
  return async (head: RequestHead, incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const refuse = (reply: HttpReply) => {
      sendUnread(incoming, response, finish(head, reply), clock)
    }
    const admission = entry(head)
    if (!admission.admitted) {
      refuse(await admission.reply)
      return
    }
    const { limitBytes, isProven } = admission
    if (Number(head.headers['content-length'] ?? 0) > limitBytes) {
      refuse(tooLarge(limitBytes))
      return
    }
    if (expectsContinue(head)) response.writeContinue()
    // The end of the loop must not destroy the connection: the refusal is sent over it.
    const chunks = incoming.iterator({ destroyOnReturn: false })
    const read = await readBody(chunks, { limitBytes, isProven, budget })
    if (!read.ok) {
      if (read.why === 'no room') log.warn('a request was refused: too many are being read')
      refuse(read.why === 'too large' ? tooLarge(limitBytes) : noRoom())
      return
    }
    try {
      send(response, finish(head, await admission.serve(read.body)))
    } finally {
      read.release()
    }
  }
}

function unchanged(_head: RequestHead, reply: HttpReply): HttpReply {
  return reply
}

function logDrops(server: Server, { log, clock, maxConnections }: NodeServerOptions): void {
  let dropped = 0
  let loggedAt = -Infinity
  server.on('drop', () => {
    dropped += 1
    if (clock.now() - loggedAt < DROPS_LOGGED_MS) return
    log.warn({ dropped, maxConnections }, 'connections were closed: there are too many')
    dropped = 0
    loggedAt = clock.now()
  })
}

function headOf({ method = '', url = '', headers }: IncomingMessage): RequestHead {
  const single = Object.entries(headers).map(
    ([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value] as const,
  )
  return { method, target: url, headers: Object.fromEntries(single) }
}

function expectsContinue({ headers }: RequestHead): boolean {
  return headers['expect']?.toLowerCase() === '100-continue'
}

function noRoom(): HttpReply {
  return refusal(503, 'too many requests are being read; send it again later', {
    'retry-after': String(RETRY_AFTER_SECONDS),
  })
}

function send(response: ServerResponse, { status, headers, body }: HttpReply): void {
  response.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(body)) }).end(body)
}

/** Replies before the body has arrived, discards the part of it that arrives for a moment, and closes the connection. */
function sendUnread(
  incoming: IncomingMessage,
  response: ServerResponse,
  reply: HttpReply,
  clock: Clock,
): void {
  const hasBody =
    Number(incoming.headers['content-length'] ?? 0) > 0 || incoming.headers['transfer-encoding'] !== undefined
  if (!hasBody || incoming.complete) {
    send(response, reply)
    return
  }
  const { status, headers, body } = reply
  const length = String(Buffer.byteLength(body))
  response.writeHead(status, { ...headers, connection: 'close', 'content-length': length })
  response.write(body)
  const over = new AbortController()
  const end = () => {
    over.abort()
    response.end()
  }
  let remainingBytes = LINGER_BYTES
  incoming.on('data', (chunk: Uint8Array) => {
    remainingBytes -= chunk.byteLength
    if (remainingBytes < 0) end()
  })
  incoming.once('end', end)
  incoming.once('close', end)
  clock.sleep(LINGER_MS, over.signal).then(end, () => undefined)
}
