import { setImmediate as nextTurn } from 'node:timers/promises'

/**
 * Creates a function that runs CPU-bound work, one piece after another. Between two pieces the event loop serves other
 * requests, so many pieces delay only each other. A piece that throws rejects only its own promise.
 */
export function createTurns(): <T>(work: () => T) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return async (work) => {
    const turn = last.then(letOthersRun).then(work)
    last = turn.catch(() => undefined)
    return turn
  }
}

/** Accepting a connection, reading its request and replying each take a turn of the event loop. */
const TURNS_FOR_A_REQUEST = 4

async function letOthersRun(): Promise<void> {
  for (let turn = 0; turn < TURNS_FOR_A_REQUEST; turn += 1) await nextTurn()
}
