import { constants, open, rename, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from '../../platform/log.ts'
import type { Change, JournalContent } from './journal-content.ts'
import { JOURNAL_FILE, syncFolder } from './journal-folder.ts'

/** Below this a rewrite would save nothing that matters. */
const SMALLEST_REWRITE_BYTES = 64 * 1024
/** How many times as large as what is left to do the file may become. */
const LARGEST_SHARE = 2
const { O_APPEND, O_CREAT, O_NOFOLLOW, O_TRUNC, O_WRONLY } = constants

export interface Line {
  readonly text: string
  readonly change: Change
}

interface Waiting {
  readonly lines: readonly Line[]
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

export interface JournalFileOptions {
  readonly folder: string
  readonly content: JournalContent
  /** Whether its last line has no end. */
  readonly isTorn: boolean
  /** Stands at the beginning of a file that is written anew. */
  readonly head: () => string
  readonly log: Logger
}

/** Lines that change what is left to do. Those that come while the disk is busy share one fsync. */
export class JournalFile {
  readonly #options: JournalFileOptions
  readonly #path: string
  readonly #content: JournalContent
  readonly #log: Logger
  readonly #handle: { open: FileHandle | undefined }
  #bytes: number
  /** Whether it ends with a part of a line that could not be taken back. */
  #isTorn = false
  #separator: '' | '\n'
  #queue: Waiting[] = []
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

  /** Needs no space on the disk where the file is there. */
  static async open(options: JournalFileOptions): Promise<JournalFile> {
    const path = join(options.folder, JOURNAL_FILE)
    const handle = await open(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW, 0o600)
    // Not the text's: bytes that are no UTF-8 have other lengths there, and the file is cut at this length after a failed write.
    const { size } = await handle.stat()
    return new JournalFile(options, path, handle, size)
  }

  append(lines: readonly Line[]): Promise<void> {
    const written = new Promise<void>((resolve, reject) => {
      this.#queue.push({ lines, resolve, reject })
    })
    // Who comes after the last look at the queue must begin anew: it is the flag that falls with that look, not the promise.
    if (!this.#isWriting) this.#writing = this.#write()
    return written
  }

  async close(): Promise<void> {
    await this.#writing
    await this.#handle.open?.close()
    this.#handle.open = undefined
  }

  /** Whether a rewrite would free most of the file. */
  get isMostlyDead(): boolean {
    return this.#bytes > LARGEST_SHARE * this.#content.bytes
  }

  /** The same content in as few lines as can be; the file that was there stays until the new one is on the disk. */
  async rewrite(): Promise<void> {
    const text = `${this.#options.head()}${this.#content.text()}`
    const next = `${this.#path}.new`
    const handle = await open(next, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_NOFOLLOW, 0o600)
    try {
      await handle.writeFile(text)
      await handle.sync()
      await rename(next, this.#path)
    } catch (error) {
      // On a full disk, what was written of it would be in the way of all the rest.
      await handle.truncate(0).catch(() => undefined)
      await handle.close()
      throw error
    }
    // From here on the file has this content, and nothing that fails may lead to the one that it had.
    const former = this.#handle.open
    this.#handle.open = handle
    this.#bytes = Buffer.byteLength(text)
    this.#isTorn = false
    this.#separator = ''
    await former?.close().catch(() => undefined)
    await syncFolder(this.#options.folder)
  }

  async #write(): Promise<void> {
    this.#isWriting = true
    for (;;) {
      const batch = this.#queue
      this.#queue = []
      if (batch.length === 0) break
      const lines = batch.flatMap((one) => one.lines)
      const text = lines.map((line) => line.text).join('')
      try {
        await this.#writeDown(text).catch(async (error: unknown) => {
          if (!(await this.#makeRoom())) throw error
          await this.#writeDown(text)
        })
        for (const { change } of lines) this.#content.apply(change)
      } catch (error) {
        await this.#writeEnds(batch, error)
        continue
      }
      for (const { resolve } of batch) resolve()
      if (this.#bytes > SMALLEST_REWRITE_BYTES && this.isMostlyDead) await this.#tryToRewrite()
    }
    this.#isWriting = false
  }

  /** Where it is the journal itself that fills the disk. */
  async #makeRoom(): Promise<boolean> {
    if (this.#handle.open === undefined || !this.isMostlyDead) return false
    try {
      await this.rewrite()
      return true
    } catch (error) {
      this.#log.warn({ err: error }, 'the journal could not be made smaller')
      return this.#content.isEmpty && (await this.#empty())
    }
  }

  /** A disk that takes no more can still be told that something has ended: the file becomes smaller by that. */
  async #writeEnds(batch: readonly Waiting[], cause: unknown): Promise<void> {
    const frees = ({ lines }: Waiting) => lines.every(({ change }) => change.of === 'end')
    const ends = this.#handle.open === undefined ? [] : batch.filter(frees)
    const keys = ends.flatMap(({ lines }) => lines.map(({ change }) => change))
    const others = batch.filter((one) => !ends.includes(one))
    if (ends.length > 0 && (await this.#shrinkBy(keys))) for (const { resolve } of ends) resolve()
    else for (const { reject } of ends) reject(cause)
    for (const { reject } of others) reject(cause)
  }

  /** What has ended stays so, whether the disk knows it or not: the next text that is written leaves it out. */
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

  /** Where nothing is left to do, this needs no space at all. */
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

  async #writeDown(lines: string): Promise<void> {
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
      this.#log.error({ err: error }, 'the journal could not be written')
      // Half a line must not become the beginning of the next one.
      this.#isTorn = true
      await handle.truncate(this.#bytes).then(
        () => (this.#isTorn = false),
        () => undefined,
      )
      throw error
    }
  }
}
