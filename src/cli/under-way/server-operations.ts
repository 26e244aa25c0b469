import * as v from 'valibot'
import { readPages } from '../../platform/read-pages.ts'
import { OPERATIONS_PATH } from '../../channels/server/operations-entry.ts'
import { isReadableInTransit } from '../../platform/endpoint-host.ts'
import { parseJson } from '../../platform/json.ts'
import { createNetwork, type Network } from '../../platform/network.ts'
import { Secrets } from '../../platform/secrets.ts'
import type { Environment } from '../../platform/settings.ts'
import { localSettings } from '../local-bridge/local-settings.ts'
import { UsageError } from '../usage-error.ts'
import type { FoundOperations } from './found-operations.ts'

/** The server gave no answer, or another one than a list. The message quotes no secret. */
export class ServerListError extends Error {
  override readonly name = 'ServerListError'
}

const text = v.optional(v.string())
const time = v.optional(v.number())

const pageSchema = v.object({
  operations: v.array(
    v.object({
      requestId: v.string(),
      rosStackId: v.string(),
      rosStackName: text,
      logicalResourceId: v.string(),
      resourceType: text,
      kind: v.optional(v.picklist(['create', 'update', 'delete'])),
      provider: text,
      stackId: text,
      stackName: text,
      status: text,
      since: time,
      nextPoll: time,
      deadline: time,
      hops: v.number(),
      state: v.picklist(['running', 'waiting', 'undelivered']),
    }),
  ),
  total: v.number(),
  next: v.optional(v.string()),
})

const PAGE = 500
const MOST_PAGES = 20

/**
 * What `stackbridge serve` at this URL has under way. The token is that of STACKBRIDGE_OPERATIONS_TOKEN. Throws `UsageError`,
 * `MisconfigurationError` and `ServerListError`.
 */
export async function serverOperations(server: string, environment: Environment): Promise<FoundOperations> {
  const base = baseOf(server)
  const settings = localSettings(environment)
  const [token] = settings.operationsTokens
  if (token !== undefined && isReadableInTransit(base, settings.endpointHosts))
    throw new UsageError(
      `${server} has no TLS: anyone on the network path could read STACKBRIDGE_OPERATIONS_TOKEN; give an https URL, or name http://${base.host} in STACKBRIDGE_ENDPOINT_HOSTS`,
    )
  const network = createNetwork(settings)
  try {
    return await allOperations(base, token, network)
  } finally {
    await network.close()
  }
}

/** No user and password: they would stand in the list of processes. */
function baseOf(server: string): URL {
  const url = URL.canParse(server) ? new URL(server) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '')
    throw new UsageError(`${server} is not the URL of a server; give one such as http://127.0.0.1:8080`)
  return url
}

async function allOperations(
  base: URL,
  token: string | undefined,
  network: Network,
): Promise<FoundOperations> {
  const { items: operations, cut } = await readPages(
    async (after) => {
      const query = new URLSearchParams({ limit: String(PAGE), ...(after === undefined ? {} : { after }) })
      // Not resolved against the base: a path that begins with two slashes would name another host, which would get the token.
      const url = new URL(base)
      url.pathname = `${base.pathname.replace(/\/$/, '')}${OPERATIONS_PATH}`
      url.search = query.toString()
      const page = await readPage(url, token, network)
      return { items: page.operations, next: page.next }
    },
    { most: MOST_PAGES },
  )
  const gaps = cut === undefined ? [] : [`only the ${String(operations.length)} oldest operations are shown`]
  return { operations, gaps }
}

async function readPage(url: URL, token: string | undefined, network: Network) {
  const headers = {
    accept: 'application/json',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  }
  const { status, bytes } = await answerOf(url, headers, network)
  const parsed = parseJson(bytes)
  const read = v.safeParse(pageSchema, parsed.ok ? parsed.value : undefined)
  if (status === 200 && read.success) return read.output
  if (status === 401)
    throw new ServerListError(
      `${url.host} refused the list: set STACKBRIDGE_OPERATIONS_TOKEN to the token that the server has`,
    )
  const secrets = new Secrets()
  secrets.add(token ?? '')
  const quote = secrets.maskBeginning(Buffer.from(bytes).toString(), LONGEST_QUOTE)
  throw new ServerListError(
    `${url.host} answered HTTP ${String(status)} without a list${quote === '' ? '' : `: ${quote}`}`,
  )
}

const LONGEST_QUOTE = 200

async function answerOf(url: URL, headers: Readonly<Record<string, string>>, network: Network) {
  try {
    const response = await network.request(url, 'endpoint', { method: 'GET', headers })
    return { status: response.statusCode, bytes: new Uint8Array(await response.body.arrayBuffer()) }
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : 'an unknown error'
    throw new ServerListError(`${url.host} gave no answer: ${why}`, { cause })
  }
}
