import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStateFolder } from '../../../src/cli/local-stack/state-folder.ts'
import { newState } from '../../../src/cli/local-stack/stack-state.ts'
import { UsageError } from '../../../src/cli/usage-error.ts'
import { systemClock } from '../../../src/platform/clock.ts'
import { SourceNumber } from '../../../src/platform/json.ts'

let parent: string
beforeEach(async () => {
  parent = join(await mkdtemp(join(tmpdir(), 'up-')), 's')
})
afterEach(() => rm(join(parent, '..'), { recursive: true, force: true }))

const open = () => openStateFolder(parent, 'shop', { ...systemClock, sleep: () => Promise.resolve() })

const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8)

describe("the folder of a local stack's state", () => {
  it('returns the state unchanged, including its numbers, and shows no secret in its files', async () => {
    const state = newState('shop', 'stack-1', true)
    state.resources['A'] = {
      type: 'Custom::HeatStack',
      properties: { password: 'hunter2-hunter2', n: new SourceNumber('1.10') },
      served: true,
      data: {},
      retained: false,
      dependsOn: [],
    }
    const first = await open()
    await Promise.all([first.write(newState('shop', 'other', true)), first.write(state)])
    await first.release()
    const second = await open()
    expect(await second.read()).toEqual(state)
    await second.release()
    const folder = join(parent, 'shop')
    for (const name of await readdir(folder))
      expect(await readFile(join(folder, name), 'utf8')).not.toContain('hunter2')
    expect(await modeOf(parent)).toBe('700')
    expect(await modeOf(folder)).toBe('700')
    expect(await modeOf(join(folder, 'key'))).toBe('600')
    expect(await modeOf(join(folder, 'state'))).toBe('600')
    expect(await readFile(join(parent, '.gitignore'), 'utf8')).toBe('*\n')
  })

  it('changes no file of a folder that existed before', async () => {
    await mkdir(parent)
    await writeFile(join(parent, '.gitignore'), 'mine\n')
    await (await open()).release()
    expect(await readFile(join(parent, '.gitignore'), 'utf8')).toBe('mine\n')
    await rm(join(parent, '.gitignore'))
    await (await open()).release()
    expect(await readdir(parent)).toEqual([])
  })

  it('can be used by only one process at a time', async () => {
    const first = await open()
    await expect(open()).rejects.toThrow(
      new UsageError('another process works on this stack; wait for it, or choose another --stack-name'),
    )
    await first.release()
    await (await open()).release()
  })

  it('is removed with its stack, and is not left behind by a command that created none', async () => {
    const folder = await open()
    await folder.write(newState('shop', 'stack-1', false))
    await folder.forget()
    expect(await folder.read()).toBeUndefined()
    await folder.release()
    expect(await readdir(parent)).toEqual(['.gitignore'])
    await (await open()).release()
    expect(await readdir(parent)).toEqual(['.gitignore'])
  })

  it('is refused if other users may read it', async () => {
    const folder = await open()
    await folder.write(newState('shop', 'stack-1', false))
    await folder.release()
    await chmod(join(parent, 'shop'), 0o755)
    await expect(open()).rejects.toThrow(/others may read or write .* run: chmod 700/)
  })

  it('explains what to do if the key is another one', async () => {
    const folder = await open()
    await folder.write(newState('shop', 'stack-1', false))
    await folder.release()
    await writeFile(join(parent, 'shop/key'), 'k'.repeat(43))
    const again = await open()
    await expect(again.read()).rejects.toThrow(
      /cannot be read: its key.* is another one; restore the file key/,
    )
    await again.release()
  })
})
