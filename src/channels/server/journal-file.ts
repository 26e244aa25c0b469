import { constants, open, rename, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from '../../platform/log.ts'
import type { Change, JournalContent } from './journal-content.ts'
import { JOURNAL_FILE, syncFolder } from './journal-folder.ts'

/** A rewrite of a smaller file would save too little. */
const SMALLEST_REWRITE_BYTES = 64 * 1024
/** How many times larger than its content the file may become before it is rewritten. */
const LARGEST_RATIO = 2
const { O_APPEND, O_CREAT, O_NOFOLLOW, O_TRUNC, O_WRONLY } = constants

export interface Line {
  readonly text: string
  readonly change: Change
}

interface PendingAppend {
  readonly lines: readonly Line[]
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

export interface JournalFileOptions {
  readonly folder: string
  readonly content: JournalContent
  /** Whether the last line has no line feed, since a process was killed while it wrote the line. */
  readonly isTorn: boolean
  /** The first line of a rewritten file. */
  readonly firstLine: () => string
  readonly log: Logger
}

/** The journal's file. Lines that are appended while the disk is busy share one fsync. */
export class JournalFile {
  readonly #options: JournalFileOptions
  readonly #path: string
  readonly #content: JournalContent
  readonly #log: Logger
  readonly #handle: { open: FileHandle | undefined }
  #bytes: number
  #writeFailures = 0
  /** Whether the file ends with a part of a line that could not be truncated. */
  #isTorn = false
  #separator: '' | '\n'
  #queue: PendingAppend[] = []
  #isWriting = false
  #writing: Promise<void> | undefined

  private constructor(options: JournalFileOptions, path: string, handle: FileHandle, bytes: number) {
    this.#options = options
    this.#path = path
    this.#content = options.content
    this.#log = options.log
    this.#handle = { open: handle }
    this.#bytes = bytes
    this.#separator = options.isTorn ? '\n' : ''
  }

  /** Needs no space on the disk if the file exists. */
  static async open(options: JournalFileOptions): Promise<JournalFile> {
    const path = join(options.folder, JOURNAL_FILE)
    const handle = await open(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, 0o600)
    // The size of the file, not of the text: bytes that are not UTF-8 have other lengths in the text. The file is cut
    // to this size after a failed write.
    const { size } = await handle.stat()
    return new JournalFile(options, path, handle, size)
  }

  /** Resolves when the lines are on the disk; rejects with the error of the file system. */
  append(lines: readonly Line[]): Promise<void> {
    const written = new Promise<void>((resolve, reject) => {
      this.#queue.push({ lines, resolve, reject })
    })
    // The flag, unlike the promise, is reset in the same tick as the last check of the queue: no line is left without a writer.
    if (!this.#isWriting) this.#writing = this.#writeQueue()
    return written
  }

  async close(): Promise<void> {
    await this.#writing
    await this.#handle.open?.close()
    this.#handle.open = undefined
  }

  get bytes(): number {
    return this.#bytes
  }

  /** How many writes have failed since the file was opened. */
  get writeFailures(): number {
    return this.#writeFailures
  }

  /** Whether a rewrite would make the file less than half as large. */
  get isMostlyObsolete(): boolean {
    return this.#bytes > LARGEST_RATIO * this.#content.bytes
  }

  /** Replaces the file by one without obsolete lines, after the new file is on the disk. Rejects with the file system's error. */
  async rewrite(): Promise<void> {
    const next = `${this.#path}.new`
    const handle = await open(next, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_NOFOLLOW, 0o600)
    let bytes = 0
    try {
      for (const piece of this.#pieces()) {
        await handle.writeFile(piece)
        bytes += Buffer.byteLength(piece)
      }
      await handle.sync()
      await rename(next, this.#path)
    } catch (error) {
      // On a full disk, the part that was written would take the space that later lines need.
      await handle.truncate(0).catch(() => undefined)
      await handle.close()
      throw error
    }
    // The rename has succeeded: from here on, an error must not lead back to the old file.
    const former = this.#handle.open
    this.#handle.open = handle
    this.#bytes = bytes
    this.#isTorn = false
    this.#separator = ''
    await former?.close().catch(() => undefined)
    await syncFolder(this.#options.folder)
  }

  *#pieces(): Generator<string> {
    yield this.#options.firstLine()
    yield* this.#content.pieces()
  }

  async #writeQueue(): Promise<void> {
    this.#isWriting = true
    for (;;) {
      const batch = this.#queue
      this.#queue = []
      if (batch.length === 0) break
      const lines = batch.flatMap((one) => one.lines)
      const text = lines.map((line) => line.text).join('')
      try {
        await this.#write(text).catch(async (error: unknown) => {
          if (!(await this.#makeRoom())) throw error
          await this.#write(text)
        })
        for (const { change } of lines) this.#content.apply(change)
      } catch (error) {
        await this.#writeEnds(batch, error)
        continue
      }
      for (const { resolve } of batch) resolve()
      if (this.#bytes > SMALLEST_REWRITE_BYTES && this.isMostlyObsolete) await this.#tryToRewrite()
    }
    this.#isWriting = false
  }

  /** Frees space if obsolete lines of the journal itself fill the disk. */
  async #makeRoom(): Promise<boolean> {
    if (this.#handle.open === undefined || !this.isMostlyObsolete) return false
    try {
      await this.rewrite()
      return true
    } catch (error) {
      this.#log.warn({ err: error }, 'the journal could not be made smaller')
      return this.#content.isEmpty && (await this.#empty())
    }
  }

  /** An end can be recorded on a full disk too, since it makes the file smaller. */
  async #writeEnds(batch: readonly PendingAppend[], cause: unknown): Promise<void> {
    const frees = ({ lines }: PendingAppend) => lines.every(({ change }) => change.of === 'end')
    const ends = this.#handle.open === undefined ? [] : batch.filter(frees)
    const changes = ends.flatMap(({ lines }) => lines.map(({ change }) => change))
    const others = batch.filter((one) => !ends.includes(one))
    if (ends.length > 0 && (await this.#shrinkBy(changes))) for (const { resolve } of ends) resolve()
    else for (const { reject } of ends) reject(cause)
    for (const { reject } of others) reject(cause)
  }

  /** Applies the changes even if the rewrite fails: the next rewrite then omits the ended tasks. */
  async #shrinkBy(changes: readonly Change[]): Promise<boolean> {
    for (const change of changes) this.#content.apply(change)
    try {
      await this.rewrite()
      return true
    } catch (error) {
      if (this.#content.isEmpty && (await this.#empty())) return true
      this.#log.warn({ err: error }, 'the journal could not be made smaller')
      return false
    }
  }

  /** An empty journal needs no space, so this works on a full disk. */
  async #empty(): Promise<boolean> {
    const handle = this.#handle.open
    if (handle === undefined) return false
    try {
      await handle.truncate(0)
      await handle.sync()
    } catch (error) {
      this.#log.warn({ err: error }, 'the journal could not be emptied')
      return false
    }
    this.#bytes = 0
    this.#isTorn = false
    this.#separator = ''
    return true
  }

  async #tryToRewrite(): Promise<void> {
    await this.rewrite().catch((error: unknown) => {
      this.#log.error({ err: error }, 'the journal could not be rewritten, and goes on growing')
    })
  }

  async #write(lines: string): Promise<void> {
    const handle = this.#handle.open
    if (handle === undefined) throw new Error('the journal is closed')
    const text = `${this.#separator}${lines}`
    try {
      if (this.#isTorn) {
        await handle.truncate(this.#bytes)
        this.#isTorn = false
      }
      await handle.writeFile(text)
      await handle.sync()
      this.#bytes += Buffer.byteLength(text)
      this.#separator = ''
    } catch (error) {
      this.#writeFailures += 1
      this.#log.error({ err: error }, 'the journal could not be written')
      // The next line must not be appended to a part of this one.
      this.#isTorn = true
      await handle.truncate(this.#bytes).then(
        () => (this.#isTorn = false),
        () => undefined,
      )
      throw error
    }
  }
}
