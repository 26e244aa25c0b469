import { randomBytes } from 'node:crypto'
import type * as FileSystem from 'node:fs/promises'
import { appendFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openJournal, type Task } from '../../../src/channels/server/journal.ts'
import { createLogger } from '../../../src/platform/log.ts'
import { Secrets } from '../../../src/platform/secrets.ts'

/** A real disk whose calls can be made to fail, since a test cannot make the kernel's calls fail. */
const disk = vi.hoisted(() => ({
  opens: 0,
  failsFrom: Infinity,
  isTorn: false,
  isFull: false,
  isItsOwn: false,
}))
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof FileSystem>()
  return {
    ...real,
    async open(...args: Parameters<typeof real.open>): Promise<FileSystem.FileHandle> {
      disk.opens += 1
      if (disk.opens >= disk.failsFrom) throw new Error('EMFILE: too many open files')
      const handle = await real.open(...args)
      const writeFile = handle.writeFile.bind(handle)
      const truncate = handle.truncate.bind(handle)
      handle.writeFile = async (text) => {
        if (disk.isFull && text !== '') {
          if (typeof text === 'string') await writeFile(text.slice(0, 7))
          throw new Error('ENOSPC: no space left on device, write')
        }
        if (!disk.isTorn || typeof text !== 'string') return writeFile(text)
        await writeFile(text.slice(0, 20))
        throw new Error('EIO: i/o error, write')
      }
      handle.truncate = (length) => {
        if (disk.isTorn) return Promise.reject(new Error('EIO: i/o error, truncate'))
        if (disk.isItsOwn && length === 0 && String(args[0]).endsWith('operations.jsonl')) disk.isFull = false
        return truncate(length)
      }
      return handle
    },
  }
})

const lines: string[] = []
const log = createLogger({
  level: 'info',
  secrets: new Secrets(),
  destination: { write: (line) => void lines.push(line) },
})
const task = (key: string, payload = key): Task => ({
  key,
  arrivedAt: 1,
  dueAt: 2,
  payload: Buffer.from(payload),
})

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stackbridge-journal-'))
  lines.length = 0
  Object.assign(disk, { failsFrom: Infinity, isTorn: false, isFull: false, isItsOwn: false })
})
afterEach(() => rm(folder, { recursive: true, force: true }))
const opened = () => openJournal(folder, ['a key of no value'], log)
const left = async () => {
  const journal = await opened()
  await journal.close()
  return journal.unfinished.map(({ key }) => key)
}

describe('the journal, on a disk with errors', () => {
  it.each([1, 2, 3])('continues if each open fails from number %d on', async (failsFrom) => {
    const journal = await opened()
    disk.opens = 0
    disk.failsFrom = failsFrom
    const large = randomBytes(300_000).toString('base64')
    for (let hop = 0; hop < 24; hop += 1) await journal.put(task('a', `${String(hop)} ${large}`))
    await journal.end('a')
    await journal.put(task('b'))
    disk.failsFrom = Infinity
    expect(disk.opens).toBeGreaterThan(0)
    // Not closed before, as after the kill of a process.
    expect(await left()).toEqual(['b'])
    await journal.close()
  })

  it('keeps an entry after an incomplete line that could not be removed', async () => {
    const journal = await opened()
    await journal.put(task('a'))
    disk.isTorn = true
    await expect(journal.put(task('b'))).rejects.toThrow('EIO')
    disk.isTorn = false
    await journal.put(task('c'))
    await journal.close()
    expect(await left()).toEqual(['a', 'c'])
    expect(lines.join('')).not.toContain('lines that cannot be read')
  })

  it('can be opened, and record ended tasks, on a full disk', async () => {
    const journal = await opened()
    await journal.put(task('a'))
    await journal.put(task('b'))
    disk.isFull = true
    await expect(journal.put(task('c'))).rejects.toThrow('ENOSPC')
    await journal.close()
    const again = await opened()
    expect(again.unfinished.map(({ key }) => key)).toEqual(['a', 'b'])
    await expect(again.put(task('d'))).rejects.toThrow('ENOSPC')
    disk.isFull = false
    await again.put(task('e'))
    await again.close()
    expect(await left()).toEqual(['a', 'b', 'e'])
  })

  it('is emptied on a full disk after all tasks have ended', async () => {
    const journal = await opened()
    await journal.put(task('a'))
    disk.isFull = true
    await journal.end('a')
    await journal.close()
    disk.isFull = false
    expect(await left()).toEqual([])
  })

  it('accepts new entries on a disk that it has filled itself, after all tasks have ended', async () => {
    const before = await opened()
    await before.put(task('a'))
    await before.put(task('b'))
    await before.close()
    const journal = await opened()
    disk.isFull = true
    await expect(journal.end('a')).rejects.toThrow('ENOSPC')
    disk.isItsOwn = true
    await journal.end('b')
    await journal.put(task('c'))
    await journal.close()
    expect(disk.isFull).toBe(false)
    expect(await left()).toEqual(['c'])
  })

  it('keeps damaged lines in its file if there is no space to move them', async () => {
    const journal = await opened()
    await journal.put(task('a'))
    await journal.close()
    const path = join(folder, 'operations.jsonl')
    await appendFile(path, 'hello\n')
    disk.isFull = true
    expect(await left()).toEqual(['a'])
    disk.isFull = false
    expect(await readFile(path, 'utf8')).toContain('hello')
    expect(await left()).toEqual(['a'])
    expect(await readFile(join(folder, 'damaged'), 'utf8')).toContain('hello')
  })

  it('is compacted long before it is large, if most tasks have ended', async () => {
    const journal = await opened()
    for (let number = 0; number < 200; number += 1) {
      await journal.put(task('a', randomBytes(1000).toString('base64')))
      await journal.end('a')
    }
    await journal.close()
    expect((await stat(join(folder, 'operations.jsonl'))).size).toBeLessThan(80_000)
  })
})
