import { createServer } from 'node:http'
import { serveEvent, type Served } from '../../src/bridge/serve-event.ts'
import type { AlibabaCloudCredentials } from '../../src/platform/acs3-signature.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { createLogger } from '../../src/platform/log.ts'
import { createNetwork, type NetworkOptions } from '../../src/platform/network.ts'
import { SecretStore } from '../../src/platform/secret-source/secret-store.ts'
import { readSettings } from '../../src/platform/settings.ts'
import { providerRegistry } from '../../src/providers/registry.ts'
import { startSandboxCloudFormation } from '../../src/sandbox/aws/cloudformation/server.ts'
import { listen } from '../../src/sandbox/loopback-server.ts'
import { startSandboxOpenStack } from '../../src/sandbox/openstack/server.ts'
import { awsConnection } from '../embedded-connections.ts'

export interface AbuseOptions {
  /** As in production: no loopback and no private address. */
  readonly strict?: boolean
  readonly environment?: Readonly<Record<string, string>>
  /** Addresses by name; other names do not exist. */
  readonly names?: Readonly<Record<string, readonly string[]>>
  /** The credentials of the function's role, which read STACKBRIDGE_SECRETS. */
  readonly role?: AlibabaCloudCredentials
  /** The same for names whose addresses change; instead of `names`. */
  readonly resolve?: (name: string) => readonly string[] | undefined
}

type Lookup = NonNullable<NetworkOptions['lookup']>

/** The bridge with embedded clouds, and a listener for all requests that it must not send. No name resolves. */
export async function startAbuse() {
  const bodies: string[] = []
  const visits: string[] = []
  const callback = createServer((request, response) => {
    const chunks: Uint8Array[] = []
    request.on('data', (chunk: Uint8Array) => chunks.push(chunk))
    request.on('end', () => {
      bodies.push(Buffer.concat(chunks).toString())
      response.end('{}')
    })
  })
  const honeypot = createServer((request, response) => {
    visits.push(`${request.method ?? ''} ${request.url ?? ''}`)
    response.end('{}')
  })
  honeypot.on('connection', () => visits.push('a connection'))
  const [ros, trap, aws, openstack] = await Promise.all([
    listen(callback),
    listen(honeypot),
    startSandboxCloudFormation({ resourceDelayMs: 10 }),
    startSandboxOpenStack(),
  ])
  const output: string[] = []

  async function serve(event: unknown, options: AbuseOptions = {}): Promise<Served> {
    const environment = {
      STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: String(options.strict !== true),
      STACKBRIDGE_POLL_MIN_MS: '50',
      STACKBRIDGE_POLL_MAX_MS: '50',
      STACKBRIDGE_TIMEOUT_SECONDS: '1',
      STACKBRIDGE_CALLBACK_ATTEMPT_TIMEOUT_MS: '20000',
      STACKBRIDGE_LOG_LEVEL: 'trace',
      ...options.environment,
    }
    const { settings, problems } = readSettings(environment)
    const network = createNetwork({
      ...settings,
      lookup: lookupBy(options.resolve ?? ((name) => options.names?.[name])),
    })
    const bytes = event instanceof Uint8Array ? event : Buffer.from(JSON.stringify(event))
    try {
      const served = await serveEvent(bytes, {
        clock: systemClock,
        random: () => 0.02,
        environment,
        settings,
        misconfiguration: problems,
        network,
        registry: providerRegistry,
        secretSource: new SecretStore({
          settings,
          network,
          clock: systemClock,
          random: Math.random,
        }).sourceFor({ credentials: options.role, region: 'cn-hangzhou' }),
        log: (secrets, bindings) =>
          createLogger({
            level: 'trace',
            secrets,
            bindings,
            destination: { write: (line) => void output.push(line) },
          }),
      })
      output.push(JSON.stringify(served))
      return served
    } finally {
      await network.close()
    }
  }

  return {
    serve,
    aws,
    openstack,
    trapUrl: trap.url,
    /** Requests that must not have been sent. */
    visits,
    /** The answers to ROS. */
    bodies,
    /** All logs, answers and results. */
    output: () => [...output, ...bodies].join('\n'),
    event: (more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
      RequestType: 'Create',
      RequestId: 'request',
      ResponseURL: `${ros.url}/callback?signature=planted`,
      StackId: 'stack',
      StackName: 'stack',
      LogicalResourceId: 'Resource',
      ResourceType: 'Custom::AwsCloudFormationStack',
      ResourceProperties: {},
      ...more,
    }),
    awsProperties: (
      stack: Readonly<Record<string, unknown>>,
      more: Readonly<Record<string, unknown>> = {},
    ) => ({
      ...awsConnection(aws),
      Stack: stack,
      ...more,
    }),
    close: () => Promise.all([ros.close(), trap.close(), aws.close(), openstack.close()]),
  }
}

export type Abuse = Awaited<ReturnType<typeof startAbuse>>

function lookupBy(resolve: (name: string) => readonly string[] | undefined): Lookup {
  const lookup = (
    hostname: string,
    _: unknown,
    done: (error: Error | null, addresses: { address: string; family: number }[]) => void,
  ): void => {
    const addresses = resolve(hostname)
    if (addresses === undefined) done(new Error(`${hostname} does not exist`), [])
    else
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      )
  }
  return lookup as unknown as Lookup
}
