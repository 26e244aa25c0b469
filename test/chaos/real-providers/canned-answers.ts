import { createServer, type Server } from 'node:http'
import { listen } from '../../../src/sandbox/loopback-server.ts'

export interface CannedAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}

/** A server that returns the answers that it is given, so that an invented answer arrives over HTTP like a real one. */
export class CannedAnswers {
  readonly #answers = new Map<string, CannedAnswer>()
  readonly #listening: Promise<{ readonly url: string; close(): Promise<void> }>
  #count = 0

  constructor() {
    const server: Server = createServer((request, response) => {
      request.resume()
      const answer = this.#answers.get(request.url ?? '')
      response.writeHead(answer?.status ?? 500, answer?.headers)
      response.end(answer?.body)
    })
    this.#listening = listen(server)
  }

  /** The URL that returns this answer. */
  async urlFor(answer: CannedAnswer): Promise<URL> {
    const { url } = await this.#listening
    this.#count += 1
    const path = `/${String(this.#count)}`
    this.#answers.set(path, answer)
    return new URL(path, url)
  }

  async close(): Promise<void> {
    await (await this.#listening).close()
  }
}

/** The ingress in front of the cloud temporarily does not know the path. */
export const UNRELATED_404: CannedAnswer = {
  status: 404,
  headers: { 'content-type': 'text/html' },
  body: '<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>',
}

/** Heat's answer if something other than the stack is missing. */
export const HEAT_GENERIC_404: CannedAnswer = {
  status: 404,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    code: 404,
    title: 'Not Found',
    explanation: 'The resource could not be found.',
    error: { type: 'NotFound', message: 'Not found', traceback: null },
  }),
}

export const UNAVAILABLE: CannedAnswer = {
  status: 503,
  headers: { 'content-type': 'text/html' },
  body: '<html><body><h1>503 Service Unavailable</h1></body></html>',
}

/** A gateway's answer if the service behind it takes too long: https://www.rfc-editor.org/rfc/rfc9110#status.504 */
export const GATEWAY_TIMEOUT: CannedAnswer = {
  status: 504,
  headers: { 'content-type': 'text/html' },
  body: '<html><head><title>504 Gateway Time-out</title></head><body></body></html>',
}

/** The answer of a proxy that refuses to pass an answer on: https://www.rfc-editor.org/rfc/rfc9110#status.403 */
export const BLOCKED: CannedAnswer = {
  status: 403,
  headers: { 'content-type': 'text/html' },
  body: '<html><head><title>Blocked</title></head><body>This answer is not passed on.</body></html>',
}
