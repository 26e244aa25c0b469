import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FaultKind } from './faults.ts'

/** No cloud answers like this, but a proxy between might. */
export const GARBAGE = '<html>not what'

export function sendGarbage(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/html' }).end(GARBAGE)
}

/** How a cloud answers a call, and how it refuses one. Each sends its answer itself. */
export interface Answers {
  readonly answer: () => void
  readonly internalError: () => void
  readonly throttle: () => void
}

/** Answers a call, or lets it go wrong as `fault` says. */
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
