export interface OrderedWork {
  readonly names: readonly string[]
  /** The names that must be done before. Those that are not in `names` are ignored. */
  readonly needsOf: (name: string) => readonly string[]
  /** How many may run at once. */
  readonly limit: number
  /** Returns false to start no more; what has started is waited for. */
  readonly work: (name: string) => Promise<boolean>
}

/** Runs work in the order of its needs, and side by side where they allow it. Resolves with false if any returned false. */
export async function runInOrder({ names, needsOf, limit, work }: OrderedWork): Promise<boolean> {
  const waiting = new Set(names)
  const unfinished = new Set(names)
  const running = new Map<string, Promise<void>>()
  let failed = 0
  const run = async (name: string): Promise<void> => {
    waiting.delete(name)
    if (!(await work(name))) failed += 1
    unfinished.delete(name)
    running.delete(name)
  }
  const startAllThatCan = (): void => {
    for (const name of waiting)
      if (running.size < limit && !needsOf(name).some((one) => unfinished.has(one)))
        running.set(name, run(name))
  }
  try {
    startAllThatCan()
    while (running.size > 0) {
      await Promise.race(running.values())
      if (failed === 0) startAllThatCan()
    }
    return failed === 0
  } finally {
    // Where one threw, the others end first.
    await Promise.allSettled(running.values())
  }
}
