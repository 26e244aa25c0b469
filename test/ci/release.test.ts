import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { parse } from 'yaml'
import { addressFields, PROJECT_ADDRESS } from '../../build/project-address.ts'
import { provenance } from '../../build/provenance.ts'
import { changelogSection, releaseProblems } from '../../build/release-problems.ts'
import { writeApplication } from '../../build/serverless-devs-app.ts'
import { zipFolder } from '../../build/zip.ts'
import packageJson from '../../package.json' with { type: 'json' }
import { preview, ROOT } from '../deploy/serverless-devs.ts'
import { asMap } from '../deploy/ros-template.ts'

/** The contents of a release, and the checks that prevent a release by mistake. */

const run = promisify(execFile)
const ADDRESS = 'https://git.example.com/somebody/stackbridge'
const CHANGELOG = '# Changelog\n\n## Unreleased\n\n## 1.2.3 - 2026-12-01\n\n- New.\n\n## 1.2.2\n\n- Old.\n'
const RELEASE = {
  tag: 'v1.2.3',
  publishedFrom: ADDRESS,
  projectAddress: ADDRESS,
  packageJson: { version: '1.2.3', ...addressFields(ADDRESS) },
  changelog: CHANGELOG,
}

describe('a release', () => {
  it('may be published if it has a version, a section of the changelog and an address', () => {
    expect(releaseProblems(RELEASE)).toEqual([])
  })

  it.each([
    ['a tag of another version', { tag: 'v1.2.4' }, 'the tag is v1.2.4'],
    ['no section of the changelog', { changelog: '## Unreleased\n' }, 'has no section'],
    ['no address', { projectAddress: undefined }, 'has no address'],
    [
      'an address that is not where it is published from',
      { publishedFrom: 'https://git.example.com/fork/x' },
      'is published from',
    ],
    [
      'an address that package.json does not name',
      { packageJson: { version: '1.2.3' } },
      'repository of package.json',
    ],
    ['a private package', { packageJson: { ...RELEASE.packageJson, private: true } }, 'is private'],
  ])('is not published with %s', (_name, change, problem) => {
    expect(releaseProblems({ ...RELEASE, ...change }).join('\n')).toContain(problem)
  })

  it('shows the section of its own version', () => {
    expect(changelogSection(CHANGELOG, '1.2.3')).toBe('- New.')
    expect(changelogSection(CHANGELOG, '1.2')).toBeUndefined()
  })

  it('states the commit and the hash of each file', () => {
    const run = {
      repository: ADDRESS,
      workflow: 'w.yml',
      ref: 'refs/tags/v1.2.3',
      commit: 'abc',
      invocation: 'run',
    }
    expect(provenance([{ name: 'a.zip', bytes: Buffer.from('abc') }], run)).toMatchObject({
      subject: [
        {
          name: 'a.zip',
          digest: { sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' },
        },
      ],
      predicate: { buildDefinition: { resolvedDependencies: [{ digest: { gitCommit: 'abc' } }] } },
    })
  })
})

describe('package.json', () => {
  it("has the project's address, or none as long as the project has none", () => {
    const { repository, homepage, bugs }: Readonly<Record<string, unknown>> = packageJson
    const named = Object.entries({ repository, homepage, bugs }).filter(([, value]) => value !== undefined)
    expect(Object.fromEntries(named)).toEqual(addressFields(PROJECT_ADDRESS))
  })

  it('can be found and published, and only through the check', () => {
    expect(packageJson).not.toHaveProperty('private')
    expect(packageJson.keywords).toEqual(expect.arrayContaining(['ros', 'cloudformation', 'openstack']))
    expect(packageJson.scripts.prepublishOnly).toBe('tsx build/release.ts check')
  })
})

describe('the application of Serverless Devs', () => {
  let folder: string
  let application: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stackbridge-application-'))
    const checkout = join(folder, 'checkout')
    application = join(folder, 'application')
    await mkdir(join(checkout, 'dist'), { recursive: true })
    for (const name of ['build', 'docs', 'examples', 'serverless.yml', 'LICENSE'])
      await symlink(join(ROOT, name), join(checkout, name))
    for (const name of ['cli.mjs', 'cli-chunks'])
      await cp(join(inject('built'), name), join(checkout, 'dist', name), { recursive: true })
    await writeFile(
      join(checkout, 'dist/stackbridge.zip'),
      await zipFolder(join(inject('built'), 'function')),
    )
    await writeApplication(checkout, application, '1.2.3')
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  /** A task of build/release.ts on the checkout, with the environment that GitHub gives. */
  function release(...task: string[]) {
    const tsx = join(ROOT, 'node_modules/tsx/dist/cli.mjs')
    const env = {
      PATH: process.env['PATH'],
      GITHUB_SERVER_URL: 'https://git.example.com',
      GITHUB_REPOSITORY: 'somebody/stackbridge',
      GITHUB_REF: `refs/tags/v${packageJson.version}`,
      GITHUB_REF_NAME: `v${packageJson.version}`,
      GITHUB_SHA: 'abc',
      GITHUB_RUN_ID: '1',
    }
    return run(process.execPath, [tsx, join(ROOT, 'build/release.ts'), ...task], {
      cwd: join(folder, 'checkout'),
      env,
    })
  }

  it('has the other files and earlier ones attached, each with its hash in the sums and in the provenance', async () => {
    const dist = join(folder, 'checkout/dist')
    for (const name of ['stackbridge.zip', 'cli.mjs'])
      for (const more of ['licences.txt', 'cdx.json']) await writeFile(join(dist, `${name}.${more}`), '{}')
    const files = join(folder, 'files')
    await mkdir(files)
    await writeFile(join(files, 'stackbridge-container.tar.gz'), 'built before')
    await release('files', files)
    await run('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: files })
    const sums = new Map(
      (await readFile(join(files, 'SHA256SUMS'), 'utf8'))
        .trim()
        .split('\n')
        .map((line): [string, string] => [line.slice(66), line.slice(0, 64)]),
    )
    expect([...sums.keys()].sort()).toEqual(
      (await readdir(files)).filter((name) => name !== 'SHA256SUMS').sort(),
    )
    const { subject } = JSON.parse(await readFile(join(files, 'provenance.json'), 'utf8'))
    const proved = [...sums].filter(([name]) => name !== 'provenance.json')
    expect(subject).toEqual(proved.map(([name, sha256]) => ({ name, digest: { sha256 } })))
    expect(proved.map(([name]) => name)).toEqual(
      expect.arrayContaining([
        'stackbridge-container.tar.gz',
        'stackbridge-serverless-devs.zip',
        'stackbridge.yml',
      ]),
    )
  })

  it('is announced with the section of the changelog and a link to the template, and is checked first', async () => {
    await symlink(join(ROOT, 'CHANGELOG.md'), join(folder, 'checkout/CHANGELOG.md'))
    const { stdout } = await release('notes')
    expect(stdout).toContain(
      encodeURIComponent(`/somebody/stackbridge/releases/download/v${packageJson.version}/stackbridge.yml`),
    )
    const section = changelogSection(await readFile(join(ROOT, 'CHANGELOG.md'), 'utf8'), packageJson.version)
    expect(stdout.startsWith(section ?? 'no section')).toBe(true)
    // The address is not set yet, or another repository uses the workflow.
    await expect(release('check')).rejects.toMatchObject({ code: 1 })
  })

  it('asks exactly for the values that its document leaves open', async () => {
    const publish = asMap(parse(await readFile(join(application, 'publish.yaml'), 'utf8')))
    expect(publish).toMatchObject({
      Edition: '3.0.0',
      Type: 'Project',
      Name: 'stackbridge',
      Version: '1.2.3',
    })
    const document = await readFile(join(application, 'src/s.yaml'), 'utf8')
    const open = [...document.matchAll(/\{\{ (\w+) \}\}/g)].map(([, name]) => name)
    expect(Object.keys(asMap(asMap(publish['Parameters'])['properties'])).sort()).toEqual(open.sort())
  })

  it('renders, with all values given, to the functions of serverless.yml', async () => {
    const source = join(application, 'src')
    const document = await readFile(join(source, 's.yaml'), 'utf8')
    const answered = document.replace('{{ region }}', 'eu-central-1').replace('{{ functionName }}', 'bridge')
    await writeFile(join(source, 'answered.yml'), answered)
    const own = await readFile(join(source, 'hand-off-queue.yml'), 'utf8')
    expect(own).toMatch(/^extend: s\.yaml/m)
    const { code, stdout } = await preview(
      source,
      { ALIBABA_CLOUD_ACCOUNT_ID: '1234567890123456' },
      'answered.yml',
    )
    expect(code).toBe(0)
    const { resources } = JSON.parse(stdout)
    expect(resources.bridge.props).toMatchObject({ functionName: 'bridge', region: 'eu-central-1' })
    expect(resources.on_failure.props).toMatchObject({
      functionName: 'bridge-on-failure',
      code: './dist/stackbridge.zip',
    })
    await expect(readFile(join(source, 'dist/stackbridge.zip'))).resolves.not.toHaveLength(0)
  })
})
