import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startBridgeServer } from '../../src/channels/server/server.ts'
import { PrometheusMetrics } from '../../src/cli/serve/prometheus-metrics.ts'
import type { Clock } from '../../src/platform/clock.ts'
import { createLogger } from '../../src/platform/log.ts'
import { createNetwork } from '../../src/platform/network.ts'
import { readSettings } from '../../src/platform/settings.ts'
import { providerRegistry } from '../../src/providers/registry.ts'
import { listen } from '../../src/sandbox/loopback-server.ts'
import { FakeClock } from '../fake-clock.ts'
import { CLOUDS } from './clouds.ts'
import { eventOf, FIXTURE_KEY } from './hop-by-hop.ts'
import { START } from './run-scenario.ts'

/** The journal of a killed server with an event that was not started, an operation in progress, and one that has ended. */
export async function recordJournals(folder: string): Promise<void> {
  await recordJournal(join(folder, 'journal'), [FIXTURE_KEY])
  await recordJournal(join(folder, 'journal-with-its-own-key'), [])
}

async function recordJournal(to: string, continuationKeys: string[]): Promise<void> {
  const fake = new FakeClock(START)
  const clock: Clock = {
    now: () => fake.now(),
    sleep: (ms, signal) => (signal === undefined ? fake.advance(ms) : fake.sleep(ms, signal)),
  }
  const journal = mkdtempSync(join(tmpdir(), 'journal-'))
  const { settings: withoutKey } = readSettings({
    STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true',
    STACKBRIDGE_LISTEN: '127.0.0.1:0',
    STACKBRIDGE_JOURNAL: journal,
  })
  const settings = { ...withoutKey, continuationKeys }
  const network = createNetwork(settings)
  const startAws = CLOUDS['AwsCloudFormation']
  if (startAws === undefined) throw new RangeError('there is no AWS')
  const aws = await startAws(fake)
  const ros = await listen(createServer((_, response) => void response.writeHead(200).end('{}')))
  // It accepts connections and never answers, so that its event stays open.
  const silent = await listen(createServer(() => undefined))
  const server = await startBridgeServer({
    metricsOf: (state) => new PrometheusMetrics(state, []),
    settings,
    clock,
    crashes: { watch: (work) => work({ listen: () => () => undefined }) },
    hostWith: (ofServer) => ({
      clock,
      random: () => 0.5,
      environment: {},
      settings: ofServer,
      misconfiguration: [],
      network,
      registry: providerRegistry,
      log: (secrets, bindings) => createLogger({ level: 'silent', secrets, bindings }),
    }),
  })
  const send = async (requestType: 'Create' | 'Delete', requestId: string, properties: object) => {
    const resourceType = aws.resourceType
    const event = eventOf({ requestType, requestId, resourceType, properties: { ...properties } }, ros.url)
    await fetch(`${server.url}/ros`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(event),
    })
  }
  const properties = { ...aws.parameters({ value: 'one', waitSeconds: 600 }), Timeout: 1800 }
  await send('Delete', 'ended', properties)
  await send('Create', 'waits', properties)
  await send('Create', 'not-begun', { ...properties, Endpoint: silent.url })
  await new Promise((resolve) => setTimeout(resolve, 3000))
  rmSync(to, { recursive: true, force: true })
  mkdirSync(to, { recursive: true })
  // The state that a killed process leaves; the lock is a separate socket.
  cpSync(join(journal, 'operations.jsonl'), join(to, 'operations.jsonl'))
  if (settings.continuationKeys.length === 0) copyFileSync(join(journal, 'key'), join(to, 'key'))
  chmodSync(join(to, 'operations.jsonl'), 0o644)
}
