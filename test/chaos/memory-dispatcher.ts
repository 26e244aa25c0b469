/* eslint-disable @typescript-eslint/no-deprecated -- undici's own request() still is a handler of the old form. */
import { Dispatcher } from 'undici'

export interface MemoryRequest {
  readonly url: string
  readonly body: string
}

/** The result of a request: an HTTP status, a broken connection, or no answer. */
export type MemoryResponse = number | 'broken' | 'silent'

/** Replaces undici's connections with a function, so that a request takes only microtasks. */
export class MemoryDispatcher extends Dispatcher {
  readonly #answer: (request: MemoryRequest) => Promise<MemoryResponse>

  constructor(answer: (request: MemoryRequest) => Promise<MemoryResponse>) {
    super()
    this.#answer = answer
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    let isOver = false
    const fail = (error: Error): void => {
      if (isOver) return
      isOver = true
      handler.onError?.(error)
    }
    handler.onConnect?.((error) => fail(error ?? new Error('aborted')))
    const url = new URL(options.path, options.origin)
    const body = typeof options.body === 'string' ? options.body : ''
    void this.#answer({ url: url.href, body }).then((answer) => {
      if (isOver || answer === 'silent') return
      if (answer === 'broken') {
        fail(new Error('the connection broke'))
        return
      }
      isOver = true
      handler.onHeaders?.(answer, [], () => undefined, '')
      handler.onComplete?.([])
    })
    return true
  }

  override close(): Promise<void> {
    return Promise.resolve()
  }

  override destroy(): Promise<void> {
    return Promise.resolve()
  }
}
