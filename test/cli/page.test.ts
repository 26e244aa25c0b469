import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CLI } from './built-cli.ts'

/** Runs the commands of docs/cli.md in order, and compares their output with the page. */

const page = await readFile(join(import.meta.dirname, '../../docs/cli.md'), 'utf8')

interface Session {
  readonly command: string
  readonly printed: string
}

const sessions = [...page.matchAll(/```console\n([^]*?)```/g)].flatMap(([, block = '']): Session[] =>
  block
    .split(/^\$ /m)
    .slice(1)
    .map((session) => {
      const [command = '', ...lines] = session.split('\n')
      return { command, printed: lines.join('\n') }
    }),
)

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stackbridge-page-'))
  const command = join(folder, 'stackbridge')
  await writeFile(command, `#!/bin/sh\nexec "${process.execPath}" "${CLI}" "$@"\n`)
  await chmod(command, 0o755)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Removes what differs between runs: times with the space of their columns, and ports. */
function comparable(text: string): string {
  return (
    text
      .replaceAll(/\d+\.\d s\b/g, 'TIME')
      .replaceAll(/ {2,}/g, ' ')
      .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT')
      // Heat returns the type of a resource only while it exists, so a deletion may be shown with or without it.
      .replaceAll(/(DELETE_[A-Z_]+ \w+\/\w+) OS::Heat::RandomString/g, '$1')
      .trimEnd()
  )
}

function printedBy(command: string): Promise<string> {
  const env = { PATH: `${folder}:${process.env['PATH'] ?? ''}` }
  return new Promise((resolve) => {
    execFile('sh', ['-c', `${command} 2>&1`], { cwd: folder, env }, (_, stdout) => {
      resolve(stdout)
    })
  })
}

describe('docs/cli.md', () => {
  it('shows console sessions', () => {
    expect(sessions.length).toBeGreaterThan(4)
  })

  it.each(sessions)('$command prints what the page shows', async ({ command, printed }) => {
    expect(comparable(await printedBy(command))).toBe(comparable(printed))
  })

  it('lists each type of object that --json prints', async () => {
    const source = await readFile(join(import.meta.dirname, '../../src/cli/report.ts'), 'utf8')
    const types = [...source.matchAll(/type: '([a-z-]+)'/g)].map(([, type]) => type)
    expect(types.length).toBeGreaterThan(10)
    expect(types.filter((type) => !page.includes(`\`${String(type)}\``))).toEqual([])
  })
})
