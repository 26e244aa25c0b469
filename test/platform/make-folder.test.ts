import { mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeFolder } from '../../src/platform/make-folder.ts'

let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'make-folder-'))
})
afterEach(() => rm(root, { recursive: true }))

describe('makeFolder', () => {
  it('creates what is missing, with its mode, and says from where on', async () => {
    expect(await makeFolder(join(root, 'a', 'b', 'c'), 0o700)).toBe(join(root, 'a'))
    expect((await stat(join(root, 'a', 'b', 'c'))).mode & 0o777).toBe(0o700)
    expect(await makeFolder(join(root, 'a', 'd'))).toBe(join(root, 'a', 'd'))
    expect(await makeFolder(join(root, 'a', 'd'))).toBeUndefined()
  })

  it('lets several make the same folders at the same moment', async () => {
    const made = Array.from({ length: 20 }, () => makeFolder(join(root, 'a', 'b', 'c')))
    expect(await Promise.all(made)).toContain(join(root, 'a'))
  })

  it('fails where a file or a link that leads nowhere is in the way', async () => {
    await writeFile(join(root, 'file'), '')
    await symlink(join(root, 'nowhere'), join(root, 'dangling'))
    for (const name of ['file', 'dangling'])
      for (const path of [name, `${name}/x`])
        await expect(makeFolder(join(root, path))).rejects.toThrow(/EEXIST|ENOENT|ENOTDIR/)
  })

  it.skipIf(process.platform !== 'linux')(
    "fails below /proc, where Node's own recursive mkdir never ends",
    async () => {
      await expect(makeFolder('/proc/nope/x')).rejects.toThrow('ENOENT')
    },
  )
})
