import { execFile } from 'node:child_process'
import { appendFile, cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startToyCloud } from './toy-cloud.ts'

/**
 * Adding a cloud takes one folder and one line: a copy of the tree gets the folder of `test/fixtures/toy-cloud` and a line in
 * `services.ts`. The bridge that is built from it manages stacks of the toy cloud, a loopback server.
 */

const root = join(import.meta.dirname, '../..')
const NOT_COPIED = ['node_modules', 'dist', '.git', 'coverage'].map((name) => join(root, name))
const LINE = "export { service as toy } from './toy/stack/index.ts'\n"

let home: string
let tree: string
let toy: Awaited<ReturnType<typeof startToyCloud>>

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'stackbridge-toy-'))
  tree = join(home, 'tree')
  await cp(root, tree, { recursive: true, filter: (path) => !NOT_COPIED.includes(path) })
  await symlink(join(root, 'node_modules'), join(tree, 'node_modules'))
  await cp(join(root, 'test/fixtures/toy-cloud/src'), join(tree, 'src'), { recursive: true })
  await appendFile(join(tree, 'src/providers/services.ts'), LINE)
  toy = await startToyCloud()
  for (const script of ['build/schemas.ts', 'build/build.ts']) {
    const { code, output } = await node('node_modules/tsx/dist/cli.mjs', script, '--quiet')
    expect(output).toBe('')
    expect(code).toBe(0)
  }
})
afterAll(async () => {
  await toy.close()
  await rm(home, { recursive: true, force: true })
})

/** Runs a script in the copy. Of this process's environment it gets only the path. */
function node(script: string, ...args: readonly string[]): Promise<{ code: number; output: string }> {
  const env = {
    PATH: process.env['PATH'] ?? '',
    NO_COLOR: '1',
    STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true',
    STACKBRIDGE_POLL_MIN_MS: '100',
    STACKBRIDGE_POLL_MAX_MS: '1000',
  }
  return new Promise((resolve) => {
    const options = { cwd: tree, env, maxBuffer: 16 * 1024 * 1024 }
    execFile(process.execPath, [script, ...args], options, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr })
    })
  })
}

async function written(name: string, content: unknown): Promise<string> {
  await writeFile(join(home, name), JSON.stringify(content))
  return join(home, name)
}

const properties = (greeting: string) => ({ Endpoint: toy.url, Stack: { Greeting: greeting } })
const event = (RequestType: string, more: object) => ({
  RequestType,
  ResourceType: 'Custom::ToyStack',
  ...more,
})

function template(stack: object) {
  const Parameters = { Endpoint: 'https://toy.example.com', Timeout: 60, Stack: stack }
  const ServiceToken = 'acs:fc:cn-hangzhou:1234567890123456:functions/stackbridge'
  return {
    ROSTemplateFormatVersion: '2015-09-01',
    Resources: {
      Toy: { Type: 'Custom::ToyStack', Properties: { ServiceToken, Timeout: 60, Parameters } },
    },
  }
}

describe('a cloud that was added by one folder and one line', () => {
  it('is created, updated and deleted by the built command line', async () => {
    const files = [
      await written('create.json', event('Create', { ResourceProperties: properties('hello') })),
      await written(
        'update.json',
        event('Update', {
          ResourceProperties: properties('good bye'),
          OldResourceProperties: properties('hello'),
        }),
      ),
      await written('delete.json', event('Delete', { ResourceProperties: properties('good bye') })),
    ]
    const { code, output } = await node('dist/cli.mjs', 'invoke', '--json', ...files)
    expect(code, output).toBe(0)
    const answers = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter(({ type }) => type === 'answer')
    expect(answers).toMatchObject([
      { status: 'SUCCESS', data: { Greeting: 'hello' } },
      { status: 'SUCCESS', data: { Greeting: 'good bye' } },
      { status: 'SUCCESS' },
    ])
    expect(answers[0].physicalResourceId).toMatch(/^toy:stack\/[\w-]+\/1$/)
    expect(new Set(answers.map(({ physicalResourceId }) => physicalResourceId)).size).toBe(1)
    expect(toy.calls.filter((method) => method !== 'GET')).toEqual(['PUT', 'PUT', 'DELETE'])
    expect(toy.stacks.size).toBe(0)
  })

  it('is not treated as an embedded one', async () => {
    const file = await written('sandbox.json', event('Create', { ResourceProperties: properties('hello') }))
    const { code, output } = await node('dist/cli.mjs', 'invoke', '--sandbox', file)
    expect(output).toContain('There is no embedded cloud for Toy; leave out --sandbox')
    expect(code).toBe(2)
  })

  it('has its templates validated', async () => {
    const right = await written('right.json', template({ Greeting: 'hello' }))
    expect(await node('dist/cli.mjs', 'validate', right)).toMatchObject({
      code: 0,
      output: expect.stringContaining('ok'),
    })
    const misspelt = await written('misspelt.json', template({ Greetin: 'hello' }))
    const { code, output } = await node('dist/cli.mjs', 'validate', misspelt)
    expect(output).toContain('Stack.Greetin: is not a known property; did you mean Greeting?')
    expect(code).toBe(1)
  })

  it('has a JSON Schema of its own, and is in that of templates', async () => {
    const read = async (name: string) => JSON.parse(await readFile(join(tree, 'schemas', name), 'utf8'))
    const ajv = new Ajv({ strict: false })
    const own = ajv.compile(await read('toy/stack.json'))
    expect(own({ Endpoint: 'x', Stack: { Greeting: 'hello' } })).toBe(true)
    expect(own({ Endpoint: 'x', Stack: { Greetin: 'hello' } })).toBe(false)
    const ofTemplates = ajv.compile(await read('ros-template.json'))
    expect(ofTemplates(template({ Greeting: 'hello' }))).toBe(true)
    expect(ofTemplates(template({ Greetin: 'hello' }))).toBe(false)
  })

  it('has its own file in the function', async () => {
    const url = pathToFileURL(join(tree, 'dist/function/providers/toy/stack.mjs')).href
    expect(await import(/* @vite-ignore */ url)).toMatchObject({ provider: { name: 'Toy' } })
  })

  it('follows the direction of imports and has correct types', async () => {
    const cruiser = 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'
    const cruised = await node(cruiser, '--config', '.dependency-cruiser.cjs', 'src', 'handlers')
    expect(cruised.output).toContain('no dependency violations found')
    const config = { extends: './tsconfig.json', include: ['src/providers/toy'] }
    await writeFile(join(tree, 'tsconfig.toy.json'), JSON.stringify(config))
    expect(await node('node_modules/typescript/bin/tsc', '-p', 'tsconfig.toy.json')).toEqual({
      code: 0,
      output: '',
    })
  })

  it('passes the tests of the bundle, including its budget', async () => {
    const { code, output } = await node(
      'node_modules/vitest/vitest.mjs',
      ...['run', '--config', 'vitest.slow.config.ts', 'test/build/bundle.test.ts'],
    )
    expect(output).toMatch(/Tests +\d+ passed/)
    expect(code).toBe(0)
  })
})
