import type { Clock } from './clock.ts'

/** A request exceeded its time limit. The AWS SDK retries after errors with this name. */
export class TimeLimitError extends Error {
  override readonly name = 'TimeoutError'
  readonly code = 'ETIMEDOUT'
}

export interface TimeLimit {
  /** Aborts when the time is over or the caller's signal aborts; its reason is an error. */
  readonly signal: AbortSignal
  /** Rejects when `signal` aborts, with its reason. */
  readonly over: Promise<never>
  /** To be called when the work has ended. */
  stop(): void
}

/** Limits work to `ms` milliseconds by `clock`, and to `signal`, which may end it sooner. */
export function startTimeLimit(clock: Clock, ms: number, signal: AbortSignal | undefined): TimeLimit {
  const limit = new AbortController()
  const done = new AbortController()
  const abort = (): void => {
    limit.abort(signal?.reason)
  }
  const over = new Promise<never>((_, reject) => {
    limit.signal.addEventListener('abort', () => {
      reject(reasonOf(limit.signal))
    })
  })
  // The caller may already read the body then, and no longer await this promise.
  over.catch(() => undefined)
  if (signal?.aborted === true) abort()
  signal?.addEventListener('abort', abort, { once: true })
  void clock.sleep(ms, done.signal).then(
    () => {
      limit.abort(new TimeLimitError(`no complete answer within ${String(Math.round(ms / 1000))} s`))
    },
    // Stopped: the work ended in time.
    () => undefined,
  )
  return {
    signal: limit.signal,
    over,
    stop() {
      done.abort()
      signal?.removeEventListener('abort', abort)
    },
  }
}

function reasonOf({ reason }: AbortSignal): Error {
  return reason instanceof Error ? reason : new Error('the request was given up')
}
