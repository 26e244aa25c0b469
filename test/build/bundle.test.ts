import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { budgetOf, ownBudgets } from '../../bench/bundle/budgets.ts'
import { bundleSizes } from '../../bench/bundle/sizes.ts'
import { bundleFunction } from '../../build/bundle.ts'
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
function loadedWith(entry: string): string[] {
  const first = Object.keys(metafile.outputs).find((path) => path.endsWith(`/${entry}.mjs`)) ?? ''
  const reached = new Set<string>()
  const visit = (path: string): void => {
    if (reached.has(path)) return
    reached.add(path)
    for (const { path: next, kind } of metafile.outputs[path]?.imports ?? [])
      if (kind === 'import-statement') visit(next)
  }
  visit(first)
  return [...reached]
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

  it('stays within its budget: the zip, and each entry with everything that it loads at its start', async () => {
    const { entries, zip } = await bundleSizes(join(folder, 'function'), metafile)
    const all: Readonly<Record<string, number>> = { ...entries, 'stackbridge.zip': zip }
    const tooHeavy = Object.entries(all).filter(([name, bytes]) => bytes > (budgetOf(name) ?? 0))
    expect(tooHeavy, JSON.stringify(all)).toEqual([])
    // A budget that is far off guards nothing, nor does one of what is no longer there.
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
