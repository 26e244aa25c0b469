import { AsyncLocalStorage } from 'node:async_hooks'

type Listener = (error: unknown) => void

/** Errors that nobody caught, brought to the piece of work that they came from. */
export interface CrashCatcher {
  /** Runs `work`, whose `listen` hears of the uncaught errors and unhandled rejections that it causes. */
  watch<T>(work: (crashes: { listen(listener: Listener): () => void }) => Promise<T>): Promise<T>
}

/** The part of `process` that is used. */
export interface UncaughtErrors {
  on(event: 'uncaughtException' | 'unhandledRejection', listener: Listener): unknown
}

/**
 * Takes over what Node does with errors that nobody caught, which is to end the process with all events in it unanswered.
 * An error goes to the work in whose asynchronous context it arose; where there is none, to the only work there is. What
 * belongs to nobody is told to `onStray`.
 */
export function catchCrashes(source: UncaughtErrors, onStray: Listener): CrashCatcher {
  const context = new AsyncLocalStorage<Set<Listener>>()
  const working = new Set<Set<Listener>>()
  const hear = (error: unknown): void => {
    const [only, another] = working
    const listeners = context.getStore() ?? (another === undefined ? only : undefined)
    if (listeners === undefined || listeners.size === 0) onStray(error)
    else for (const listener of [...listeners]) listener(error)
  }
  source.on('uncaughtException', hear)
  source.on('unhandledRejection', hear)
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
