import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, inject, it } from 'vitest'
import { serveEvent } from '../../src/bridge/serve-event.ts'
import { provider as heat } from '../../src/providers/openstack/heat/provider.ts'
import { providerRegistry } from '../../src/providers/registry.ts'

/** Proves that the suites run on the bundle, and on the Node of `BUNDLE_NODE`. */

const load = (file: string): Promise<Record<string, unknown>> =>
  import(/* @vite-ignore */ pathToFileURL(join(inject('built'), file)).href)

it('the bridge that the suites import is the built one', async () => {
  const { modules } = await load('test-entry.mjs')
  expect(modules).toHaveProperty(['src/bridge/serve-event.ts', 'serveEvent'], serveEvent)
  expect(serveEvent.toString().split('\n').length).toBeLessThan(5)
})

it('a provider that is loaded for an event is the one in the zip, and the one that the suites import', async () => {
  const resolved = providerRegistry.resolve('Custom::HeatStack', undefined)
  const loaded = resolved.ok ? await resolved.load() : undefined
  expect(loaded).toBe(heat)
  expect(await load('function/providers/openstack/heat.mjs')).toHaveProperty('provider', heat)
})

it('the workers run on the Node of BUNDLE_NODE', () => {
  expect(process.execPath).toBe(process.env['BUNDLE_NODE'] ?? process.execPath)
})
