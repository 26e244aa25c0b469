import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

/** What the workflows run: everything is pinned, and no token is left behind. */

const ROOT = join(import.meta.dirname, '../..')
const FOLDER = join(ROOT, '.github/workflows')

const text = v.pipe(v.string(), v.nonEmpty())
const environment = v.record(v.pipe(v.string(), v.regex(/^[A-Z][A-Z0-9_]*$/)), text)
const permissions = v.record(
  v.picklist(['actions', 'contents', 'packages', 'id-token']),
  v.picklist(['read', 'write', 'none']),
)
const minutes = v.pipe(v.number(), v.integer(), v.maxValue(120))

const step = v.variant('uses', [
  v.strictObject({
    uses: text,
    with: v.optional(v.record(v.string(), v.union([v.string(), v.boolean()]))),
    run: v.optional(v.undefined()),
  }),
  v.strictObject({
    name: v.optional(text),
    uses: v.optional(v.undefined()),
    run: text,
    with: v.optional(v.undefined()),
  }),
])

/**
 * The keys that we use of https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax. GitHub refuses
 * unknown keys.
 */
const schema = v.strictObject({
  name: text,
  on: v.strictObject({
    push: v.optional(
      v.strictObject({ branches: v.optional(v.array(text)), tags: v.optional(v.array(text)) }),
    ),
    pull_request: v.optional(v.null()),
    workflow_call: v.optional(v.null()),
  }),
  permissions,
  jobs: v.record(
    v.pipe(v.string(), v.regex(/^[a-z][\w-]*$/)),
    v.union([
      // Only a workflow that is called by another one.
      v.strictObject({
        uses: text,
        needs: v.optional(v.array(text)),
        permissions: v.optional(permissions),
        steps: v.optional(v.array(step), []),
      }),
      v.strictObject({
        'runs-on': v.picklist(['ubuntu-latest', 'ubuntu-24.04']),
        'timeout-minutes': minutes,
        container: v.optional(v.pipe(v.string(), v.regex(/^[\w./-]+(?::[\w.-]+)?@sha256:[0-9a-f]{64}$/))),
        environment: v.optional(text),
        env: v.optional(environment),
        needs: v.optional(v.array(text)),
        permissions: v.optional(permissions),
        uses: v.optional(v.undefined()),
        steps: v.pipe(v.array(step), v.nonEmpty()),
      }),
    ]),
  ),
})

const workflows = readdirSync(FOLDER).map((name) => {
  const written = readFileSync(join(FOLDER, name), 'utf8')
  const read = v.parse(schema, parse(written))
  return { ...read, name, written, steps: Object.values(read.jobs).flatMap(({ steps }) => steps) }
})

describe.each(workflows)('the workflow $name', ({ written, permissions, jobs, steps }) => {
  it('names each action by its commit, with its version in a comment', () => {
    const used = steps.flatMap(({ uses }) => uses ?? [])
    expect(used.length).toBeGreaterThan(0)
    for (const action of used) {
      expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/)
      expect(written).toMatch(new RegExp(`uses: ${action} # v\\d+\\.\\d+\\.\\d+\\n`))
    }
  })

  it('leaves no token in the checkout, and may only read the repository', () => {
    for (const { uses = '', with: given } of steps)
      if (uses.startsWith('actions/checkout@')) expect(given?.['persist-credentials']).toBe(false)
    expect(permissions).toEqual({ contents: 'read' })
  })

  it('waits only for jobs that exist, and not in a circle', () => {
    const done = new Set<string>()
    const ready = () =>
      Object.entries(jobs).filter(
        ([job, { needs = [] }]) => !done.has(job) && needs.every((one) => done.has(one)),
      )
    for (let next = ready(); next.length > 0; next = ready()) for (const [job] of next) done.add(job)
    expect([...done].sort()).toEqual(Object.keys(jobs).sort())
  })

  it('has scripts with valid bash syntax, without text that other people can choose', () => {
    for (const { run } of steps) {
      if (run === undefined) continue
      expect(run).not.toContain('${{')
      expect(spawnSync('bash', ['-n'], { input: run, encoding: 'utf8' })).toMatchObject({
        status: 0,
        stderr: '',
      })
    }
    for (const [, expression = ''] of written.matchAll(/\$\{\{ (.*?) \}\}/g))
      expect(['github.ref_name', 'github.repository', 'github.token']).toContain(expression)
  })
})

describe('the release', () => {
  const release = workflows.find(({ name }) => name === 'release.yml')
  const commands = release?.steps.flatMap(({ run }) => run ?? []).join('\n') ?? ''

  it('looks up the base image once, and then uses only its digest', () => {
    expect(commands.match(/imagetools inspect/g)).toHaveLength(1)
    expect(commands).toContain('[[ $digest =~ ^sha256:[0-9a-f]{64}$ ]]')
    expect(release?.written.match(/node:\d/g)).toHaveLength(1)
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

  it('runs all tests from the tag itself, and publishes only after they pass', () => {
    expect(release?.jobs['test']?.uses).toBe('./.github/workflows/ci.yml')
    expect(release?.jobs['publish']?.needs).toEqual(['test', 'build'])
    expect(workflows.find(({ name }) => name === 'ci.yml')?.written).toContain('workflow_call:')
  })

  it('may publish in one job only, which runs nothing of the checkout and checks the hashes first', () => {
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

  it('stores no token of npm', () => {
    expect(release?.written).not.toMatch(/secrets\./)
    expect(release?.jobs['publish']?.permissions).toMatchObject({ 'id-token': 'write' })
  })
})
