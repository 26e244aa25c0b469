import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createHmac, randomBytes } from 'node:crypto'
import { listen } from '../loopback-server.ts'
import { readBody } from '../request-body.ts'
import { judgeAnswer, type Answer, type Expected } from './answer-rules.ts'

/** An answer that was POSTed to a ResponseURL. */
export interface Received {
  readonly answer: Answer | undefined
  readonly violations: readonly string[]
}

export interface AwaitedAnswer {
  readonly url: string
  /** Resolves with the first answer. */
  readonly first: Promise<Received>
  /** Every answer so far, in order. ROS allows one. */
  readonly all: readonly Received[]
}

export interface ResponseServer {
  /** A new ResponseURL for one event, in the form of a presigned URL. */
  await(expected: Expected): AwaitedAnswer
  /** A ResponseURL for the answers to any events. It cannot check an answer against its event. */
  awaitAny(onAnswer: (received: Received) => void): string
  /** The next `times` answers are refused with this HTTP status. */
  refuse(times: number, status: number, retryAfter?: string): void
  close(): Promise<void>
}

/** The callback endpoint of ROS: issues ResponseURLs and checks the answers there. `port`: a free one by default. */
export async function startResponseServer(port?: number): Promise<ResponseServer> {
  const key = randomBytes(16)
  const waiting = new Map<string, (request: IncomingMessage, body: Uint8Array) => void>()
  const refusals: { status: number; retryAfter: string | undefined }[] = []
  let count = 0

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request)
    const refusal = refusals.shift()
    if (refusal !== undefined) {
      response.writeHead(
        refusal.status,
        refusal.retryAfter === undefined ? {} : { 'retry-after': refusal.retryAfter },
      )
      response.end('refused by the sandbox')
      return
    }
    const take = waiting.get(request.url ?? '')
    response.writeHead(take === undefined ? 403 : 200, { 'content-type': 'application/json' })
    response.end(take === undefined ? '{"Code":"SignatureNotMatch"}' : '{}')
    take?.(request, body)
  }
  const server = createServer((request, response) => void handle(request, response))
  const listening = await listen(server, port)

  return {
    await(expected) {
      count += 1
      const path = `/callback?stackid=${encodeURIComponent(expected.stackId)}&resource=${String(count)}`
      const signature = createHmac('sha1', key).update(path).digest('hex')
      const signed = `${path}&signature=${signature}`
      const all: Received[] = []
      const first = new Promise<Received>((resolve) => {
        waiting.set(signed, ({ method = '', headers }, body) => {
          const received = judgeAnswer({ method, headers, body }, expected)
          all.push(received)
          resolve(received)
        })
      })
      return { url: `${listening.url}${signed}`, first, all }
    },
    awaitAny(onAnswer) {
      const path = '/callback'
      waiting.set(path, ({ method = '', headers }, body) => {
        onAnswer(judgeAnswer({ method, headers, body }, undefined))
      })
      return `${listening.url}${path}`
    },
    refuse(times, status, retryAfter) {
      for (let time = 0; time < times; time += 1) refusals.push({ status, retryAfter })
    },
    close: () => listening.close(),
  }
}
