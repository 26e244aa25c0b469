import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import packageJson from '../package.json' with { type: 'json' }
import { PROJECT_ADDRESS } from './project-address.ts'
import { provenance, sha256, type BuiltFile, type Run } from './provenance.ts'
import { changelogSection, releaseProblems } from './release-problems.ts'
import { writeApplication } from './serverless-devs-app.ts'
import { zipFolder } from './zip.ts'

/**
 * `tsx build/release.ts check`: whether the tag may be published. `tsx build/release.ts notes`: the release's text.
 * `tsx build/release.ts files FOLDER`: what is attached to a release, from a checkout whose `dist` is built; the folder holds what
 * was built before, such as the package. The environment is that of GitHub.
 */

const environment = (name: string): string => {
  const value = process.env[name]
  if (value === undefined || value === '') throw new TypeError(`${name} is not set`)
  return value
}
const repository = () => `${environment('GITHUB_SERVER_URL')}/${environment('GITHUB_REPOSITORY')}`
const changelog = () => readFile('CHANGELOG.md', 'utf8')

const ATTACHED = [
  'dist/stackbridge.zip',
  'dist/stackbridge.zip.licences.txt',
  'dist/stackbridge.zip.cdx.json',
  'dist/cli.mjs.licences.txt',
  'dist/cli.mjs.cdx.json',
  'examples/deploy/stackbridge.yml',
  'examples/deploy/prerequisites.yml',
  'serverless.yml',
]

async function check(): Promise<void> {
  const problems = releaseProblems({
    tag: environment('GITHUB_REF_NAME'),
    publishedFrom: repository(),
    projectAddress: PROJECT_ADDRESS,
    packageJson,
    changelog: await changelog(),
  })
  for (const problem of problems) process.stderr.write(`${problem}\n`)
  process.exitCode = problems.length === 0 ? 0 : 1
}

async function files(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await Promise.all(ATTACHED.map((path) => cp(path, join(folder, basename(path)))))
  const application = join(folder, 'application')
  await writeApplication('.', application, packageJson.version)
  await writeFile(join(folder, 'stackbridge-serverless-devs.zip'), await zipFolder(application))
  await rm(application, { recursive: true })
  const built = await filesIn(folder)
  await writeFile(join(folder, 'provenance.json'), `${JSON.stringify(provenance(built, runOf()), null, 2)}\n`)
  const sums = (await filesIn(folder)).map(({ name, bytes }) => `${sha256(bytes)}  ${name}\n`)
  await writeFile(join(folder, 'SHA256SUMS'), sums.join(''))
}

/** The changelog's section, and the link by which ROS's console creates the stack. */
async function notes(): Promise<string> {
  const { version } = packageJson
  const template = `${repository()}/releases/download/${environment('GITHUB_REF_NAME')}/stackbridge.yml`
  const link = `https://ros.console.aliyun.com/ap-southeast-1/stacks/create?templateUrl=${encodeURIComponent(template)}`
  return `${changelogSection(await changelog(), version) ?? ''}\n\n[Create the stack in ROS's console](${link}); put \`stackbridge.zip\` into a bucket of the region first.\n`
}

async function filesIn(folder: string): Promise<readonly BuiltFile[]> {
  const names = (await readdir(folder)).filter((name) => name !== 'SHA256SUMS').sort()
  return Promise.all(names.map(async (name) => ({ name, bytes: await readFile(join(folder, name)) })))
}

function runOf(): Run {
  return {
    repository: repository(),
    workflow: '.github/workflows/release.yml',
    ref: environment('GITHUB_REF'),
    commit: environment('GITHUB_SHA'),
    invocation: `${repository()}/actions/runs/${environment('GITHUB_RUN_ID')}`,
  }
}

const [task, folder] = process.argv.slice(2)
if (task === 'check') await check()
else if (task === 'notes') process.stdout.write(await notes())
else if (task === 'files' && folder !== undefined) await files(folder)
else throw new TypeError('usage: tsx build/release.ts check | notes | files FOLDER')
