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
  givenUpLine,
  LARGEST_PAYLOAD_BYTES,
  putLine,
} from './journal-lines.ts'
import type { LeftTask, Task } from './task.ts'

export { SealedJournalError }
export type { LeftTask, Task }

/** What a server has to do, on disk: whatever ends the process, the next one goes on with it. */
export interface Journal {
  /** What was left to do when the journal was opened. */
  readonly left: readonly LeftTask[]
  /** The keys of events that were given up; none of them is to be served anew. */
  readonly givenUp: ReadonlySet<string>
  /** Resolves once the task is on the disk; it takes the place of the one with the same key. */
  put(task: Task): Promise<void>
  /** Resolves once it is on the disk how often the task was begun. */
  begin(key: string, starts: number): Promise<void>
  /** Resolves once it is on the disk that nothing is left to do for this key. */
  end(key: string): Promise<void>
  /** The same, for an event that must not be served again when it comes again. */
  giveUp(key: string, at: EpochMs): Promise<void>
  /** Resolves once all that was asked for before is on the disk. */
  close(): Promise<void>
}

/**
 * Opens the journal in a folder, which one process at a time may do. It is a file to which lines are appended: each is
 * sealed under the first of `keys`, and written down for good (fsync) before it counts. Opening it takes no space on the
 * disk that it cannot do without. Throws `SealedJournalError` where none of `keys` opens anything that is in it, and
 * `JournalFolderError` where others have access to it.
 */
export async function openJournal(folder: string, keys: readonly string[], log: Logger): Promise<Journal> {
  await prepareFolder(folder)
  const text = (await textOf(join(folder, JOURNAL_FILE))) ?? ''
  const { content, damaged } = readContent(text, keys)
  const isKept = await keepDamaged(folder, damaged, log)
  const [key = ''] = keys
  const left = [...content.entries.values()].map(({ task, starts }) => ({ ...task, starts }))
  const givenUp = new Set(content.givenUp.keys())
  const file = await JournalFile.open({
    folder,
    content,
    isTorn: text !== '' && !text.endsWith('\n'),
    head: () => checkLine(key),
    log,
  })
  // Damaged lines that have no other place stay in the file.
  if (isKept && (text === '' || damaged.length > 0 || file.isMostlyDead))
    await file.rewrite().catch((error: unknown) => {
      log.warn({ err: error }, 'the journal could not be rewritten: the server goes on with it as it is')
    })
  return {
    left,
    givenUp,
    async put(task) {
      if (task.payload.byteLength > LARGEST_PAYLOAD_BYTES) throw new RangeError('the event is too large')
      const line = putLine(task, key)
      await file.append([{ text: line, change: { of: 'put', task, line } }])
    },
    begin: (begun, starts) =>
      file.append([{ text: beginLine(begun, starts), change: { of: 'begin', key: begun, starts } }]),
    end: (ended) => file.append([{ text: endLine(ended), change: { of: 'end', key: ended } }]),
    giveUp(ended, at) {
      givenUp.add(ended)
      return file.append([
        { text: endLine(ended), change: { of: 'end', key: ended } },
        { text: givenUpLine(ended, at), change: { of: 'give-up', key: ended, at } },
      ])
    },
    close: () => file.close(),
  }
}

/** Whether they are on the disk beside the journal. Never throws. */
async function keepDamaged(folder: string, damaged: readonly string[], log: Logger): Promise<boolean> {
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
