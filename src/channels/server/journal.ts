import { constants, open } from 'node:fs/promises'
import { join } from 'node:path'
import type { EpochMs } from '../../platform/clock.ts'
import type { Logger } from '../../platform/log.ts'
import { readContent, SealedJournalError } from './journal-content.ts'
import { JournalFile } from './journal-file.ts'
import { DAMAGED_FILE, JOURNAL_FILE, prepareFolder, syncFolder, textOf } from './journal-folder.ts'
import {
  beginLine,
  checkLine,
  endLine,
  endPermanentlyLine,
  LARGEST_PAYLOAD_BYTES,
  putLine,
} from './journal-lines.ts'
import type { UnfinishedTask, Task } from './task.ts'

export { SealedJournalError }
export type { UnfinishedTask, Task }

/** The server's unfinished tasks, on disk. If the process ends, the next process continues them. */
export interface Journal {
  /** The tasks that were unfinished when the journal was opened. */
  readonly unfinished: readonly UnfinishedTask[]
  /** The keys of events that have ended for good: they must not be served again, even if they are delivered again. */
  readonly endedForGood: ReadonlySet<string>
  /** The tasks that are unfinished now. */
  readonly current: () => Iterable<Task>
  /** The size of its file in bytes, and how many writes have failed since it was opened. */
  readonly size: () => { readonly bytes: number; readonly writeFailures: number }
  /** Resolves when the task is on the disk. It replaces a task with the same key. Throws `RangeError` if it is too large. */
  put(task: Task): Promise<void>
  /** Records how often the task was started. Resolves when that is on the disk. */
  begin(key: string, starts: number): Promise<void>
  /** Records that the task has ended. Resolves when that is on the disk. */
  end(key: string): Promise<void>
  /** Like `end`; the key is in `endedForGood` from now on. */
  endForGood(key: string, at: EpochMs): Promise<void>
  /** Resolves when all earlier calls have ended. */
  close(): Promise<void>
}

/**
 * Opens the journal in a folder. Only one process may have it open: see `lock`. The journal is a file to which lines are
 * appended. Each task is encrypted with the first of `keys`. A call resolves only after fsync. The journal can be opened on
 * a full disk. Throws `SealedJournalError` if it has tasks and none of `keys` decrypts any, and `JournalFolderError` if other
 * users have access to the folder.
 */
export async function openJournal(folder: string, keys: readonly string[], log: Logger): Promise<Journal> {
  await prepareFolder(folder)
  const text = (await textOf(join(folder, JOURNAL_FILE))) ?? ''
  const { content, damaged } = readContent(text, keys)
  const areSaved = await saveDamaged(folder, damaged, log)
  const [key = ''] = keys
  const unfinished = [...content.entries.values()].map(({ task, starts }) => ({ ...task, starts }))
  const endedForGood = new Set(content.endedForGood.keys())
  const file = await JournalFile.open({
    folder,
    content,
    isTorn: text !== '' && !text.endsWith('\n'),
    firstLine: () => checkLine(key),
    log,
  })
  // A rewrite drops the damaged lines, so it must wait until they are saved.
  if (areSaved && (text === '' || damaged.length > 0 || file.isMostlyObsolete))
    await file.rewrite().catch((error: unknown) => {
      log.warn({ err: error }, 'the journal could not be rewritten: the server goes on with it as it is')
    })
  return {
    unfinished,
    endedForGood,
    *current() {
      for (const { task } of content.entries.values()) yield task
    },
    size: () => ({ bytes: file.bytes, writeFailures: file.writeFailures }),
    async put(task) {
      if (task.payload.byteLength > LARGEST_PAYLOAD_BYTES) throw new RangeError('the event is too large')
      const line = putLine(task, key)
      await file.append([{ text: line, change: { of: 'put', task, line } }])
    },
    begin: (started, starts) =>
      file.append([{ text: beginLine(started, starts), change: { of: 'begin', key: started, starts } }]),
    end: (ended) => file.append([{ text: endLine(ended), change: { of: 'end', key: ended } }]),
    endForGood(ended, at) {
      endedForGood.add(ended)
      return file.append([
        { text: endLine(ended), change: { of: 'end', key: ended } },
        { text: endPermanentlyLine(ended, at), change: { of: 'end-for-good', key: ended, at } },
      ])
    },
    close: () => file.close(),
  }
}

/** Appends damaged lines to a file beside the journal; returns whether they are on the disk. Never throws. */
async function saveDamaged(folder: string, damaged: readonly string[], log: Logger): Promise<boolean> {
  if (damaged.length === 0) return true
  const path = join(folder, DAMAGED_FILE)
  try {
    const before = (await textOf(path)) ?? ''
    const known = new Set(before.split('\n'))
    const lines = damaged.filter((line) => !known.has(line))
    const separator = before === '' || before.endsWith('\n') ? '' : '\n'
    const { O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY } = constants
    const file = await open(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, 0o600)
    try {
      await file.writeFile(`${separator}${lines.map((line) => `${line}\n`).join('')}`)
      await file.sync()
    } finally {
      await file.close()
    }
    await syncFolder(folder)
    log.warn(
      { damagedLines: damaged.length, path },
      'the journal has lines that cannot be read: they are kept aside',
    )
    return true
  } catch (error) {
    log.warn(
      { err: error, damagedLines: damaged.length },
      'the journal has lines that cannot be read: they stay in it',
    )
    return false
  }
}

/** Why a task is not in the journal, for the sender and the log. */
export function whyUnwritten(error: unknown): string {
  return `the journal cannot be written: ${error instanceof Error ? error.message : 'an unknown error'}`
}
