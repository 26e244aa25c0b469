import { request } from 'undici'
import { afterAll, beforeAll, expect, inject } from 'vitest'
import {
  asText,
  isJsonObject,
  isJsonValue,
  type JsonObject,
  type JsonValue,
} from '../../src/platform/json.ts'
import {
  SANDBOX_USER,
  startSandboxOpenStack,
  type SandboxOpenStack,
} from '../../src/sandbox/openstack/server.ts'

/** A real Heat and the embedded one, and scripts that are run in both. */

interface Place {
  readonly name: string
  readonly authUrl: string
  readonly user: { readonly name: string; readonly password: string; readonly projectId: string }
}

interface Answer {
  readonly status: number
  readonly location: string | undefined
  readonly json: JsonObject
}

let sandbox: SandboxOpenStack
export const places: Place[] = []

beforeAll(async () => {
  sandbox = await startSandboxOpenStack()
  const real = inject('realHeat')
  places.push(
    {
      name: 'real',
      authUrl: real['OS_AUTH_URL'] ?? '',
      user: {
        name: real['OS_USERNAME'] ?? '',
        password: real['OS_PASSWORD'] ?? '',
        projectId: real['OS_PROJECT_ID'] ?? '',
      },
    },
    { name: 'embedded', authUrl: sandbox.authUrl, user: SANDBOX_USER },
  )
})
afterAll(() => sandbox.close())

export async function call(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  url: string,
  token: string,
  body?: JsonObject,
): Promise<Answer> {
  const response = await request(url, {
    method,
    headers: { 'content-type': 'application/json', accept: 'application/json', 'x-auth-token': token },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.body.text()
  const parsed: unknown = text === '' ? {} : JSON.parse(text)
  const { location } = response.headers
  return {
    status: response.statusCode,
    location: typeof location === 'string' ? location : undefined,
    json: isJsonValue(parsed) && isJsonObject(parsed) ? parsed : {},
  }
}

export async function logIn(
  place: Place,
  overrides: JsonObject = {},
): Promise<{ status: number; token: string; heat: string; json: JsonObject }> {
  const { user } = place
  const response = await request(`${place.authUrl}/auth/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      auth: {
        identity: {
          methods: ['password'],
          password: {
            user: { name: user.name, domain: { name: 'Default' }, password: user.password, ...overrides },
          },
        },
        scope: { project: { id: user.projectId } },
      },
    }),
  })
  const parsed: unknown = await response.body.json()
  const json = isJsonValue(parsed) && isJsonObject(parsed) ? parsed : {}
  const token = response.headers['x-subject-token']
  const services = at(json, 'token', 'catalog')
  const heat = Array.isArray(services)
    ? services.find((one: JsonValue) => isJsonObject(one) && one['type'] === 'orchestration')
    : undefined
  return {
    status: response.statusCode,
    token: typeof token === 'string' ? token : '',
    heat: asText(at(heat ?? {}, 'endpoints', 0, 'url')),
    json,
  }
}

export function at(value: JsonValue, ...path: (string | number)[]): JsonValue {
  return path.reduce<JsonValue>((inner, key) => {
    if (typeof key === 'number') return Array.isArray(inner) ? (inner[key] ?? null) : null
    return isJsonObject(inner) ? (inner[key] ?? null) : null
  }, value)
}

/** The part of an answer that must be equal. */
function essence({ status, json }: Answer): JsonValue {
  return { status, type: at(json, 'error', 'type'), message: inOneOrder(at(json, 'error', 'message')) }
}

/** Python prints the members of a circle in the order of their hashes, which differs between processes. */
function inOneOrder(message: JsonValue): JsonValue {
  const [, circle, edges = ''] = /^(Circular Dependency Found: )\{(.*)\}$/.exec(asText(message)) ?? []
  return circle === undefined ? message : `${circle}{${edges.split(', ').sort().join(', ')}}`
}

/** Each run has its own names, so that a retry does not find the stacks of the previous run. */
let runs = 0

/** Runs the same script in both places and expects the same notes. */
export async function agree(script: (heat: Script) => Promise<void>): Promise<JsonValue[][]> {
  runs += 1
  const run = String(runs)
  const notes = await Promise.all(
    places.map(async (place) => {
      const { token, heat } = await logIn(place)
      const taken: JsonValue[] = []
      await script(new Script(heat, token, taken, run))
      return taken
    }),
  )
  expect(notes[1]).toEqual(notes[0])
  return notes
}

export class Script {
  constructor(
    readonly heat: string,
    readonly token: string,
    readonly notes: JsonValue[],
    readonly run: string,
  ) {}

  async call(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: JsonObject,
  ): Promise<Answer> {
    return call(method, `${this.heat}${path}`, this.token, body)
  }

  async note(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: JsonObject,
  ): Promise<Answer> {
    const answer = await this.call(method, path, body)
    this.notes.push(essence(answer))
    return answer
  }

  async create(name: string, body: JsonObject): Promise<string> {
    const answer = await this.note('POST', '/stacks', { stack_name: name, ...body })
    return `/stacks/${name}/${asText(at(answer.json, 'stack', 'id'))}`
  }

  /** Waits until the stack is complete, and notes its status. */
  async settled(path: string, until = /_(COMPLETE|FAILED)$/): Promise<void> {
    await expect
      .poll(async () => at((await this.call('GET', path)).json, 'stack', 'stack_status'), {
        timeout: 20_000,
        interval: 100,
      })
      .toMatch(until)
    const { json } = await this.call('GET', path)
    const fields = [
      'stack_status',
      'stack_status_reason',
      'tags',
      'disable_rollback',
      'outputs',
      'timeout_mins',
      'parent',
    ]
    const shown = fields.map((field): [string, JsonValue] => [field, at(json, 'stack', field)])
    const outputs = at(json, 'stack', 'outputs')
    const sorted = Array.isArray(outputs) ? [...outputs].map((one) => JSON.stringify(one)).sort() : outputs
    this.notes.push({
      ...Object.fromEntries(shown),
      outputs: sorted,
      p: at(json, 'stack', 'parameters', 'p'),
    })
  }

  /** The events of each resource, in order: a real Heat processes several resources at the same time. Its ids are numbered. */
  async eventsByResource(path: string): Promise<void> {
    const { json } = await this.call('GET', `${path}/events?sort_dir=asc&limit=200`)
    const events = at(json, 'events')
    const ids: string[] = []
    const told = new Map<string, string[]>()
    for (const event of Array.isArray(events) ? events : []) {
      const name = asText(at(event, 'resource_name')).replace(this.run, '')
      const id = `${name}/${asText(at(event, 'physical_resource_id'))}`
      const status = asText(at(event, 'resource_status'))
      const reason = asText(at(event, 'resource_status_reason')).replaceAll(/\[[^\]]*\]/g, '[]')
      // Before the resource is created, a real Heat shows another id for some types.
      const isMade = !/^CREATE_(?:IN_PROGRESS|FAILED)$/.test(status)
      if (isMade && !ids.includes(id)) ids.push(id)
      const number = ids.filter((one) => one.startsWith(`${name}/`)).indexOf(id) + 1
      const line = `${name}${isMade ? ` ${String(number)}` : ''}: ${status} ${reason}`
      told.set(name, [...(told.get(name) ?? []), line])
    }
    this.notes.push(
      [...told.values()].flat().sort((one, other) => one.slice(0, 1).localeCompare(other.slice(0, 1))),
    )
  }

  /** The preview of an update for each resource. */
  async previewed(path: string, template: JsonObject): Promise<void> {
    const { json } = await this.call('PUT', `${path}/preview?show_nested=True`, { template })
    const changes = at(json, 'resource_changes')
    const lines = Object.entries(isJsonObject(changes) ? changes : {}).flatMap(([kind, resources]) =>
      (Array.isArray(resources) ? resources : []).map(
        (one: JsonValue) =>
          `${kind} ${asText(at(one, 'parent_resource') ?? '')}/${asText(at(one, 'resource_name'))}`,
      ),
    )
    this.notes.push(lines.sort())
  }

  async events(path: string): Promise<void> {
    const { json } = await this.call('GET', `${path}/events`)
    const events = at(json, 'events')
    const lines = (Array.isArray(events) ? events : []).map((event: JsonValue) => {
      const reason = asText(at(event, 'resource_status_reason'))
      return `${asText(at(event, 'resource_name'))} ${asText(at(event, 'resource_status'))} ${reason}`
    })
    this.notes.push(lines)
  }
}

export const test = (value: JsonValue): JsonObject => ({
  type: 'OS::Heat::TestResource',
  properties: { value },
})
export const hot = (sections: JsonObject): JsonObject => ({
  heat_template_version: '2018-08-31',
  ...sections,
})
