import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bundleCli } from '../../build/bundle.ts'
import { nothingIsLeft, variable } from './heat-world.ts'
import { home, existing } from './native-api.ts'

/** `stackbridge acceptance`, as an operator of OpenStack runs it. */

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stackbridge-built-'))
  await bundleCli(folder)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const AUTH = [
  ...['OS_AUTH_URL', 'OS_USERNAME', 'OS_PASSWORD', 'OS_USER_DOMAIN_NAME'],
  ...['OS_PROJECT_NAME', 'OS_PROJECT_DOMAIN_NAME'],
]

/** Resolves with the exit code and the output; `onceMade` is called when a stack exists. */
async function acceptance(
  args: readonly string[],
  onceMade?: (kill: () => void) => void,
): Promise<{ readonly code: number | string | null; readonly printed: string }> {
  const env = {
    PATH: process.env['PATH'] ?? '',
    OS_REGION_NAME: 'RegionOne',
    STACKBRIDGE_POLL_MIN_MS: '300',
    ...Object.fromEntries(AUTH.map((name) => [name, variable(name)])),
  }
  const file = join(folder, 'cli.mjs')
  const all = [file, 'acceptance', ...args, '--state', join(folder, 'state')]
  const ended = new Promise<{ code: number | string | null; printed: string }>((resolve) => {
    const child = execFile(process.execPath, all, { env, cwd: folder }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : (error.code ?? null), printed: `${stdout}${stderr}` })
    })
    if (onceMade !== undefined)
      void expect
        .poll(existing, { timeout: 60_000, interval: 50 })
        .toHaveLength(1)
        .then(() => {
          onceMade(() => child.kill('SIGKILL'))
        })
  })
  return ended
}

it('every scenario passes on a real Heat, and no stack is left', { timeout: 300_000 }, async () => {
  const { code, printed } = await acceptance(['--cloud', 'heat', '--yes'])
  expect(code, printed).toBe(0)
  await nothingIsLeft()
  const name = (await readdir(folder)).find((file) => file.endsWith('.json')) ?? ''
  const report = await readFile(join(folder, name), 'utf8')
  expect(JSON.parse(report)).toMatchObject({ subjects: ['heat'], sandbox: false, left: [] })
  for (const secret of [variable('OS_PASSWORD'), variable('OS_PROJECT_ID'), home])
    expect(report).not.toContain(secret)
})

it('clean deletes the stacks of a killed run', { timeout: 300_000 }, async () => {
  await acceptance(['--cloud', 'heat', '--yes'], (kill) => {
    kill()
  })
  expect(await existing()).toHaveLength(1)
  const { code, printed } = await acceptance(['clean'])
  expect(code, printed).toBe(0)
  await nothingIsLeft()
})
