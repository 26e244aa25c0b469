import type { EpochMs } from '../../platform/clock.ts'
import { beginLine, endPermanentlyLine, readLine } from './journal-lines.ts'
import type { Task } from './task.ts'

/** The journal's tasks were encrypted with another key. */
export class SealedJournalError extends Error {
  override readonly name = 'SealedJournalError'
}

interface Entry {
  readonly task: Task
  readonly line: string
  readonly starts: number
}

/** How many events that have ended for good are remembered, so that they are not served again. */
const MOST_ENDED_FOR_GOOD = 1000

const PIECE_LENGTH = 1024 * 1024

/** A change of the unfinished tasks. */
export type Change =
  | { readonly of: 'put'; readonly task: Task; readonly line: string }
  | { readonly of: 'begin'; readonly key: string; readonly starts: number }
  | { readonly of: 'end'; readonly key: string }
  | { readonly of: 'end-for-good'; readonly key: string; readonly at: EpochMs }

/** The unfinished tasks and the lines that record them. */
export class JournalContent {
  readonly entries = new Map<string, Entry>()
  readonly endedForGood = new Map<string, EpochMs>()
  /** Lines of a later version, unchanged. */
  readonly unknown: string[] = []
  #bytes = 0

  /** About the size of all `pieces()`. */
  get bytes(): number {
    return this.#bytes
  }

  get isEmpty(): boolean {
    return this.entries.size === 0 && this.unknown.length === 0
  }

  apply(change: Change): void {
    switch (change.of) {
      case 'put':
        this.#set(change.task.key, { task: change.task, line: change.line, starts: 0 })
        return
      case 'begin': {
        const entry = this.entries.get(change.key)
        if (entry !== undefined) this.entries.set(change.key, { ...entry, starts: change.starts })
        return
      }
      case 'end':
        this.#delete(change.key)
        return
      case 'end-for-good':
        this.#delete(change.key)
        this.endedForGood.set(change.key, change.at)
        for (const key of this.endedForGood.keys())
          if (this.endedForGood.size > MOST_ENDED_FOR_GOOD) this.endedForGood.delete(key)
    }
  }

  /**
   * The lines that record this content, without those of ended tasks and of earlier states; each piece is about `PIECE_LENGTH`
   * characters long, so that no turn of the event loop has to handle all of them.
   */
  *pieces(): Generator<string> {
    let piece = ''
    for (const line of this.#lines()) {
      piece += line
      if (piece.length < PIECE_LENGTH) continue
      yield piece
      piece = ''
    }
    if (piece !== '') yield piece
  }

  *#lines(): Generator<string> {
    yield* this.unknown
    for (const [key, at] of this.endedForGood) yield endPermanentlyLine(key, at)
    for (const [key, { line, starts }] of this.entries)
      yield `${line}${starts === 0 ? '' : beginLine(key, starts)}`
  }

  #set(key: string, entry: Entry): void {
    this.#bytes += entry.line.length - (this.entries.get(key)?.line.length ?? 0)
    this.entries.set(key, entry)
  }

  #delete(key: string): void {
    this.#bytes -= this.entries.get(key)?.line.length ?? 0
    this.entries.delete(key)
  }
}

export interface ReadJournal {
  readonly content: JournalContent
  /** Lines that cannot be read, without line feeds, in their order. */
  readonly damaged: readonly string[]
}

/**
 * Reads the journal's text. If the newest line of a task is damaged, the line before it counts. Throws `SealedJournalError`
 * if there are tasks and none of `keys` decrypts any, unless a check line shows that one of the keys is right.
 */
export function readContent(text: string, keys: readonly string[]): ReadJournal {
  const content = new JournalContent()
  const damaged: string[] = []
  /** Lines that none of `keys` decrypts, by the key of their task. */
  const encrypted = new Map<string, string[]>()
  let isKeyRight = false
  for (const line of text.split('\n')) {
    if (line === '') continue
    const read = readLine(line, keys)
    switch (read.is) {
      case 'put':
        if (read.task === undefined) {
          encrypted.set(read.key, [...(encrypted.get(read.key) ?? []), line])
        } else {
          isKeyRight = true
          encrypted.delete(read.key)
          content.apply({ of: 'put', task: read.task, line: `${line}\n` })
        }
        break
      case 'end':
        encrypted.delete(read.key)
        content.apply({ of: 'end', key: read.key })
        break
      case 'begin':
        content.apply({ of: 'begin', key: read.key, starts: read.starts })
        break
      case 'end-for-good':
        encrypted.delete(read.key)
        content.apply({ of: 'end-for-good', key: read.key, at: read.at })
        break
      case 'check':
        isKeyRight ||= read.opens
        break
      case 'unknown':
        content.unknown.push(`${line}\n`)
        break
      case 'damaged':
        damaged.push(line)
    }
  }
  if (encrypted.size > 0 && !isKeyRight) throw encryptedWithAnotherKey(encrypted.size)
  return { content, damaged: [...damaged, ...[...encrypted.values()].flat()] }
}

function encryptedWithAnotherKey(count: number): SealedJournalError {
  return new SealedJournalError(
    `none of the ${String(count)} operations of the journal was sealed under STACKBRIDGE_CONTINUATION_KEY, or they were changed; set the key that they were sealed under, after the new one and a comma`,
  )
}
