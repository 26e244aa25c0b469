import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { budgetOf, ownBudgets } from '../../bench/bundle/budgets.ts'
import { bundleSizes } from '../../bench/bundle/sizes.ts'
import { bundleCli, bundleFunction, root } from '../../build/bundle.ts'
import { zipFolder } from '../../build/zip.ts'
import { servedProviders } from '../../src/providers/registry.ts'

let folder: string
let metafile: Awaited<ReturnType<typeof bundleFunction>>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stackbridge-bundle-'))
  metafile = await bundleFunction(folder)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The files that an entry loads at its start, without dynamic imports. */
function loadedWith(entry: string, { outputs } = metafile): string[] {
  const first = Object.keys(outputs).find((path) => path.endsWith(`/${entry}.mjs`)) ?? ''
  const reached = new Set<string>()
  const visit = (path: string): void => {
    if (reached.has(path)) return
    reached.add(path)
    for (const { path: next, kind } of outputs[path]?.imports ?? [])
      if (kind === 'import-statement') visit(next)
  }
  visit(first)
  // The others are modules of Node itself.
  return [...reached].filter((path) => path in outputs)
}

describe("the function's bundle", () => {
  it('contains neither the sandbox nor the command line', () => {
    const inputs = Object.values(metafile.outputs).flatMap((output) => Object.keys(output.inputs))
    expect(inputs.filter((input) => /src\/(sandbox|cli)\//.test(input))).toEqual([])
    expect(inputs.some((input) => input.includes('src/bridge/serve-event.ts'))).toBe(true)
  })

  it('loads the AWS SDK and undici only when an event needs them', () => {
    const inputs = loadedWith('index').flatMap((path) => Object.keys(metafile.outputs[path]?.inputs ?? {}))
    expect(inputs.filter((input) => /@aws-sdk\/client-|node_modules\/undici\//.test(input))).toEqual([])
    expect(inputs.some((input) => input.includes('node_modules/pino/'))).toBe(true)
  })

  it('loads the code that stores outputs in OOS and KMS only for a resource that uses it', () => {
    const inputs = loadedWith('index').flatMap((path) => Object.keys(metafile.outputs[path]?.inputs ?? {}))
    const all = Object.values(metafile.outputs).flatMap((output) => Object.keys(output.inputs))
    const ofStores = /src\/(?:bridge\/stored-outputs|platform\/output-store\/(?!output-store))/
    expect(inputs.filter((input) => ofStores.test(input))).toEqual([])
    expect(all.filter((input) => ofStores.test(input)).length).toBeGreaterThan(3)
  })

  it('has the code that every event needs in few files, since each file takes time to find, read and link', () => {
    const ofIndex = loadedWith('index')
    expect(ofIndex.length).toBeLessThan(4)
    for (const { folder } of servedProviders) {
      const more = loadedWith(`providers/${folder}`).filter((path) => !ofIndex.includes(path))
      expect(more.length, folder).toBeLessThan(7)
    }
    expect(loadedWith('providers/openstack/heat').length).toBeLessThan(4)
  })

  it('loads no V8 code cache, since one from another build of the same version ends the process', async () => {
    const files = Object.keys(metafile.outputs).filter((path) => path.includes('/function/'))
    const texts = await Promise.all(files.map((path) => readFile(resolve(root, path), 'utf8')))
    expect(texts.length).toBeGreaterThan(0)
    expect(texts.filter((text) => /cachedData|enableCompileCache|NODE_COMPILE_CACHE/.test(text))).toEqual([])
  })

  it('creates a require only in the files that use one', async () => {
    const files = Object.keys(metafile.outputs)
    const texts = await Promise.all(files.map((path) => readFile(resolve(root, path), 'utf8')))
    const withRequire = texts.filter((text) => text.includes('createRequire'))
    expect(withRequire.length).toBeGreaterThan(0)
    expect(
      withRequire.filter((text) => !/\brequire\b/.test(text.replace(/.*createRequire.*\n/, ''))),
    ).toEqual([])
  })

  it('stays within its budget: the zip, and each entry with everything that it loads at its start', async () => {
    const { entries, zip } = await bundleSizes(join(folder, 'function'), metafile)
    const all: Readonly<Record<string, number>> = { ...entries, 'stackbridge.zip': zip }
    const tooHeavy = Object.entries(all).filter(([name, bytes]) => bytes > (budgetOf(name) ?? 0))
    expect(tooHeavy, JSON.stringify(all)).toEqual([])
    // A budget far above the size protects nothing, nor does one of a removed entry.
    for (const [name, most] of Object.entries(ownBudgets)) expect(all[name]).toBeGreaterThan(most * 0.8)
  })

  it('has one file for each provider', () => {
    const names = Object.keys(metafile.outputs).flatMap(
      (path) => /providers\/([\w/-]+)\.mjs$/.exec(path)?.[1] ?? [],
    )
    expect(names.sort()).toEqual(servedProviders.map(({ folder }) => folder).sort())
  })

  it('gives the same zip, byte for byte, for the same source in every folder and time zone', async () => {
    const before = process.env['TZ']
    process.env['TZ'] = 'Asia/Shanghai'
    const one = await zipFolder(join(folder, 'function'))
    process.env['TZ'] = 'America/Los_Angeles'
    const other = await zipFolder(join(inject('built'), 'function'))
    if (before === undefined) delete process.env['TZ']
    else process.env['TZ'] = before
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true)
  })
})

describe('the command line', () => {
  it('starts with the descriptions of its commands; bridge, clouds, YAML and HCL are loaded when a command runs', async () => {
    const built = await bundleCli(await mkdtemp(join(folder, 'cli-')))
    const start = loadedWith('cli', built)
    expect(start.length).toBeLessThan(5)
    const inputs = start.flatMap((path) => Object.keys(built.outputs[path]?.inputs ?? {}))
    expect(inputs.some((input) => input.includes('src/cli/commands/validate.ts'))).toBe(true)
    const late =
      /node_modules\/(?!commander)|src\/(?:bridge|channels|ros|sandbox)\/|\/(?:hcl|yaml)|(?<!providers)\/provider\.ts/
    expect(inputs.filter((input) => late.test(input))).toEqual([])
  })
})
