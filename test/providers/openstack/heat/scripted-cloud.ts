import { createServer, type IncomingMessage } from 'node:http'
import { createNetwork } from '../../../../src/platform/network.ts'
import { createLogger } from '../../../../src/platform/log.ts'
import { Secrets } from '../../../../src/platform/secrets.ts'
import type { Clock } from '../../../../src/platform/clock.ts'
import type { JsonValue } from '../../../../src/platform/json.ts'
import { listen } from '../../../../src/sandbox/loopback-server.ts'

export interface ScriptedRequest {
  readonly method: string
  /** Path and query. */
  readonly path: string
  readonly token: string | undefined
  readonly body: JsonValue | undefined
}

export interface ScriptedAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: JsonValue | string
  /** Breaks the connection instead. */
  readonly drop?: boolean
}

export const PROJECT = '29a156996f324ee483110ddbf0f68200'

/**
 * Keystone and Heat on loopback. Tokens are token-1, token-2, …; a test scripts Heat's answers call
 * by call. It shows what an embedded Heat hides: which calls are made, and how unusual answers are handled.
 */
export async function startScriptedCloud(clock: Clock, answer: (asked: ScriptedRequest) => ScriptedAnswer) {
  const asked: ScriptedRequest[] = []
  const lines: string[] = []
  const secrets = new Secrets()
  const logins: JsonValue[] = []
  const state: { keystone: ScriptedAnswer | undefined; lifetimeMs: number; deletedStacks: ScriptedAnswer } = {
    keystone: undefined,
    deletedStacks: { status: 200, body: { stacks: [] } },
    lifetimeMs: 3_600_000,
  }
  const server = createServer((incoming, outgoing) => {
    const reply = ({ status, headers, body, drop }: ScriptedAnswer) => {
      if (drop === true) {
        incoming.socket.destroy()
        return
      }
      outgoing.writeHead(status, headers)
      outgoing.end(typeof body === 'string' ? body : JSON.stringify(body))
    }
    const take = async () => {
      const body = await jsonOf(incoming)
      const path = incoming.url ?? ''
      if (path === '/identity/v3/auth/tokens') {
        logins.push(body ?? null)
        reply(state.keystone ?? tokenAnswer(logins.length, url, clock.now(), state.lifetimeMs))
        return
      }
      // Each Create first searches for an earlier stack of its own. That call is not part of a test's script.
      if (path.includes('/stacks?show_deleted=true')) {
        reply(state.deletedStacks)
        return
      }
      const call = { method: incoming.method ?? '', path, token: tokenOf(incoming), body }
      asked.push(call)
      reply(answer(call))
    }
    void take()
  })
  const listening = await listen(server)
  const { url } = listening
  const network = createNetwork({ allowPrivateAddresses: true, intranetCallbackRanges: [] })
  return {
    url: listening.url,
    asked,
    logins,
    state,
    surroundings: {
      clock,
      random: () => 0.5,
      network,
      secrets,
      environment: {},
      log: createLogger({ level: 'trace', secrets, destination: { write: (line) => void lines.push(line) } }),
    },
    logged: () => lines.join(''),
    properties: {
      Auth: {
        AuthUrl: `${url}/identity`,
        Username: 'demo',
        Password: 'planted-password',
        ProjectName: 'demo',
      },
      RegionName: 'RegionOne',
    },
    async close() {
      await network.close()
      await listening.close()
    },
  }
}

export type ScriptedCloud = Awaited<ReturnType<typeof startScriptedCloud>>

export function heatFault(status: number, type: string, message: string): ScriptedAnswer {
  return {
    status,
    body: { code: status, title: 'x', explanation: 'y', error: { type, message, traceback: null } },
  }
}

function tokenAnswer(count: number, url: string, now: number, lifetimeMs: number): ScriptedAnswer {
  const endpoint = (kind: string, region: string) => ({
    interface: kind,
    region,
    region_id: region,
    url: `${url}/${region}/${kind}/v1/${PROJECT}`,
  })
  return {
    status: 201,
    headers: { 'X-Subject-Token': `token-${String(count)}` },
    body: {
      token: {
        issued_at: new Date(now).toISOString(),
        expires_at: new Date(now + lifetimeMs).toISOString(),
        project: { id: PROJECT, name: 'demo' },
        catalog: [
          { type: 'cloudformation', endpoints: [endpoint('public', 'RegionOne')] },
          {
            type: 'orchestration',
            endpoints: [endpoint('internal', 'RegionOne'), endpoint('public', 'RegionOne')],
          },
        ],
      },
    },
  }
}

function tokenOf(incoming: IncomingMessage): string | undefined {
  const value = incoming.headers['x-auth-token']
  return Array.isArray(value) ? value[0] : value
}

async function jsonOf(incoming: IncomingMessage): Promise<JsonValue | undefined> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk))
  const text = Buffer.concat(chunks).toString()
  return text === '' ? undefined : JSON.parse(text)
}
