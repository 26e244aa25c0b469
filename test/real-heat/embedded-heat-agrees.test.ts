import { describe, expect, it } from 'vitest'
import { asText, type JsonObject, type JsonValue } from '../../src/platform/json.ts'
import { agree, at, call, hot, logIn, places, test } from './both-heats.ts'

/** The same calls to a real Heat and to the embedded one. A difference is a fault of the embedded one. */

const template = (properties: JsonObject = {}): JsonObject => ({
  heat_template_version: '2018-08-31',
  parameters: { p: { type: 'string', default: 'd', hidden: true }, n: { type: 'number', default: 1 } },
  resources: { a: { type: 'OS::Heat::TestResource', properties: { value: 'v', ...properties } } },
  outputs: {
    o: { value: { get_attr: ['a', 'output'] } },
    m: { value: { x: [1, true, { get_param: 'n' }] } },
  },
})

const asked = hot({
  parameters: { p: { type: 'string' } },
  resources: { a: test({ get_param: 'p' }) },
  outputs: { o: { value: { get_attr: ['a', 'output'] } } },
})
const file = (content: JsonObject): string => JSON.stringify(content)
const constrained = (constraint: JsonObject, p: JsonValue, type = 'string'): JsonObject => ({
  template: hot({ parameters: { p: { type, constraints: [constraint] } } }),
  parameters: { p },
})

/** Requests that a Heat without other services serves, by topic. */
const agreed: Readonly<Record<string, JsonObject>> = {
  'environment-as-text': { template: asked, environment: 'parameters: {p: from-text}' },
  'environment-section': { template: asked, environment: 'params: {p: 1}' },
  'environment-empty-section': { template: asked, environment: 'parameters:' },
  'environment-no-map': { template: asked, environment: '- a' },
  'environment-unknown-parameter': { template: asked, environment: { parameters: { p: 'v', q: 'w' } } },
  'parameter-defaults': { template: asked, environment: { parameter_defaults: { p: 'd', other: 'e' } } },
  'environment-files': {
    template: asked,
    environment: { parameters: { p: 'ignored' } },
    environment_files: ['one', 'two'],
    files: { one: 'parameters: {p: first}', two: 'parameters: {p: second}' },
  },
  'environment-files-win': {
    template: asked,
    parameters: { p: 'request' },
    environment_files: ['one'],
    files: { one: 'parameters: {p: file, q: ignored}' },
  },
  'environment-file-section': { template: asked, environment_files: ['one'], files: { one: 'params: {}' } },
  registry: {
    template: hot({
      resources: { a: { type: 'My::Thing', properties: { value: 'v' } } },
      outputs: {
        o: { value: { get_attr: ['a', 'Out'] } },
        i: { value: { get_attr: ['a', 'resource.inner', 'output'] } },
      },
    }),
    environment: { resource_registry: { 'My::Thing': 'thing.yaml' }, parameter_defaults: { d: 'default' } },
    files: {
      'thing.yaml': file(
        hot({
          parameters: { value: { type: 'string' }, d: { type: 'string' } },
          resources: { inner: test({ get_param: 'value' }) },
          outputs: { Out: { value: { list_join: ['/', [{ get_param: 'value' }, { get_param: 'd' }]] } } },
        }),
      ),
    },
  },
  'registry-of-one-resource': {
    template: hot({ resources: { a: { type: 'OS::Nova::Server', properties: { value: 'v' } } } }),
    environment: {
      resource_registry: { resources: { a: { 'OS::Nova::Server': 'OS::Heat::TestResource' } } },
    },
  },
  'registry-wildcard': {
    template: hot({ resources: { a: { type: 'OS::Brand::Net', properties: { value: 'v' } } } }),
    environment: { resource_registry: { 'OS::Brand::*': 'OS::Heat::TestResource' } },
  },
  group: {
    template: hot({
      resources: {
        g: {
          type: 'OS::Heat::ResourceGroup',
          properties: {
            count: 2,
            removal_policies: [{ resource_list: ['0'] }],
            resource_def: test('m-%index%'),
          },
        },
      },
      outputs: {
        all: { value: { get_attr: ['g', 'output'] } },
        one: { value: { get_attr: ['g', 'resource.1.output'] } },
        named: { value: { get_attr: ['g', 'attributes', 'output'] } },
        removed: { value: { get_attr: ['g', 'removed_rsrc_list'] } },
      },
    }),
  },
  chain: {
    template: hot({
      resources: {
        c: {
          type: 'OS::Heat::ResourceChain',
          properties: {
            resources: ['OS::Heat::TestResource', 'OS::Heat::TestResource'],
            resource_properties: { value: 'v' },
          },
        },
      },
      outputs: { all: { value: { get_attr: ['c', 'output'] } } },
    }),
  },
  none: {
    template: hot({
      resources: { n: { type: 'OS::Heat::None', properties: { any: 1 } } },
      outputs: { o: { value: { get_attr: ['n', 'x'] } } },
    }),
  },
  conditions: {
    template: hot({
      parameters: { stage: { type: 'string', default: 'prod' } },
      conditions: { isProd: { equals: [{ get_param: 'stage' }, 'prod'] }, isTest: { not: 'isProd' } },
      resources: { a: { ...test('y'), condition: 'isProd' }, b: { ...test('n'), condition: 'isTest' } },
      outputs: {
        chosen: { value: { if: ['isProd', 'yes', 'no'] } },
        absent: { condition: 'isTest', value: 'x' },
        a: { value: { get_attr: ['a', 'output'] } },
      },
    }),
  },
  'condition-of-nothing': { template: hot({ resources: { a: { ...test('y'), condition: 'nope' } } }) },
  'output-of-an-excluded-resource': {
    template: hot({
      conditions: { no: { equals: [1, 2] } },
      resources: { a: { ...test('y'), condition: 'no' } },
      outputs: { o: { value: { get_attr: ['a', 'output'] } } },
    }),
  },
  'property-of-an-excluded-resource': {
    template: hot({
      conditions: { no: { equals: [1, 2] } },
      resources: { a: { ...test('y'), condition: 'no' }, b: test({ get_resource: 'a' }) },
    }),
  },
  functions: {
    template: hot({
      parameters: {
        list: { type: 'comma_delimited_list', default: 'a, b,c' },
        map: { type: 'json', default: { x: 1 } },
        number: { type: 'number', default: '5' },
        truth: { type: 'boolean', default: 'yes' },
      },
      outputs: Object.fromEntries(
        Object.entries({
          split: { str_split: [',', 'a,b,c'] },
          second: { str_split: [',', 'a,b,c', 1] },
          repeat: { repeat: { for_each: { '%x%': ['1', '2'], '%y%': ['a', 'b'] }, template: '%x%-%y%' } },
          numbers: { repeat: { for_each: { '%x%': [1, 2] }, template: '%x%' } },
          merged: { map_merge: [{ a: 1 }, { b: 2 }, { a: 3 }] },
          replaced: { map_replace: [{ a: 'x' }, { keys: { a: 'b' }, values: { x: 'y' } }] },
          concatenated: { list_concat: [[1], [1, 2]] },
          unique: { list_concat_unique: [[1], [1, 2]] },
          digest: { digest: ['sha256', 'x'] },
          contains: { contains: ['a', ['a', 'b']] },
          filtered: { filter: [[1], [1, 2]] },
          url: { make_url: { scheme: 'http', host: 'h', port: 80, path: '/x', query: { a: 'b c' } } },
          list: { get_param: 'list' },
          item: { get_param: ['list', 1] },
          value: { get_param: ['map', 'x'] },
          number: { get_param: 'number' },
          truth: { get_param: 'truth' },
          joined: { list_join: ['-', ['a'], ['b', 'c']] },
          text: { str_replace: { template: 'a $x b', params: { $x: [1, 2] } } },
        }).map(([name, value]) => [name, { value }]),
      ),
    }),
  },
  'allowed-values': constrained({ allowed_values: ['a', 'b'] }, 'c'),
  'allowed-pattern': constrained({ allowed_pattern: '[a-z]+' }, 'c1'),
  length: constrained({ length: { min: 3, max: 5 } }, 'c'),
  'length-without-end': constrained({ length: { min: 3 } }, 'c'),
  range: constrained({ range: { min: 3, max: 5 } }, 9, 'number'),
  boolean: { template: hot({ parameters: { p: { type: 'boolean' } } }), parameters: { p: 'maybe' } },
  section: { template: hot({ resource: {} }) },
  circle: {
    template: hot({
      resources: { a: { ...test('x'), depends_on: 'b' }, b: { ...test('y'), depends_on: 'a' } },
    }),
  },
  'dependency-on-nothing': { template: hot({ resources: { a: { ...test('x'), depends_on: 'zz' } } }) },
  property: {
    template: hot({ resources: { a: { type: 'OS::Heat::TestResource', properties: { vlaue: 1 } } } }),
  },
  'attribute-of-an-output': {
    template: hot({ resources: { a: test('v') }, outputs: { o: { value: { get_attr: ['a', 'nothing'] } } } }),
  },
  'attribute-of-a-property': {
    template: hot({ resources: { a: test('v'), b: test({ get_attr: ['a', 'nothing'] }) } }),
  },
  'file-that-is-not-there': { template: hot({ resources: { a: test({ get_file: 'none.txt' }) } }) },
  'type-of-a-known-service': { template: hot({ resources: { a: { type: 'OS::Nova::Servr' } } }) },
}

// A real Heat writes its status shortly before its events and its cleanup, so that a poll may see either: there are two
// retries. A wrong answer of the embedded one fails every time.
describe('the embedded Keystone and Heat agree with the real ones', { retry: 2 }, () => {
  it('on authentication', async () => {
    const answers = await Promise.all(
      places.map(async (place) => {
        const wrong = await logIn(place, { password: 'wrong' })
        const { heat } = await logIn(place)
        const unknown = await call('GET', `${heat}/stacks`, 'not-a-token')
        return [wrong.status, wrong.json, unknown.status, unknown.json]
      }),
    )
    expect(answers[1]).toEqual(answers[0])
  })

  it('on create, find, update and delete of a stack', async () => {
    await agree(async (heat) => {
      const path = await heat.create(`agree-life-${heat.run}`, {
        template: template(),
        tags: 'a,b',
        parameters: { p: 'q' },
      })
      const found = await heat.note('GET', `/stacks/agree-life-${heat.run}`)
      heat.notes.push(found.location === `${heat.heat}${path}`)
      await heat.settled(path)
      await heat.events(path)
      await heat.note('POST', '/stacks', { stack_name: `agree-life-${heat.run}`, template: template() })
      await heat.note('PUT', path, { template: template({ value: 'w' }), tags: 'c' })
      await heat.settled(path, /^UPDATE_COMPLETE$/)
      await heat.note('PATCH', path, {})
      await heat.settled(path, /^UPDATE_COMPLETE$/)
      await heat.note('PUT', path, {})
      await heat.note('POST', `${path}/actions`, { cancel_update: null })
      await heat.note('DELETE', path)
      await expect
        .poll(async () => at((await heat.call('GET', path)).json, 'stack', 'stack_status'), {
          timeout: 20_000,
        })
        .toBe('DELETE_COMPLETE')
      await heat.note('GET', path)
      // Shortly after DELETE_COMPLETE the real one still finds the name, and answers an update with 400 or 404.
      await expect
        .poll(async () => (await heat.call('GET', `/stacks/agree-life-${heat.run}`)).status, {
          timeout: 20_000,
        })
        .toBe(404)
      await heat.note('GET', `/stacks/agree-life-${heat.run}`)
    })
  })

  it.each([
    ['bad-name', { stack_name: '1s', template: template() }],
    ['no-template', { stack_name: 'agree-none' }],
    ['unknown-parameter', { stack_name: 'agree-p', template: template(), parameters: { zz: '1' } }],
    [
      'unknown-type',
      {
        stack_name: 'agree-t',
        template: { heat_template_version: '2018-08-31', resources: { a: { type: 'No::Such' } } },
      },
    ],
    ['long-tag', { stack_name: 'agree-tag', template: template(), tags: 'x'.repeat(81) }],
    [
      'missing-parameter',
      {
        stack_name: 'agree-m',
        template: { heat_template_version: '2018-08-31', parameters: { q: { type: 'string' } } },
      },
    ],
    ...(
      [
        ['bad-policy', 'Keep', '2018-08-31'],
        ['small-policy', 'retain', '2015-10-15'],
        ['snapshot-policy', 'Snapshot', '2018-08-31'],
      ] as const
    ).map(([name, deletion_policy, heat_template_version]): [string, JsonObject] => [
      name,
      {
        stack_name: `agree-${name}`,
        template: { heat_template_version, resources: { a: { ...test('v'), deletion_policy } } },
      },
    ]),
    ['bad-reference', { stack_name: 'agree-r', template: template({ value: { get_resource: 'zz' } }) }],
  ] satisfies [string, JsonObject][])('on the problems of a request: %s', async (_name, body) => {
    const [real] = await agree(async (heat) => {
      await heat.note('POST', '/stacks', body)
    })
    expect(at(real ?? [], 0, 'status')).toBe(400)
  })

  it.each(['Retain', 'retain', 'Delete'])(
    'on a nested stack of the deletion policy %s that is removed',
    async (deletion_policy) => {
      await agree(async (heat) => {
        const files = { 'thing.yaml': file(hot({ resources: { inner: test('v') } })) }
        const resources = { a: test('v'), b: { type: 'thing.yaml', deletion_policy } }
        const path = await heat.create(`agree-retain-${deletion_policy}-${heat.run}`, {
          template: hot({ resources }),
          files,
        })
        await heat.settled(path)
        const nested = asText(
          at((await heat.call('GET', `${path}/resources/b`)).json, 'resource', 'physical_resource_id'),
        )
        await heat.call('PUT', path, { template: hot({ resources: { a: test('v') } }), files })
        await heat.settled(path, /^UPDATE_COMPLETE$/)
        await heat.eventsByResource(path)
        // A real Heat still returns a deleted nested stack by its id, and deletes it shortly after the status of the update.
        const { location = '' } = await heat.call('GET', `/stacks/${nested}`)
        const place = location.slice(location.indexOf('/stacks/'))
        const status = async () => at((await heat.call('GET', place)).json, 'stack', 'stack_status')
        const isDeleted = deletion_policy === 'Delete'
        await expect.poll(status).toBe(isDeleted ? 'DELETE_COMPLETE' : 'CREATE_COMPLETE')
        // Other tests require that the project has no stacks.
        if (!isDeleted) await heat.call('DELETE', place)
        await expect.poll(status).toBe('DELETE_COMPLETE')
        await heat.note('DELETE', path)
      })
    },
  )

  it('on stacks that do not exist', async () => {
    await agree(async (heat) => {
      await heat.note('GET', '/stacks/agree-nobody')
      await heat.note('GET', '/stacks/agree-nobody/00000000-0000-0000-0000-000000000000')
      await heat.note('DELETE', '/stacks/agree-nobody/00000000-0000-0000-0000-000000000000')
    })
  })

  it.each([true, false])('on a creation that fails (disable_rollback: %s)', async (disable_rollback) => {
    await agree(async (heat) => {
      const name = `agree-fails-${heat.run}`
      // The output of a failed test resource is not compared.
      const failing = { ...template({ fail: true }), outputs: {} }
      const path = await heat.create(name, { template: failing, disable_rollback })
      await heat.settled(path, disable_rollback ? /^CREATE_FAILED$/ : /^ROLLBACK_COMPLETE$/)
      await heat.events(path)
      await heat.note('DELETE', path)
    })
  })

  it.each([true, false])('on an update that fails (disable_rollback: %s)', async (disable_rollback) => {
    await agree(async (heat) => {
      const name = `agree-update-${heat.run}`
      const path = await heat.create(name, { template: template(), disable_rollback })
      await heat.settled(path)
      await heat.note('PUT', path, { template: template({ value: 'w', fail: true }) })
      await expect
        .poll(async () => at((await heat.call('GET', path)).json, 'stack', 'stack_status'), {
          timeout: 20_000,
        })
        .toBe(disable_rollback ? 'UPDATE_FAILED' : 'ROLLBACK_COMPLETE')
      await heat.note('PUT', path, { template: template() })
      await heat.settled(path, /^UPDATE_COMPLETE$/)
      await heat.note('DELETE', path)
    })
  })

  it('on a second update while the first one runs', async () => {
    await agree(async (heat) => {
      const path = await heat.create(`agree-twice-${heat.run}`, { template: template() })
      await heat.settled(path)
      await heat.note('PUT', path, { template: template({ value: 'slow', wait_secs: 2 }) })
      await heat.note('PUT', path, { template: template({ value: 'last' }) })
      await heat.settled(path, /^UPDATE_COMPLETE$/)
      await heat.note('DELETE', path)
    })
  })

  it.each(Object.entries(agreed))('on a stack: %s', async (name, body) => {
    await agree(async (heat) => {
      const answer = await heat.note('POST', '/stacks', { stack_name: `agree-${name}-${heat.run}`, ...body })
      if (answer.status !== 201) return
      const path = `/stacks/agree-${name}-${heat.run}/${asText(at(answer.json, 'stack', 'id'))}`
      await heat.settled(path)
      await heat.note('DELETE', path)
    })
  })
})
