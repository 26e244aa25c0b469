import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { request as requestHttp } from 'node:http'
import { createServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listen } from '../../src/sandbox/loopback-server.ts'
import { startSandboxOpenStack } from '../../src/sandbox/openstack/server.ts'
import { SandboxResource } from '../../src/sandbox/ros/ros.ts'
import { startFcWorld } from '../../test/e2e/fc-world.ts'
import { processFigures } from '../process-figures.ts'
import type { Aim, Table } from '../report/section.ts'
import { median } from '../statistics.ts'

/** CPU milliseconds of a call that polls Heat over TLS, with a new connection for each request. */
export interface CaCosts {
  /** The certificate authority is in the properties, as `CACert`. */
  readonly withCa: number
  /** Node trusts the certificate authority through `NODE_EXTRA_CA_CERTS`; the properties have none. */
  readonly without: number
}

const ROUNDS = 3
const STACK_SECONDS = 6
const MOST = 1.2

export interface PrivateCa {
  /** One instance serves all calls. */
  readonly warm: CaCosts
  /** Each call has a new instance. */
  readonly cold: CaCosts
}

/** The built bundle with and without a private certificate authority, at the same time. */
export async function measurePrivateCa(built: string): Promise<PrivateCa> {
  const cloud = await startTlsOpenStack()
  const inPairs = async (isCold: boolean): Promise<CaCosts> => {
    const pairs: (readonly [number, number])[] = []
    for (let round = 0; round < ROUNDS; round += 1)
      pairs.push(
        await Promise.all([
          cpuPerCall(built, cloud, { isCold, hasCa: true }),
          cpuPerCall(built, cloud, { isCold, hasCa: false }),
        ]),
      )
    return { withCa: median(pairs.map(([ca]) => ca)), without: median(pairs.map(([, none]) => none)) }
  }
  try {
    const [warm, cold] = await Promise.all([inPairs(false), inPairs(true)])
    return { warm, cold }
  } finally {
    await cloud.close()
  }
}

type TlsOpenStack = Awaited<ReturnType<typeof startTlsOpenStack>>

async function cpuPerCall(
  built: string,
  cloud: TlsOpenStack,
  { isCold, hasCa }: { readonly isCold: boolean; readonly hasCa: boolean },
): Promise<number> {
  const world = await startFcWorld({
    built,
    timeoutSeconds: 60,
    isCold,
    environment: {
      STACKBRIDGE_POLL_MIN_MS: '1000',
      STACKBRIDGE_INLINE_SECONDS: '0',
      STACKBRIDGE_LOG_LEVEL: 'warn',
      ...(hasCa ? {} : { NODE_EXTRA_CA_CERTS: cloud.caFile }),
    },
  })
  const cpuMs = (): number => world.pids().reduce((sum, pid) => sum + processFigures(pid).cpuMs, 0)
  const serve = async (seconds: number): Promise<void> => {
    const { answer } = await new SandboxResource(world.ros, {
      logicalResourceId: 'Measured',
      resourceType: 'Custom::HeatStack',
      timeoutSeconds: 600,
      parameters: {
        Auth: {
          AuthUrl: cloud.authUrl,
          Username: cloud.user.name,
          Password: cloud.user.password,
          ProjectName: cloud.user.projectName,
        },
        ...(hasCa ? { CACert: cloud.ca } : {}),
        Stack: { Name: `bench-${randomUUID()}`, Template: templateOf(seconds) },
      },
    }).create()
    if (answer?.status !== 'SUCCESS') throw new Error(`the bundle answered ${answer?.reason ?? 'nothing'}`)
    await world.fc.idle()
  }
  try {
    // The first stack of a warm instance loads the code and creates the context, once for all later calls.
    if (!isCold) await serve(1)
    const [cpuBefore, callsBefore] = [cpuMs(), world.fc.invocations.length]
    await serve(STACK_SECONDS)
    return (cpuMs() - cpuBefore) / (world.fc.invocations.length - callsBefore)
  } finally {
    await world.close()
  }
}

function templateOf(seconds: number): string {
  return JSON.stringify({
    heat_template_version: '2018-08-31',
    resources: {
      thing: { type: 'OS::Heat::RandomString', metadata: { Sandbox: { DelaySeconds: seconds } } },
    },
  })
}

/** The embedded Keystone and Heat with TLS and a private certificate authority. Each reply ends its connection. */
async function startTlsOpenStack() {
  const folder = await mkdtemp(join(tmpdir(), 'stackbridge-bench-'))
  const [keyFile, caFile] = [join(folder, 'key.pem'), join(folder, 'ca.pem')]
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=stackbridge-bench'],
      ...['-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', keyFile, '-out', caFile],
    ],
    { stdio: 'ignore' },
  )
  const [key, ca] = await Promise.all([readFile(keyFile, 'utf8'), readFile(caFile, 'utf8')])
  const openstack = await startSandboxOpenStack()
  const plain = new URL(openstack.authUrl).origin
  let origin = ''
  const server = createServer({ key, cert: ca }, (incoming, response) => {
    const { method, url = '/', headers } = incoming
    const passed = requestHttp(`${plain}${url}`, { method, headers }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => {
        // The catalog and the locations contain the addresses with TLS.
        const body = Buffer.concat(chunks).toString().replaceAll(plain, origin)
        const { location, 'x-subject-token': token, 'content-type': type } = answer.headers
        response.writeHead(answer.statusCode ?? 500, {
          connection: 'close',
          ...(type === undefined ? {} : { 'content-type': type }),
          ...(token === undefined ? {} : { 'x-subject-token': token }),
          ...(location === undefined ? {} : { location: location.replace(plain, origin) }),
        })
        response.end(body)
      })
    })
    incoming.pipe(passed)
  })
  const listening = await listen(server)
  origin = listening.url.replace('http:', 'https:')
  return {
    authUrl: `${origin}/v3`,
    user: openstack.user,
    ca,
    caFile,
    async close() {
      await listening.close()
      await openstack.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const ratioOf = ({ withCa, without }: CaCosts): number => withCa / without

export function privateCaAims({ warm, cold }: PrivateCa): readonly Aim[] {
  return [
    { name: 'in one instance', costs: warm },
    { name: 'with a new instance for each call', costs: cold },
  ].map(({ name, costs }) => ({
    aim: `a private CA, ${name}: at most ${((MOST - 1) * 100).toFixed(0)} % more CPU time than without`,
    measured: `${((ratioOf(costs) - 1) * 100).toFixed(0)} %`,
    met: ratioOf(costs) <= MOST,
    why: `A call takes ${(costs.withCa - costs.without).toFixed(0)} ms more. A new instance reads all root certificates and the private one into a context of its own, once; without a private CA Node uses a store that it has read natively.`,
  }))
}

export function privateCaTable({ warm, cold }: PrivateCa): Table {
  const row = (name: string, costs: CaCosts): string[] => [
    name,
    `${costs.without.toFixed(0)} ms`,
    `${costs.withCa.toFixed(0)} ms`,
    ratioOf(costs).toFixed(2),
  ]
  return {
    caption: `CPU time of a call that polls Heat over TLS, with a new connection for each request (median of ${String(ROUNDS)} stacks each)`,
    head: ['', 'Node trusts the authority', 'authority in `CACert`', 'ratio'],
    rows: [row('one instance', warm), row('a new instance for each call', cold)],
  }
}
