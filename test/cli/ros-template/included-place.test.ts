import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { includeFiles } from '../../../src/cli/ros-template/included-files.ts'
import { includedTexts } from '../../../src/cli/ros-template/included-texts.ts'

describe('a file that a ROS template includes', () => {
  let folder: string
  let template: string
  const read: string[] = []
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'included-'))
    await mkdir(join(folder, 'templates', 'nets'), { recursive: true })
    template = join(folder, 'templates', 'ros.yml')
    await writeFile(join(folder, 'secret'), 'the secret of the machine')
    await writeFile(join(folder, 'templates', 'nets', 'net.yml'), 'Resources: {}')
    read.length = 0
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const readBytes = (path: string) => {
    read.push(path)
    return readFile(path)
  }
  /** The problem that each of the two ways to include a file reports. */
  const problemsOf = async (file: string): Promise<string[]> => {
    const stack = { Template: `file://${file}` }
    const resources = { Resources: { A: { Properties: { Parameters: { Stack: stack } } } } }
    const { findings } = await includedTexts(resources, template, readBytes)
    const thrown = await includeFiles(template, JSON.stringify(resources), readBytes).then(
      () => [],
      (error: unknown) => [String(error)],
    )
    return [...findings.map(({ problem }) => problem), ...thrown]
  }

  it('may be in a folder below that of the template', async () => {
    expect(await problemsOf('nets/net.yml')).toEqual([])
    expect(await problemsOf('../templates/nets/net.yml')).toEqual([])
  })

  it('is refused if it is in neither the folder of the template nor the current one', async () => {
    await symlink(join(folder, 'secret'), join(folder, 'templates', 'link.yml'))
    await symlink(folder, join(folder, 'templates', 'up'))
    for (const file of ['../secret', 'link.yml', 'up/secret', 'nets/../../secret']) {
      const problems = await problemsOf(file)
      expect(problems).toHaveLength(2)
      for (const problem of problems)
        expect(problem).toMatch(/neither in the template's folder nor in the current one/)
    }
    expect(read).toEqual([])
  })

  it("may be in the current folder, unless that is the home folder, which holds the user's keys", async () => {
    const before = process.cwd()
    process.chdir(folder)
    try {
      vi.stubEnv('HOME', join(folder, 'templates'))
      expect(await problemsOf('../secret')).toEqual([])
      read.length = 0
      vi.stubEnv('HOME', folder)
      expect(await problemsOf('../secret')).toEqual([
        expect.stringContaining('other than the home folder and /'),
        expect.stringContaining('other than the home folder and /'),
      ])
      expect(await problemsOf('nets/net.yml')).toEqual([])
      expect(read.some((path) => path.endsWith('secret'))).toBe(false)
      process.chdir('/')
      expect(await problemsOf('../secret')).toHaveLength(2)
    } finally {
      process.chdir(before)
      vi.unstubAllEnvs()
    }
  })

  it('is refused if it is hidden in the home folder, and the template is in the home folder or above', async () => {
    await mkdir(join(folder, 'templates', '.aws'))
    await writeFile(join(folder, 'templates', '.aws', 'credentials'), 'a key')
    vi.stubEnv('HOME', join(folder, 'templates'))
    try {
      for (const file of ['.aws/credentials', 'nets/../.aws/credentials'])
        expect(await problemsOf(file)).toEqual([
          expect.stringContaining('which may be a key of the user'),
          expect.stringContaining('which may be a key of the user'),
        ])
      template = join(folder, 'ros.yml')
      expect(await problemsOf('templates/.aws/credentials')).toHaveLength(2)
      expect(read).toEqual([])
      expect(await problemsOf('templates/nets/net.yml')).toEqual([])
      // A template that is itself in the hidden folder belongs to the user.
      template = join(folder, 'templates', '.aws', 'ros.yml')
      expect(await problemsOf('credentials')).toEqual([])
    } finally {
      vi.unstubAllEnvs()
    }
  })

  it('is refused if it is not a regular file, or larger than any cloud accepts', async () => {
    execFileSync('mkfifo', [join(folder, 'templates', 'pipe.yml')])
    const large = join(folder, 'templates', 'large.yml')
    await writeFile(large, '')
    await truncate(large, 10_000_001)
    expect(await problemsOf('pipe.yml')).toEqual(
      Array(2).fill(expect.stringMatching(/is not a regular file/)),
    )
    expect(await problemsOf('nets')).toEqual(Array(2).fill(expect.stringMatching(/is not a regular file/)))
    expect(await problemsOf('large.yml')).toEqual(
      Array(2).fill(expect.stringMatching(/more than 10000000 bytes/)),
    )
    expect(read).toEqual([])
  })
})
