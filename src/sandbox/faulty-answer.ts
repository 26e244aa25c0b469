import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FaultKind } from './faults.ts'

/** A proxy between client and cloud may answer with a page of its own. */
export const GARBAGE = '<html>no answer of the cloud'

export function sendGarbage(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/html' }).end(GARBAGE)
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
    case undefined:
      answer()
  }
}
