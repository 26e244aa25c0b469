import { mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openJournal, SealedJournalError, type Task } from '../../../src/channels/server/journal.ts'
import { createLogger } from '../../../src/platform/log.ts'
import { Secrets } from '../../../src/platform/secrets.ts'

const KEY = 'a key of no value'
const lines: string[] = []
const log = createLogger({
  level: 'info',
  secrets: new Secrets(),
  destination: { write: (line) => void lines.push(line) },
})

let home: string
let folder: string
let count = 0
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'stackbridge-journal-'))
})
afterAll(() => rm(home, { recursive: true, force: true }))
beforeEach(() => {
  count += 1
  folder = join(home, String(count))
  lines.length = 0
})

const file = () => join(folder, 'operations.jsonl')
const task = (key: string, payload = `event ${key}`, dueAt = 2): Task => ({
  key,
  arrivedAt: 1,
  dueAt,
  payload: Buffer.from(payload),
})
const opened = (keys: readonly string[] = [KEY]) => openJournal(folder, keys, log)
const left = async (keys?: readonly string[]) => {
  const journal = await opened(keys)
  await journal.close()
  return journal.unfinished.map(({ key, arrivedAt, dueAt, payload }) => ({
    key,
    arrivedAt,
    dueAt,
    payload: Buffer.from(payload).toString(),
  }))
}

describe('the journal', () => {
  it('stores until when a task may wait for its turn, if that is known', async () => {
    const journal = await opened()
    await journal.put({ ...task('a'), startBy: 9 })
    await journal.put(task('b'))
    await journal.close()
    const again = await opened()
    await again.close()
    expect(again.unfinished.map(({ startBy }) => startBy)).toEqual([9, undefined])
  })

  it('contains the last entry of each unfinished key, also after a restart', async () => {
    const journal = await opened()
    expect(journal.unfinished).toEqual([])
    await Promise.all([journal.put(task('a')), journal.put(task('b')), journal.put(task('c'))])
    await journal.put(task('a', 'continued', 7))
    await journal.end('b')
    await journal.close()
    const expected = [
      { key: 'a', arrivedAt: 1, dueAt: 7, payload: 'continued' },
      { key: 'c', arrivedAt: 1, dueAt: 2, payload: 'event c' },
    ]
    expect(await left()).toEqual(expected)
    expect(await left()).toEqual(expected)
  })

  it('contains nothing of an event in plain text, and only its owner can read the file', async () => {
    const journal = await opened()
    await journal.put(task('a', 'a secret'))
    await journal.close()
    expect(await readFile(file(), 'utf8')).not.toContain('secret')
    expect((await stat(file())).mode & 0o777).toBe(0o600)
  })

  it('loses no stored entry, wherever the last line breaks off', async () => {
    const journal = await opened()
    await journal.put(task('a'))
    const sure = (await stat(file())).size
    await journal.put(task('b'))
    await journal.close()
    const whole = await readFile(file())
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: sure, max: whole.byteLength - 2 }), async (size) => {
        await writeFile(file(), whole)
        await truncate(file(), size)
        const again = await opened()
        expect(again.unfinished.map(({ key }) => key)).toEqual(['a'])
        await again.put(task('c'))
        await again.close()
        expect((await left()).map(({ key }) => key)).toEqual(['a', 'c'])
      }),
      { numRuns: 25 },
    )
    expect(lines.join('')).toContain('the journal has lines that cannot be read')
  })

  it('stays small after long use', async () => {
    const journal = await opened()
    const large = randomBytes(300_000).toString('base64')
    for (let hop = 0; hop < 24; hop += 1) await journal.put(task('a', `${String(hop)} ${large}`))
    await journal.end('a')
    await journal.put(task('b'))
    await journal.close()
    expect((await stat(file())).size).toBeLessThan(5_000_000)
    expect((await left()).map(({ key }) => key)).toEqual(['b'])
    expect((await stat(file())).size).toBeLessThan(1000)
  })

  it('can be opened with the old key while a new one replaces it, and with no other key', async () => {
    const journal = await opened()
    await journal.put(task('a'))
    await journal.close()
    await expect(opened(['another key of no value'])).rejects.toThrow(SealedJournalError)
    expect(await left(['another key of no value', KEY])).toHaveLength(1)
  })

  it('no longer needs the old key after everything that was sealed with it has ended', async () => {
    const before = await opened()
    await before.put(task('a'))
    await before.close()
    const meanwhile = await opened(['a newer key of no value', KEY])
    await meanwhile.put(task('b'))
    await meanwhile.end('a')
    await meanwhile.close()
    expect((await left(['a newer key of no value'])).map(({ key }) => key)).toEqual(['b'])
  })

  it('reports if it cannot write, and does not count the entry as stored', async () => {
    const journal = await opened()
    await journal.close()
    await expect(journal.put(task('a'))).rejects.toThrow('the journal is closed')
    expect(await left()).toEqual([])
  })
})
