import { constants, mkdir, open, readFile, rename, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import * as v from 'valibot'
import { seal, unseal } from '../../bridge/continuation/seal.ts'
import type { EpochMs } from '../../platform/clock.ts'
import type { Logger } from '../../platform/log.ts'

/** An event, or the continuation that an operation has come to, and when it is to be gone on with. */
export interface Task {
  /** The same for all that becomes of one event. */
  readonly key: string
  readonly arrivedAt: EpochMs
  readonly dueAt: EpochMs
  readonly payload: Uint8Array
}

/** What a server has to do, on disk: whatever ends the process, the next one goes on with it. */
export interface Journal {
  /** What was left to do when the journal was opened. */
  readonly left: readonly Task[]
  /** Resolves once the task is on the disk; it takes the place of the one with the same key. */
  put(task: Task): Promise<void>
  /** Resolves once it is on the disk that nothing is left to do for this key. */
  end(key: string): Promise<void>
  /** Resolves once all that was asked for before is on the disk. */
  close(): Promise<void>
}

/** What the journal holds was sealed under another key. */
export class SealedJournalError extends Error {
  override readonly name = 'SealedJournalError'
}

const openPart = v.strictObject({ put: v.string(), arrivedAt: v.number(), dueAt: v.number() })
const record = v.union([
  v.strictObject({ ...openPart.entries, sealed: v.string() }),
  v.strictObject({ end: v.string() }),
])

const FILE = 'operations.jsonl'
/** Below this a rewrite would save nothing that matters. */
const SMALLEST_REWRITE_BYTES = 4 * 1024 * 1024
const LARGEST_SHARE = 4
const { O_APPEND, O_CREAT, O_TRUNC, O_WRONLY } = constants

/**
 * Opens the journal in a folder, which one process at a time may do, and rewrites it to what is left. It is a file to which
 * lines are appended: each is sealed under the first of `keys`, and written down for good (fsync) before it counts.
 * Throws `SealedJournalError` where none of `keys` opens what is in it.
 */
export async function openJournal(folder: string, keys: readonly string[], log: Logger): Promise<Journal> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, FILE)
  const { lines, tasks, damagedLines } = readLines(await textOf(path), keys)
  const file = new JournalFile(folder, path, lines, log)
  // Nobody was told that they are there: a machine lost its power while they were being written.
  if (damagedLines > 0) log.warn({ damagedLines }, 'the journal has lines that cannot be read')
  await file.rewrite()
  const [key = ''] = keys
  return {
    left: tasks,
    put: (task) =>
      file.append({ key: task.key, line: `${JSON.stringify(sealed(task, key))}\n`, isLive: true }),
    end: (ended) => file.append({ key: ended, line: `${JSON.stringify({ end: ended })}\n`, isLive: false }),
    close: () => file.close(),
  }
}

function sealed({ key: put, arrivedAt, dueAt, payload }: Task, key: string): v.InferOutput<typeof record> {
  const open = { put, arrivedAt, dueAt }
  return { ...open, sealed: seal(gzipSync(payload), JSON.stringify(open), key) }
}

function readLines(text: string, keys: readonly string[]) {
  const lines = new Map<string, string>()
  const tasks = new Map<string, Task>()
  let damagedLines = 0
  /** Keys whose latest line cannot be opened: what came of the others does not need it. */
  const foreign = new Set<string>()
  for (const line of text.split('\n')) {
    if (line === '') continue
    const parsed = v.safeParse(record, jsonOf(line))
    if (!parsed.success) {
      damagedLines += 1
      continue
    }
    if ('end' in parsed.output) {
      lines.delete(parsed.output.end)
      tasks.delete(parsed.output.end)
      foreign.delete(parsed.output.end)
      continue
    }
    const { sealed: closed, ...open } = parsed.output
    const plain = unseal(closed, JSON.stringify(open), keys)
    if (plain === undefined) foreign.add(open.put)
    else {
      foreign.delete(open.put)
      const { put: key, arrivedAt, dueAt } = open
      lines.set(key, `${line}\n`)
      tasks.set(key, { key, arrivedAt, dueAt, payload: gunzipSync(plain) })
    }
  }
  if (foreign.size > 0)
    throw new SealedJournalError(
      `${String(foreign.size)} operations of the journal were not sealed under STACKBRIDGE_CONTINUATION_KEY, or they were changed; set the key that they were sealed under, after the new one and a comma`,
    )
  return { lines, tasks: [...tasks.values()], damagedLines }
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch (error) {
    // The end of what was being written: nobody was told that it is there.
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}

interface Line {
  readonly key: string
  readonly line: string
  /** Whether it says what is left to do, and not that nothing is. */
  readonly isLive: boolean
}

interface Waiting extends Line {
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** Lines of which the last for a key counts. Those that come while the disk is busy share one fsync. */
class JournalFile {
  readonly #folder: string
  readonly #path: string
  readonly #log: Logger
  /** What is left of the file after a rewrite. */
  readonly #live: Map<string, string>
  #handle: FileHandle | undefined
  #bytes = 0
  /** Whether it ends with a part of a line that could not be taken back. */
  #isTorn = false
  #queue: Waiting[] = []
  #isWriting = false
  #writing: Promise<void> | undefined

  constructor(folder: string, path: string, live: Map<string, string>, log: Logger) {
    this.#folder = folder
    this.#path = path
    this.#live = live
    this.#log = log
  }

  append(line: Line): Promise<void> {
    const written = new Promise<void>((resolve, reject) => {
      this.#queue.push({ ...line, resolve, reject })
    })
    // Who comes after the last look at the queue must begin anew: it is the flag that falls with that look, not the promise.
    if (!this.#isWriting) this.#writing = this.#write()
    return written
  }

  async close(): Promise<void> {
    await this.#writing
    await this.#handle?.close()
    this.#handle = undefined
  }

  /** The same content in as few lines as can be; the file that was there stays until the new one is on the disk. */
  async rewrite(): Promise<void> {
    const text = [...this.#live.values()].join('')
    const next = `${this.#path}.new`
    const folder = await open(this.#folder, 'r')
    try {
      const handle = await open(next, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0o600)
      try {
        await handle.writeFile(text)
        await handle.sync()
        await rename(next, this.#path)
      } catch (error) {
        await handle.close()
        throw error
      }
      // From here on the file has this content, and nothing that fails may lead to the one that it had.
      const former = this.#handle
      this.#handle = handle
      this.#bytes = Buffer.byteLength(text)
      this.#isTorn = false
      await former?.close().catch(() => undefined)
      await folder.sync()
    } finally {
      await folder.close()
    }
  }

  async #write(): Promise<void> {
    this.#isWriting = true
    for (;;) {
      const batch = this.#queue
      this.#queue = []
      if (batch.length === 0) break
      try {
        await this.#writeDown(batch.map(({ line }) => line).join(''))
      } catch (error) {
        for (const { reject } of batch) reject(error)
        continue
      }
      for (const { key, line, isLive, resolve } of batch) {
        if (isLive) this.#live.set(key, line)
        else this.#live.delete(key)
        resolve()
      }
      if (this.#isWorthRewriting())
        await this.rewrite().catch((error: unknown) => {
          this.#log.error({ err: error }, 'the journal could not be rewritten, and goes on growing')
        })
    }
    this.#isWriting = false
  }

  async #writeDown(text: string): Promise<void> {
    const handle = this.#handle
    if (handle === undefined) throw new Error('the journal is closed')
    try {
      if (this.#isTorn) {
        await handle.truncate(this.#bytes)
        this.#isTorn = false
      }
      await handle.writeFile(text)
      await handle.sync()
      this.#bytes += Buffer.byteLength(text)
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

  #isWorthRewriting(): boolean {
    if (this.#bytes < SMALLEST_REWRITE_BYTES) return false
    let live = 0
    for (const line of this.#live.values()) live += line.length
    return this.#bytes > LARGEST_SHARE * live
  }
}
