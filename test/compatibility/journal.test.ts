import { cpSync, existsSync, readFileSync } from 'node:fs'
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openJournal } from '../../src/channels/server/journal.ts'
import { parseJson } from '../../src/platform/json.ts'
import { createLogger } from '../../src/platform/log.ts'
import { Secrets } from '../../src/platform/secrets.ts'
import { parseEvent } from '../../src/ros/event.ts'
import { FIXTURE_KEY, labelOf, opened } from './hop-by-hop.ts'

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

it.each(['0.1.0/journal', '0.1.0/journal-with-its-own-key'])('continues the journal %s', async (name) => {
  cpSync(join('test/fixtures', name), folder, { recursive: true })
  for (const file of await readdir(folder)) await chmod(join(folder, file), 0o600)
  const key = existsSync(join(folder, 'key')) ? readFileSync(join(folder, 'key'), 'utf8') : FIXTURE_KEY
  const journal = await openJournal(folder, [key], log)
  await journal.close()
  const payloads = journal.unfinished.map(({ payload }) => payload)
  const events = payloads.map((payload) => parseEvent(parseJson(payload), { needsUrl: true }))
  expect(events.map(({ kind }) => kind).sort()).toEqual(['event', 'unanswerable'])
  const [event] = events.filter(({ kind }) => kind === 'event')
  expect(event).toMatchObject({ event: { requestType: 'Create', requestId: 'not-begun' } })
  const [continuation] = payloads.filter((_, index) => events[index]?.kind === 'unanswerable')
  if (key === FIXTURE_KEY) expect(labelOf(opened(continuation ?? Buffer.of()))).toBe('create observe create')
  expect(lines).toEqual([])
})
