import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { logCallsIn, logCallsOf } from './log-calls.ts'

/** docs/logging.md is the contract for alarms: it lists each message that the sources log, and no other. */

const ROOT = join(import.meta.dirname, '../..')
const page = readFileSync(join(ROOT, 'docs/logging.md'), 'utf8')
const documented = messagesOf(page)
const calls = logCallsIn(ROOT, ['src', 'handlers'])

describe('the messages in docs/logging.md', () => {
  it('are literals in the sources', () => {
    expect(calls.filter(({ message }) => message === undefined)).toEqual([])
  })

  it('are those that the sources log, with their levels', () => {
    const rows = (list: readonly { readonly level: string; readonly message?: string | undefined }[]) => [
      ...new Set(list.map(({ level, message = '' }) => `${level}: ${message}`)),
    ]
    expect(rows(documented).sort()).toEqual(rows(calls).sort())
  })

  it('have the same levels in the Chinese page', () => {
    const levelsOf = (text: string): string[] =>
      messagesOf(text).map(({ level, message }) => `${level}: ${message}`)
    expect(levelsOf(readFileSync(join(ROOT, 'docs/zh-CN/logging.md'), 'utf8'))).toEqual(levelsOf(page))
  })

  it('are listed once', () => {
    const messages = documented.map(({ message }) => message)
    expect(messages).toEqual([...new Set(messages)])
  })

  it('are documented with the fields that the sources log', () => {
    const missing = calls.flatMap(({ message, fields, place }) => {
      const row = documented.find((one) => one.message === message)
      return fields
        .filter((field) => row?.fields.includes(`\`${field}\``) !== true)
        .map((field) => `${place}: ${field}`)
    })
    expect(missing).toEqual([])
  })

  it('have only fields that the page explains, and the page has no other field', () => {
    const [, table = ''] = /^\| field [^]*?\n\| -[^\n]*\n([^]*?)\n\n/m.exec(page) ?? []
    const explained = table.split('\n').flatMap((row) => namesIn(row.split('|')[1] ?? ''))
    const named = documented.flatMap(({ fields }) => namesIn(fields))
    expect(explained.length).toBeGreaterThan(50)
    expect([...new Set(named)].filter((name) => !explained.includes(name))).toEqual([])
    const sources = wordsOf([
      'src/bridge',
      'src/channels',
      'src/platform',
      'src/providers',
      'src/ros',
      'handlers',
    ])
    // pino adds these itself.
    const unknown = explained.filter((name) => !sources.has(name) && !['level', 'time', 'msg'].includes(name))
    expect(unknown).toEqual([])
  })

  it('that the page names as alarms exist', () => {
    const [, alarms = ''] = /^What to put an alarm on: ([^]*?)\n\n/m.exec(page) ?? []
    const named = [...alarms.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)
    expect(named.length).toBeGreaterThan(0)
    expect(named.filter((name) => !documented.some(({ message }) => message.startsWith(name)))).toEqual([])
  })
})

/** The rows of the table of messages; no other table begins with a name and a bare word. */
function messagesOf(text: string): { message: string; level: string; fields: string }[] {
  return text.split('\n').flatMap((line) => {
    const [, message, level, fields = ''] = /^\| `([^`]+)` +\| (\w+) +\| ([^|]*)\|/.exec(line) ?? []
    return message === undefined || level === undefined ? [] : [{ message, level, fields }]
  })
}

const namesIn = (text: string): string[] => [...text.matchAll(/`(\w+)`/g)].map(([, name = '']) => name)

/** The names in the sources that a colon, a comma or a brace follows, as a field of an object literal. */
function wordsOf(folders: readonly string[]): ReadonlySet<string> {
  const texts = folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join(ROOT, folder, name), 'utf8')),
  )
  return new Set(
    texts.flatMap((text) => [...text.matchAll(/\b(\w+)(?=\s*[:,}])/g)].map(([, word = '']) => word)),
  )
}

describe('logCallsOf', () => {
  it('finds a call of a logger however the logger is reached', () => {
    const code = `
      log.info('one')
      this.#log.warn({ err: error, path }, 'two')
      options.log(secrets, ids).error({ key }, 'three')
      log.debug(fields, isOld ? 'old' : 'new')
      console.error('not a logger')`
    expect(logCallsOf('src/x.ts', code)).toEqual([
      { level: 'info', message: 'one', fields: [], place: 'src/x.ts:2' },
      { level: 'warn', message: 'two', fields: ['err', 'path'], place: 'src/x.ts:3' },
      { level: 'error', message: 'three', fields: ['key'], place: 'src/x.ts:4' },
      { level: 'debug', message: undefined, fields: [], place: 'src/x.ts:5' },
    ])
  })
})
