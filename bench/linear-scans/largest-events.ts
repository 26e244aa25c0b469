import { gzipSync } from 'node:zlib'
import { systemClock } from '../../src/platform/clock.ts'
import { serveEvent } from '../../src/bridge/serve-event.ts'
import { createLogger } from '../../src/platform/log.ts'
import { createNetwork } from '../../src/platform/network.ts'
import { readSettings } from '../../src/platform/settings.ts'
import { providerRegistry } from '../../src/providers/registry.ts'

const LARGEST_EVENT_BYTES = 2 * 1024 * 1024

/** Shapes of properties with the highest cost per byte. */
const SHAPES: Readonly<Record<string, (bytes: number) => unknown>> = {
  'one-letter texts': (bytes) => ({ P: Array.from({ length: bytes / 4 }, () => 'x') }),
  'empty maps': (bytes) => ({ P: Array.from({ length: bytes / 3 }, () => ({})) }),
  numbers: (bytes) => ({ P: Array.from({ length: bytes / 2 }, () => 1) }),
  'short assignments': (bytes) => ({ P: Array.from({ length: bytes / 16 }, () => 'aToken=abcd12') }),
  'short secrets': (bytes) => ({
    Password: Array.from({ length: bytes / 11 }, (_, index) => index.toString(36).padStart(8, 's')),
  }),
  'secrets of all lengths': (bytes) => ({
    Password: Array.from({ length: Math.floor(Math.sqrt(2 * bytes)) - 8 }, (_, index) => 'a'.repeat(index)),
  }),
  'known properties': (bytes) =>
    Object.fromEntries(Array.from({ length: bytes / 14 }, (_, index) => [`p${String(index)}`, 'x'])),
  'names of secrets': (bytes) =>
    Object.fromEntries(
      Array.from({ length: bytes / 30 }, (_, index) => [`p${String(index)}Password`, `s${String(index)}x`]),
    ),
  'lists as deep as can be': (bytes) => ({
    P: Array.from({ length: bytes / 380 }, () => nested(180)),
  }),
  'a template of assignments': (bytes) => ({
    Stack: { Name: 'n', Template: ' password: x # y\n'.repeat(Math.min(bytes, 500_000) / 17) },
    Other: 'password: x\r'.repeat(Math.min(bytes, 500_000) / 12),
  }),
  'compressed scripts': (bytes) => ({
    UserData: Array.from({ length: 64 }, (_, index) =>
      gzipSync(`export TOKEN=a${String(index)}b # x\n`.repeat(350)).toString('base64'),
    ),
    Rest: Array.from({ length: bytes / 24 }, () => 'H4sIAAAAAAAAAAAAAAAA'),
  }),
  'a compressed text that is too long': (bytes) => ({
    UserData: Array.from({ length: bytes / 20_000 }, () =>
      gzipSync(' '.repeat(14_000_000)).toString('base64'),
    ),
  }),
  'parameters of a template': (bytes) => ({
    Stack: {
      Name: 'n',
      Template: 'NoEcho: true',
      Parameters: Object.fromEntries(
        Array.from({ length: bytes / 22 }, (_, index) => [`p${String(index)}`, `v${String(index)}`]),
      ),
    },
  }),
}

function nested(levels: number): unknown {
  return levels === 0 ? '' : [nested(levels - 1)]
}

export interface EventCost {
  readonly shape: string
  readonly bytes: number
  readonly ms: number
}

/** CPU time of the bridge from an event's bytes to its answer or first call, for each type of stack. No server listens. */
export async function costsOfLargestEvents(): Promise<EventCost[]> {
  const costs: EventCost[] = []
  for (const [shape, properties] of Object.entries(SHAPES))
    for (const ResourceType of [
      'Custom::AwsCloudFormationStack',
      'Custom::HeatStack',
      'Custom::HuaweiRfsStack',
    ]) {
      const bytes = Buffer.from(JSON.stringify(event(ResourceType, properties(LARGEST_EVENT_BYTES))))
      const runs = [await costOf(bytes), await costOf(bytes)]
      costs.push({ shape: `${shape}, ${ResourceType}`, bytes: bytes.length, ms: Math.min(...runs) })
    }
  return costs
}

function event(ResourceType: string, ResourceProperties: unknown): object {
  return {
    RequestType: 'Create',
    RequestId: 'r',
    ResponseURL: 'http://127.0.0.1:9/answer?Signature=abcdefgh',
    StackId: 's',
    StackName: 'n',
    LogicalResourceId: 'R',
    ResourceType,
    ResourceProperties,
  }
}

async function costOf(bytes: Uint8Array): Promise<number> {
  const environment = { STACKBRIDGE_TIMEOUT_SECONDS: '1' }
  const { settings } = readSettings(environment)
  const network = createNetwork(settings)
  const before = process.cpuUsage()
  await serveEvent(bytes, {
    clock: systemClock,
    random: () => 0.5,
    misconfiguration: [],
    environment,
    settings,
    network,
    registry: providerRegistry,
    log: (secrets, bindings) =>
      createLogger({ level: 'info', secrets, bindings, destination: { write: () => undefined } }),
  })
  const { user, system } = process.cpuUsage(before)
  await network.close()
  return (user + system) / 1000
}
