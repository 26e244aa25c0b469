import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FaultKind, ProxyFault } from './faults.ts'

/** A proxy between client and cloud may answer with a page of its own. */
export const GARBAGE = '<html>no answer of the cloud'

/** Answers HTTP 200 with a page that is not the service's. */
export function sendGarbage(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/html' }).end(GARBAGE)
}

const PAGE = '<html><head><title>A proxy</title></head><body><p>Something else</p></body></html>'

const OF_A_PROXY: Readonly<Record<ProxyFault, { readonly status: number; readonly body: string }>> = {
  empty: { status: 200, body: '' },
  page: { status: 200, body: PAGE },
  redirect: { status: 302, body: PAGE },
  blocked: { status: 403, body: PAGE },
}

/** Whether a proxy has answered. */
export function answerAsProxy(fault: FaultKind | undefined, response: ServerResponse): boolean {
  const answer = Object.entries(OF_A_PROXY).find(([kind]) => kind === fault)?.[1]
  if (answer === undefined) return false
  const headers = { 'content-type': 'text/html', location: 'https://login.example/' }
  response.writeHead(answer.status, headers).end(answer.body)
  return true
}

/** Each sends one answer of the cloud. */
export interface Answers {
  readonly answer: () => void
  readonly internalError: () => void
  readonly throttle: () => void
}

/** Answers a call, or applies the injected fault. */
export function answerWithFault(
  fault: FaultKind | undefined,
  incoming: IncomingMessage,
  response: ServerResponse,
  { answer, internalError, throttle }: Answers,
): void {
  switch (fault) {
    case 'reset-before':
      incoming.socket.destroy()
      return
    case 'reset-after':
      // The call is carried out; only its answer cannot be sent.
      incoming.socket.destroy()
      answer()
      return
    case 'internal-error':
      internalError()
      return
    case 'throttle':
      throttle()
      return
    case 'garbage':
      sendGarbage(response)
      return
    case 'empty':
    case 'page':
    case 'redirect':
    case 'blocked':
      answerAsProxy(fault, response)
      return
    case undefined:
      answer()
  }
}
