import { chmod, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { JournalFolderError, ownKey, prepareFolder } from '../../../src/channels/server/journal-folder.ts'
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

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stackbridge-journal-'))
  lines.length = 0
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const file = () => join(folder, 'operations.jsonl')
const damaged = () => readFile(join(folder, 'damaged'), 'utf8')
const task = (key: string, payload = `event ${key}`): Task => ({
  key,
  arrivedAt: 1,
  dueAt: 2,
  payload: Buffer.from(payload),
})
const opened = (keys: readonly string[] = [KEY]) => openJournal(folder, keys, log)
const left = async (keys?: readonly string[]) => {
  const journal = await opened(keys)
  await journal.close()
  return journal.unfinished.map(({ key, payload }) => `${key}: ${Buffer.from(payload).toString()}`)
}
/** A journal of these tasks, with its text changed. */
async function written(keys: readonly string[], change: (text: string) => string): Promise<void> {
  const journal = await opened()
  for (const key of keys) await journal.put(task(key))
  await journal.close()
  await writeFile(file(), change(await readFile(file(), 'utf8')))
}
const flipped = (text: string, at: number) =>
  `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`

describe('a damaged line of the journal', () => {
  it.each<[string, (text: string) => string]>([
    ['a flipped byte', (text) => flipped(text, text.lastIndexOf('"sealed":"') + 60)],
    ['a changed date', (text) => text.replace(/"arrivedAt":1(?!.*"arrivedAt":1)/s, '"arrivedAt":9')],
    ['a torn line', (text) => text.slice(0, -50)],
    ['garbage', (text) => text.replace(/\{"put":"c".*\n/, 'hello\n')],
    ['zeros', (text) => text.replace(/\{"put":"c".*\n/, `${'\0'.repeat(4096)}\n`)],
  ])('with %s is moved to another file, and all other tasks continue', async (_, change) => {
    await written(['a', 'b', 'c'], change)
    const before = await readFile(file(), 'utf8')
    expect(await left()).toEqual(['a: event a', 'b: event b'])
    const aside = (await damaged()).trimEnd()
    expect(aside).not.toBe('')
    expect(before).toContain(aside)
    expect((await stat(join(folder, 'damaged'))).mode & 0o777).toBe(0o600)
    expect(lines.join('')).toContain('they are kept aside')
    // It is not found again, and does not affect the next entry.
    lines.length = 0
    const journal = await opened()
    await journal.put(task('d'))
    await journal.close()
    expect(await left()).toEqual(['a: event a', 'b: event b', 'd: event d'])
    expect(lines).toEqual([])
  })

  it('is the only one that is lost, whichever byte of it is changed', async () => {
    await written(['a', 'b', 'c'], (text) => text)
    const text = await readFile(file(), 'utf8')
    const from = text.indexOf('{"put":"b"')
    const to = text.indexOf('{"put":"c"') - 1
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: from, max: to - 1 }),
        fc.constantFrom('A', '\0', '\n'),
        async (at, byte) => {
          await writeFile(file(), `${text.slice(0, at)}${byte}${text.slice(at + 1)}`)
          const found = await left()
          expect(found).toContain('a: event a')
          expect(found).toContain('c: event c')
        },
      ),
      { numRuns: 60 },
    )
  })

  it('resets an operation to the state of the line before', async () => {
    const journal = await opened()
    await journal.put(task('a', 'event'))
    await journal.put(task('a', 'continued'))
    await journal.close()
    const text = await readFile(file(), 'utf8')
    await writeFile(file(), flipped(text, text.lastIndexOf('"sealed":"') + 60))
    expect(await left()).toEqual(['a: event'])
  })

  it('is distinguished from a wrong key even if it is the only line', async () => {
    await written(['a'], (text) => flipped(text, text.lastIndexOf('"sealed":"') + 60))
    await expect(opened(['another key of no value'])).rejects.toThrow(SealedJournalError)
    expect(await left()).toEqual([])
    expect(await damaged()).toContain('"put":"a"')
  })

  it('is kept if a later version has written it, and does not count as damaged', async () => {
    await written(['a'], (text) => `${text}{"pause":"a","until":7}\n`)
    expect(await left()).toEqual(['a: event a'])
    const journal = await opened()
    await journal.put(task('b'))
    await journal.end('a')
    await journal.close()
    expect(await left()).toEqual(['b: event b'])
    expect(await readFile(file(), 'utf8')).toContain('{"pause":"a","until":7}')
  })
})

describe('the starts of an entry', () => {
  it('are counted until it is stored again', async () => {
    const journal = await opened()
    await journal.put(task('a'))
    await journal.put(task('b'))
    await journal.begin('a', 2)
    await journal.begin('b', 1)
    await journal.put(task('b', 'continued'))
    await journal.close()
    const again = await opened()
    await again.close()
    expect(again.unfinished.map(({ key, starts }) => [key, starts])).toEqual([
      ['a', 2],
      ['b', 0],
    ])
  })

  it('are stored as given up, also after a restart', async () => {
    const journal = await opened()
    await journal.put(task('a'))
    await journal.endForGood('a', 5)
    await journal.close()
    expect(await left()).toEqual([])
    const again = await opened()
    await again.close()
    expect([...again.endedForGood]).toEqual(['a'])
  })
})

describe("the journal's folder", () => {
  it.each([
    ['', 0o755, 'chmod 700'],
    ['', 0o770, 'chmod 700'],
    ['key', 0o644, 'chmod 600'],
    ['key', 0o620, 'chmod 600'],
    ['operations.jsonl', 0o640, 'chmod 600'],
    ['damaged', 0o604, 'chmod 600'],
  ])('is refused if "%s" has mode %o, with the command that repairs it', async (name, mode, command) => {
    const path = join(folder, name)
    if (name !== '') await writeFile(path, '')
    await chmod(path, mode)
    await expect(prepareFolder(folder)).rejects.toThrow(JournalFolderError)
    await expect(prepareFolder(folder)).rejects.toThrow(`${command} ${path}`)
  })

  it.each(['key', 'operations.jsonl', 'damaged'])('is refused if %s is a link', async (name) => {
    await writeFile(join(folder, 'elsewhere'), 'x'.repeat(50), { mode: 0o600 })
    await symlink(join(folder, 'elsewhere'), join(folder, name))
    await expect(prepareFolder(folder)).rejects.toThrow('links are not followed')
  })

  it('gets a key that other users cannot read, and keeps it', async () => {
    // The state that a process leaves if it is killed while it creates the key.
    await writeFile(join(folder, 'key.new'), '')
    const key = await ownKey(folder)
    expect(key).toHaveLength(43)
    expect(await ownKey(folder)).toBe(key)
    expect((await stat(join(folder, 'key'))).mode & 0o777).toBe(0o600)
  })

  it.each(['', '\n', 'short', 'x'.repeat(31)])('is refused with the key %j', async (key) => {
    await writeFile(join(folder, 'key'), key, { mode: 0o600 })
    await expect(ownKey(folder)).rejects.toThrow(JournalFolderError)
  })
})
