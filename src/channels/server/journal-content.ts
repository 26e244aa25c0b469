import type { EpochMs } from '../../platform/clock.ts'
import { beginLine, givenUpLine, readLine } from './journal-lines.ts'
import type { Task } from './task.ts'

/** What the journal holds was sealed under another key. */
export class SealedJournalError extends Error {
  override readonly name = 'SealedJournalError'
}

interface Entry {
  readonly task: Task
  readonly line: string
  readonly starts: number
}

/** How many events that were given up are remembered, so that none of them is served anew. */
const MOST_GIVEN_UP = 1000

/** A change of what is left to do. */
export type Change =
  | { readonly of: 'put'; readonly task: Task; readonly line: string }
  | { readonly of: 'begin'; readonly key: string; readonly starts: number }
  | { readonly of: 'end'; readonly key: string }
  | { readonly of: 'give-up'; readonly key: string; readonly at: EpochMs }

/** What is left to do, and the lines that say so. */
export class JournalContent {
  readonly entries = new Map<string, Entry>()
  readonly givenUp = new Map<string, EpochMs>()
  /** Lines of a version that knows more, as they stand. */
  readonly unknown: string[] = []
  #liveBytes = 0

  /** About as many bytes as `text` has. */
  get bytes(): number {
    return this.#liveBytes
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
      case 'give-up':
        this.#delete(change.key)
        this.givenUp.set(change.key, change.at)
        for (const key of this.givenUp.keys()) if (this.givenUp.size > MOST_GIVEN_UP) this.givenUp.delete(key)
    }
  }

  /** In as few lines as can be. */
  text(): string {
    const entries = [...this.entries].map(
      ([key, { line, starts }]) => `${line}${starts === 0 ? '' : beginLine(key, starts)}`,
    )
    const givenUp = [...this.givenUp].map(([key, at]) => givenUpLine(key, at))
    return [...this.unknown, ...givenUp, ...entries].join('')
  }

  #set(key: string, entry: Entry): void {
    this.#liveBytes += entry.line.length - (this.entries.get(key)?.line.length ?? 0)
    this.entries.set(key, entry)
  }

  #delete(key: string): void {
    this.#liveBytes -= this.entries.get(key)?.line.length ?? 0
    this.entries.delete(key)
  }
}

export interface ReadJournal {
  readonly content: JournalContent
  /** Lines that nothing can be made of, without their ends, in order. */
  readonly damaged: readonly string[]
}

/**
 * Reads the journal's text. An entry whose newest line is damaged is left to do as the line before it says. Throws
 * `SealedJournalError` where there are entries and none of `keys` opens any, unless a check line shows that the key is right.
 */
export function readContent(text: string, keys: readonly string[]): ReadJournal {
  const content = new JournalContent()
  const damaged: string[] = []
  /** Lines that no key opens, by the key of the entry that they would be. */
  const closed = new Map<string, string[]>()
  let opens = false
  for (const line of text.split('\n')) {
    if (line === '') continue
    const read = readLine(line, keys)
    switch (read.is) {
      case 'put':
        if (read.task === undefined) {
          closed.set(read.key, [...(closed.get(read.key) ?? []), line])
        } else {
          opens = true
          closed.delete(read.key)
          content.apply({ of: 'put', task: read.task, line: `${line}\n` })
        }
        break
      case 'end':
        closed.delete(read.key)
        content.apply({ of: 'end', key: read.key })
        break
      case 'begin':
        content.apply({ of: 'begin', key: read.key, starts: read.starts })
        break
      case 'given-up':
        closed.delete(read.key)
        content.apply({ of: 'give-up', key: read.key, at: read.at })
        break
      case 'check':
        opens ||= read.opens
        break
      case 'unknown':
        content.unknown.push(`${line}\n`)
        break
      case 'damaged':
        damaged.push(line)
    }
  }
  if (closed.size > 0 && !opens) throw sealedUnderAnother(closed.size)
  return { content, damaged: [...damaged, ...[...closed.values()].flat()] }
}

function sealedUnderAnother(count: number): SealedJournalError {
  return new SealedJournalError(
    `none of the ${String(count)} operations of the journal was sealed under STACKBRIDGE_CONTINUATION_KEY, or they were changed; set the key that they were sealed under, after the new one and a comma`,
  )
}
