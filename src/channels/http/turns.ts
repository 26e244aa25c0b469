import { setImmediate as nextTurn } from 'node:timers/promises'

/**
 * Runs pieces of work that only compute one after another, and lets the event loop serve others between two of them: many
 * at once make each of their own callers wait, and nobody else. A piece that throws rejects its own promise alone.
 */
export function createTurns(): <T>(work: () => T) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return async (work) => {
    const turn = last.then(() => nextTurn()).then(work)
    last = turn.catch(() => undefined)
    return turn
  }
}
