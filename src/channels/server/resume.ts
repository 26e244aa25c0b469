import type { Clock } from '../../platform/clock.ts'
import type { LeftTask } from './task.ts'

export interface ResumeOptions {
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Resolves when the call is over; it never rejects. */
  readonly run: (task: LeftTask) => Promise<void>
}

/** Until then, whoever asks whether the server is well gets an answer, whatever is in the journal. */
const FIRST_PAUSE_MS = 250
/** How many that no process has begun are begun at once, and the pause between them. */
const AT_ONCE = 50
const PAUSE_MS = 100
/** How many that one process has not survived are begun at once. */
const SUSPECTS_AT_ONCE = 32
/** How long these are waited for before the next ones begin. */
const SUSPECT_MS = 5000

/**
 * Takes up what a former process has left. What was begun without an end may be what ended that process: it comes last, and
 * what was begun more than once comes alone, so that nothing else is counted as begun when it ends this process, too.
 */
export async function resumeGradually(
  left: readonly LeftTask[],
  { clock, signal, run }: ResumeOptions,
): Promise<void> {
  const pause = (ms: number) => clock.sleep(ms, signal).catch(() => undefined)
  const now = clock.now()
  const waiting = left.filter(({ dueAt, starts }) => starts === 0 && dueAt > now)
  for (const task of waiting) void run(task)
  const due = left.filter((task) => !waiting.includes(task))
  await pause(FIRST_PAUSE_MS)
  const fresh = due.filter(({ starts }) => starts === 0)
  for (const tasks of inGroups(fresh, AT_ONCE)) {
    if (signal.aborted) return
    for (const task of tasks) void run(task)
    await pause(PAUSE_MS)
  }
  const once = due.filter(({ starts }) => starts === 1)
  const often = due.filter(({ starts }) => starts > 1)
  for (const tasks of [...inGroups(once, SUSPECTS_AT_ONCE), ...inGroups(often, 1)]) {
    if (signal.aborted) return
    await Promise.race([Promise.all(tasks.map(run)), pause(SUSPECT_MS)])
  }
}

function inGroups(tasks: readonly LeftTask[], size: number): readonly (readonly LeftTask[])[] {
  const count = Math.ceil(tasks.length / size)
  return Array.from({ length: count }, (_, index) => tasks.slice(index * size, (index + 1) * size))
}
