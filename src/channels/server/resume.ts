import type { Clock } from '../../platform/clock.ts'
import type { UnfinishedTask } from './task.ts'

export interface ResumeOptions {
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Resolves when the call has ended. Never rejects. */
  readonly run: (task: UnfinishedTask) => Promise<void>
}

/** In this time the server replies to the first health check, however many tasks the journal has. */
const FIRST_PAUSE_MS = 250
/** How many tasks without an earlier start are started at once, and the pause before the next ones. */
const AT_ONCE = 50
const PAUSE_MS = 100
/** How many tasks with one earlier start are started at once: one of them may have ended the process. */
const SUSPECTS_AT_ONCE = 32
/** How long the next tasks wait for these. */
const SUSPECT_MS = 5000

/**
 * Starts the tasks that an earlier process did not end. A task with an earlier start may be the one that ended that process,
 * so it is started last. A task with several earlier starts is started alone: if it ends this process too, no other task is
 * counted as started. Resolves when all tasks are started, or when `signal` aborts.
 */
export async function resumeGradually(
  unfinished: readonly UnfinishedTask[],
  { clock, signal, run }: ResumeOptions,
): Promise<void> {
  const pause = (ms: number) => clock.sleep(ms, signal).catch(() => undefined)
  const now = clock.now()
  const isWaiting = ({ dueAt, starts }: UnfinishedTask) => starts === 0 && dueAt > now
  for (const task of unfinished) if (isWaiting(task)) void run(task)
  const due = unfinished.filter((task) => !isWaiting(task))
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

function inGroups(tasks: readonly UnfinishedTask[], size: number): readonly (readonly UnfinishedTask[])[] {
  const count = Math.ceil(tasks.length / size)
  return Array.from({ length: count }, (_, index) => tasks.slice(index * size, (index + 1) * size))
}
