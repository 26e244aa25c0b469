import { execFile } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { servedProviders } from '../../src/providers/registry.ts'

/** Runs the commands of pages on the built command line, each page in its own folder with `dist` and `examples`. */

const ROOT = join(import.meta.dirname, '../..')
const PAGES = ['try', 'own-a-stack', ...servedProviders.map(({ folder }) => `providers/${folder}`)].map(
  (name) => `docs/${name}.md`,
)
/** Their other commands need a real cloud. */
const TRIED_PAGES = ['docs/plan.md', 'docs/drift.md', 'docs/diagnose.md']

let home: string
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'stackbridge-commands-'))
  await Promise.all([mkdir(join(home, 'bin')), mkdir(join(home, 'dist'))])
  for (const name of ['cli.mjs', 'cli-chunks'])
    await cp(join(inject('built'), name), join(home, 'dist', name), { recursive: true })
  // The suite of the README runs the demo; the build exists already.
  await program('npm', 'case "$*" in ci | "run demo" | "run build") exit 0 ;; *) exit 1 ;; esac')
  await program('node', `exec ${process.execPath} "$@"`)
})
afterAll(() => rm(home, { recursive: true, force: true }))

async function program(name: string, script: string): Promise<void> {
  await writeFile(join(home, 'bin', name), `#!/bin/sh\n${script}\n`)
  await chmod(join(home, 'bin', name), 0o755)
}

/** Runs the commands in order, and stops at the first failure. */
async function shell(commands: string, name: string): Promise<{ code: number; stderr: string }> {
  const cwd = join(home, name)
  await mkdir(cwd)
  await symlink(join(home, 'dist'), join(cwd, 'dist'))
  await symlink(join(ROOT, 'examples'), join(cwd, 'examples'))
  const env = { PATH: [join(home, 'bin'), process.env['PATH'] ?? ''].join(delimiter), HOME: cwd }
  return new Promise((resolve) => {
    const options = { cwd, env, maxBuffer: 16 * 1024 * 1024 }
    execFile(
      'bash',
      ['--noprofile', '--norc', '-euo', 'pipefail', '-c', commands],
      options,
      (error, _, stderr) => {
        resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : 1, stderr })
      },
    )
  })
}

describe.each([...PAGES, ...TRIED_PAGES])('the commands of %s', (path) => {
  it('run one after the other without an error', async () => {
    const whole = await readFile(join(ROOT, path), 'utf8')
    const page = TRIED_PAGES.includes(path) ? whole.slice(whole.indexOf('\n## Try it\n')) : whole
    const blocks = [...page.matchAll(/^```sh\n([^]*?)^```/gm)].map(([, block = '']) => block)
    expect(blocks.length).toBeGreaterThan(0)
    expect(await shell(blocks.join('\n'), path.replaceAll('/', '-'))).toEqual({ code: 0, stderr: '' })
  })
})
