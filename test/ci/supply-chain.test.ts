import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

/** What the workflows run: nothing that somebody else can change under the same name, and no token that stays behind. */

const ROOT = join(import.meta.dirname, '../..')
const FOLDER = join(ROOT, '.github/workflows')

const schema = v.object({
  permissions: v.record(v.string(), v.string()),
  jobs: v.record(
    v.string(),
    v.object({
      needs: v.optional(v.array(v.string())),
      permissions: v.optional(v.record(v.string(), v.string())),
      // Of a workflow that is called.
      uses: v.optional(v.string()),
      steps: v.optional(
        v.array(
          v.object({
            uses: v.optional(v.string()),
            with: v.optional(v.record(v.string(), v.unknown())),
            run: v.optional(v.string()),
          }),
        ),
        [],
      ),
    }),
  ),
})

const workflows = readdirSync(FOLDER).map((name) => {
  const text = readFileSync(join(FOLDER, name), 'utf8')
  const read = v.parse(schema, parse(text))
  return { name, text, ...read, steps: Object.values(read.jobs).flatMap(({ steps }) => steps) }
})

describe.each(workflows)('the workflow $name', ({ text, permissions, steps }) => {
  it('names each action by its commit, and says which version that is', () => {
    const used = steps.flatMap(({ uses }) => uses ?? [])
    expect(used.length).toBeGreaterThan(0)
    for (const action of used) {
      expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/)
      expect(text).toMatch(new RegExp(`uses: ${action} # v\\d+\\.\\d+\\.\\d+\\n`))
    }
  })

  it('leaves no token in the checkout, and has no right but to read it', () => {
    for (const { uses = '', with: given } of steps)
      if (uses.startsWith('actions/checkout@')) expect(given?.['persist-credentials']).toBe(false)
    expect(permissions).toEqual({ contents: 'read' })
  })
})

describe('the release', () => {
  const release = workflows.find(({ name }) => name === 'release.yml')
  const commands = release?.steps.flatMap(({ run }) => run ?? []).join('\n') ?? ''

  it('looks up the base image once, and uses it by its digest alone', () => {
    expect(commands.match(/imagetools inspect/g)).toHaveLength(1)
    expect(commands).toContain('[[ $digest =~ ^sha256:[0-9a-f]{64}$ ]]')
    expect(release?.text.match(/node:\d/g)).toHaveLength(1)
    expect(commands).toContain('--build-arg "NODE_IMAGE=$NODE_IMAGE"')
    const container = readFileSync(join(ROOT, 'Containerfile'), 'utf8')
    const images = [...container.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image)
    expect(new Set(images)).toEqual(new Set(['${NODE_IMAGE}']))
  })

  it('runs no install scripts of packages', () => {
    const installing = `${commands}\n${readFileSync(join(ROOT, 'Containerfile'), 'utf8')}`
    const installs = [...installing.matchAll(/npm (?:ci|install)[^\n&]*/g)].map(([text]) => text.trim())
    expect(installs).toHaveLength(2)
    for (const install of installs) expect(install).toContain('--ignore-scripts')
  })

  it('runs all tests, from the tag itself, and publishes only after them', () => {
    expect(release?.jobs['test']?.uses).toBe('./.github/workflows/ci.yml')
    expect(release?.jobs['publish']?.needs).toEqual(['test', 'build'])
    expect(workflows.find(({ name }) => name === 'ci.yml')?.text).toContain('workflow_call:')
  })

  it('has the right to publish in one job, which runs nothing of the checkout and checks the hashes first', () => {
    const withRights = Object.entries(release?.jobs ?? {}).filter(([, job]) => job.permissions !== undefined)
    expect(withRights.map(([name]) => name)).toEqual(['publish'])
    const [first, ...others] = release?.jobs['publish']?.steps ?? []
    expect(first?.run).toContain('sha256sum --check SHA256SUMS')
    expect(others.flatMap(({ uses }) => uses ?? [])).toEqual([])
    for (const { run } of others) expect(run).not.toMatch(/tsx|npm (?:ci|run)/)
  })

  it('checks version, changelog and address before it attaches anything', () => {
    expect(commands).toMatch(/build\/release\.ts check &&[^&]*build\/release\.ts files/)
  })

  it('keeps no token of npm', () => {
    expect(release?.text).not.toMatch(/secrets\./)
    expect(release?.jobs['publish']?.permissions).toMatchObject({ 'id-token': 'write' })
  })
})
