import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { root } from '../../build/bundle.ts'

/** Building a released commit again must produce the released bytes, in any folder and any time zone. */

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stackbridge-reproducible-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

it('a build in another folder and time zone produces the same zip, and writes nothing beside it', async () => {
  const cwd = join(folder, 'elsewhere')
  const out = join(folder, 'out')
  await mkdir(cwd)
  await promisify(execFile)(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), join(root, 'build/build.ts'), '--quiet', `--out=${out}`],
    { cwd, env: { ...process.env, TZ: 'Asia/Shanghai' } },
  )
  const zipIn = (built: string) => readFile(join(built, 'stackbridge.zip'))
  expect((await zipIn(out)).equals(await zipIn(inject('built')))).toBe(true)
  expect(await readdir(cwd)).toEqual([])
})
