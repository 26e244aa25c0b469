import { AsyncLocalStorage } from 'node:async_hooks'

type Listener = (error: unknown) => void

/** Assigns each uncaught error to the work that caused it. */
export interface CrashCatcher {
  /**
   * Runs `work`. Listeners that `work` adds with `listen` get the uncaught errors and unhandled rejections that it causes.
   * `listen` returns the function that removes the listener.
   */
  watch<T>(work: (crashes: { listen(listener: Listener): () => void }) => Promise<T>): Promise<T>
}

/** The part of `process` that `catchCrashes` uses. */
export interface UncaughtErrors {
  on(event: 'uncaughtException' | 'unhandledRejection', listener: Listener): unknown
}

/**
 * Replaces Node's default for uncaught errors, which ends the process and leaves all its events unanswered. An error goes to
 * the work in whose asynchronous context it arose. Without such a context, it goes to the running work if there is only one.
 * Any other error goes to `onUnassigned`.
 */
export function catchCrashes(source: UncaughtErrors, onUnassigned: Listener): CrashCatcher {
  const context = new AsyncLocalStorage<Set<Listener>>()
  const working = new Set<Set<Listener>>()
  const dispatch = (error: unknown): void => {
    const [only, another] = working
    const listeners = context.getStore() ?? (another === undefined ? only : undefined)
    if (listeners === undefined || listeners.size === 0) onUnassigned(error)
    else for (const listener of [...listeners]) listener(error)
  }
  source.on('uncaughtException', dispatch)
  source.on('unhandledRejection', dispatch)
  return {
    async watch(work) {
      const listeners = new Set<Listener>()
      working.add(listeners)
      try {
        return await context.run(listeners, () =>
          work({
            listen(listener) {
              listeners.add(listener)
              return () => listeners.delete(listener)
            },
          }),
        )
      } finally {
        working.delete(listeners)
      }
    },
  }
}
