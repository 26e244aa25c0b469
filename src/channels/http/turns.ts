import { setImmediate as nextTurn } from 'node:timers/promises'

/**
 * Runs pieces of work that only compute one after another, and lets the event loop serve others between two of them: many
 * at once make each of their own callers wait, and nobody else. A piece that throws rejects its own promise alone.
 */
export function createTurns(): <T>(work: () => T) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return async (work) => {
    const turn = last.then(letOthersRun).then(work)
    last = turn.catch(() => undefined)
    return turn
  }
}

/** To accept a connection, to read its request and to reply are turns of the event loop of their own. */
const TURNS_FOR_A_REQUEST = 4

async function letOthersRun(): Promise<void> {
  for (let turn = 0; turn < TURNS_FOR_A_REQUEST; turn += 1) await nextTurn()
}
