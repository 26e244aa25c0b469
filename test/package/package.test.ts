import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { startResponseServer } from '../../src/sandbox/ros/response-server.ts'
import { systemClock } from '../../src/platform/clock.ts'

/**
 * The package as `npm pack` writes it, unpacked into another project, with its dependencies where npm would install them. It
 * cannot reach the sources of this checkout.
 */

const root = join(import.meta.dirname, '../..')
const run = promisify(execFile)
const NOT_IN_A_CLONE = ['node_modules', 'dist', '.git', 'coverage']

let folder: string
let project: string
let installed: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stackbridge-package-'))
  const clone = join(folder, 'clone')
  const isKept = (path: string) => !NOT_IN_A_CLONE.some((name) => path === join(root, name))
  await cp(root, clone, { recursive: true, filter: isKept })
  await symlink(join(root, 'node_modules'), join(clone, 'node_modules'))
  await run('npm', ['pack', '--pack-destination', folder], { cwd: clone })
  project = join(folder, 'project')
  installed = join(project, 'node_modules/stackbridge')
  await mkdir(installed, { recursive: true })
  const archive = join(folder, `stackbridge-${packageJson.version}.tgz`)
  await run('tar', ['-xzf', archive, '-C', installed, '--strip-components=1'])
  for (const name of [...Object.keys(packageJson.dependencies), '@types/node']) {
    await mkdir(join(project, 'node_modules', name, '..'), { recursive: true })
    await symlink(join(root, 'node_modules', name), join(project, 'node_modules', name))
  }
  await writeFile(join(project, 'package.json'), '{"type":"module"}')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Runs a program in the project. Of this process's environment it gets only the path. */
function inProject(command: string, args: readonly string[], environment: Record<string, string> = {}) {
  const env = { PATH: process.env['PATH'] ?? '', ...environment }
  return run(command, [...args], { cwd: project, env })
}

/** The files in the package. */
async function packedFiles(): Promise<string[]> {
  const { stdout } = await inProject('tar', ['-tzf', join(folder, `stackbridge-${packageJson.version}.tgz`)])
  return stdout
    .trim()
    .split('\n')
    .map((path) => path.replace(/^package\//, ''))
}

describe('the package', () => {
  it('has a command that works wherever it is installed, through the link that npm creates', async () => {
    const command = join(installed, packageJson.bin.stackbridge)
    expect((await inProject(command, ['--version'])).stdout).toBe(`${packageJson.version}\n`)
    const event = join(installed, 'examples/events/aws/cloudformation/create.json')
    const { stdout } = await inProject(command, ['invoke', '--sandbox', event])
    expect(stdout).toMatch(/answer +SUCCESS +TestAwsCloudFormationStack/)
  })

  it('contains the function only as its zip, and no sources or tests', async () => {
    const files = await packedFiles()
    for (const name of ['dist/stackbridge.zip', 'docs/cli.md', 'LICENSE']) expect(files).toContain(name)
    expect(files.filter((name) => /^(?:src|test|handlers|build|dist\/function)\//.test(name))).toEqual([])
  })

  it('contains everything that its pages link to', async () => {
    const files = await packedFiles()
    const missing: string[] = []
    for (const page of files.filter((name) => name.endsWith('.md'))) {
      const prose = (await readFile(join(installed, page), 'utf8')).replaceAll(/```[^]*?```/g, '')
      for (const [, target = ''] of prose.matchAll(/\]\((?![a-z]+:|#)([^)\s#]+)[^)]*\)/g)) {
        const path = join(dirname(page), target)
        if (!files.some((name) => name === path || name.startsWith(`${path.replace(/\/$/, '')}/`)))
          missing.push(`${page}: ${target}`)
      }
    }
    expect(missing).toEqual([])
  })

  it('contains the types that its entry refers to, and no others', async () => {
    const compiler = join(root, 'node_modules/typescript/bin/tsc')
    await writeFile(join(project, 'types-only.ts'), "export * from 'stackbridge'\n")
    const options = ['--module', 'nodenext', '--skipLibCheck', '--listFilesOnly', 'types-only.ts']
    const { stdout } = await inProject(process.execPath, [compiler, ...options])
    const own = `${installed}/`
    const read = stdout.split('\n').flatMap((path) => (path.startsWith(own) ? [path.slice(own.length)] : []))
    const packed = (await packedFiles()).filter((name) => name.startsWith('dist/types/'))
    expect(packed.sort()).toEqual(read.sort())
    expect(packed.length).toBeGreaterThan(10)
  })

  it("exports what its page documents, and the page's code has correct types and runs", async () => {
    const page = await readFile(join(root, 'docs/library.md'), 'utf8')
    const blocks = [...page.matchAll(/```ts\n\/\/ (\S+)\n([^]*?)```/g)]
    expect(blocks.map(([, name]) => name)).toEqual(['memory-cloud.ts', 'serve.ts'])
    for (const [, name = '', code = ''] of blocks) await writeFile(join(project, name), code)
    await writeFile(join(project, 'main.ts'), MAIN)
    const compiler = join(root, 'node_modules/typescript/bin/tsc')
    // Without skipLibCheck, so that mistakes in the package's own types are found.
    const options = ['--strict', '--exactOptionalPropertyTypes', '--module', 'nodenext', '--target', 'es2022']
    expect(await inProject(process.execPath, [compiler, ...options, '--types', 'node', 'main.ts'])).toEqual(
      CLEAN,
    )
    const { answer, violations } = await answerTo({ Name: 'one', Greeting: 'good morning' })
    expect(answer).toMatchObject({ status: 'SUCCESS', data: { Greeting: 'good morning' } })
    expect(violations).toEqual([])
  })
})

const CLEAN = { stdout: '', stderr: '' }

/** Serves the given event and ends. */
const MAIN = `
import { serve } from './serve.js'
const served = await serve(Buffer.from(process.argv[2] ?? ''))
if (served.kind !== 'answered') throw new Error(JSON.stringify(served))
process.exit()
`

async function answerTo(properties: Record<string, string>) {
  const ros = await startResponseServer()
  const ids = { StackId: 's', RequestId: 'r', LogicalResourceId: 'Memory' }
  const awaited = ros.await({
    stackId: 's',
    requestId: 'r',
    logicalResourceId: 'Memory',
    physicalResourceId: undefined,
  })
  const event = {
    ...ids,
    RequestType: 'Create',
    ResponseURL: awaited.url,
    ResourceType: 'Custom::MemoryStack',
    StackName: 'ros',
    RegionId: 'cn-hangzhou',
    ResourceOwnerId: '1',
    CallerId: '1',
    ResourceProperties: properties,
  }
  const environment = { STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true' }
  try {
    await inProject(process.execPath, ['main.js', JSON.stringify(event)], environment)
    return await Promise.race([
      awaited.first,
      systemClock.sleep(1000).then(() => Promise.reject(new Error('no answer'))),
    ])
  } finally {
    await ros.close()
  }
}
