import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ESLint } from 'eslint'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundleCli, bundleFunction, bundleLibrary } from '../../build/bundle.ts'
import { bundleFaults } from './built-exports.ts'
import { providerWithoutExport, yamlWithoutNames } from './bundle-faults.ts'

const root = join(import.meta.dirname, '../..')
const nodes = [process.execPath, ...(process.env['E2E_NODE_BINARIES'] ?? '').split(':').filter(Boolean)]

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stackbridge-imports-'))
  // The library loads its dependencies from node_modules.
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe.each([
  ['the function', bundleFunction],
  ['the command line', bundleCli],
  ['the library', bundleLibrary],
])('the bundle of %s', (_, bundle) => {
  it('has every export that a dynamic import of its sources uses, on each Node version', async () => {
    const metafile = await bundle(await mkdtemp(join(folder, 'built-')))
    for (const node of nodes) expect(await bundleFaults(metafile, node)).toEqual([])
  })
})

const missingIn = (folder: string) =>
  `src/providers/${folder}/provider.ts: 'provider' is missing in the bundle, not object`

describe('the check detects a bundle that lacks an export', () => {
  it.each([
    ['YAML has only a default', yamlWithoutNames, "has only 'default'"],
    ['Heat lacks its provider', providerWithoutExport('openstack/heat'), missingIn('openstack/heat')],
    ['ROS lacks its provider', providerWithoutExport('alibaba-cloud/ros'), missingIn('alibaba-cloud/ros')],
  ])('if %s', async (_, fault, message) => {
    const metafile = await bundleFunction(await mkdtemp(join(folder, 'faulty-')), { faults: [fault] })
    expect((await bundleFaults(metafile)).join('\n')).toContain(message)
  })
})

describe('lint', () => {
  it('refuses features in the sources that the oldest Node of the function lacks', async () => {
    const eslint = new ESLint({ cwd: root, ruleFilter: ({ ruleId }) => ruleId.startsWith('n/') })
    const newer = ["import 'node:sqlite'", 'Promise.withResolvers()', "new WebSocket('ws://a')"]
    const [result] = await eslint.lintText(`${newer.join('\n')}\n`, { filePath: 'src/platform/network.ts' })
    expect(result?.messages.map(({ line }) => line).sort()).toEqual([1, 2, 3])
    const [older] = await eslint.lintText('structuredClone([1].at(0))\n', {
      filePath: 'src/platform/network.ts',
    })
    expect(older?.messages).toEqual([])
  })

  it.each([
    ["await import('yaml')", 1],
    ["(await import('@aws-sdk/client-sts')).STSClient", 1],
    ['await import(path)', 1],
    ["await import('./undici.ts')", 0],
    ["await import('node:fs')", 0],
    ['(() => { try { f() } catch { return } })()', 1],
    ['(() => { try { f() } catch (error) { throw error } })()', 0],
  ])('checks %s in the sources: %d errors', async (code, errors) => {
    const eslint = new ESLint({
      cwd: root,
      ruleFilter: ({ ruleId }) => ruleId === 'no-restricted-syntax',
    })
    const [result] = await eslint.lintText(`export const x = async (path: string) => { void (${code}) }\n`, {
      filePath: 'src/platform/network.ts',
    })
    expect(result?.errorCount).toBe(errors)
  })
})
