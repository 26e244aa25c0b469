import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { asText, isJsonObject, type JsonObject, type JsonValue } from '../../../src/platform/json.ts'
import { onceEach } from '../../../src/sandbox/notes.ts'
import { ATTRIBUTE_FORMS } from '../../../src/sandbox/openstack/heat/attribute-forms.ts'
import { SandboxHeat } from '../../../src/sandbox/openstack/heat/heat-api.ts'
import { hasAttribute, valuesOf } from '../../../src/sandbox/openstack/heat/resource-values.ts'
import { TYPE_ATTRIBUTES } from '../../../src/sandbox/openstack/heat/type-attributes.ts'
import { startSimulatedTime, type TestTime } from '../../test-time.ts'

/**
 * Stacks of common types in the embedded Heat. The parts that a Heat without Nova, Neutron and Cinder supports are compared
 * with a real one: test/real-heat/embedded-heat-agrees.test.ts.
 */

let notes: string[]
let time: TestTime
let heat: SandboxHeat
beforeEach(() => {
  notes = []
  time = startSimulatedTime()
  heat = new SandboxHeat(time.clock, () => 'http://heat', {
    project: 'p1',
    note: onceEach((text) => void notes.push(text)),
  })
})
afterEach(() => time.stop())

const template = (resources: JsonObject, outputs: JsonObject = {}): JsonObject => ({
  heat_template_version: '2018-08-31',
  resources,
  outputs: Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, { value }])),
})

const call = (method: string, path: string, body: JsonObject = {}) =>
  heat.answer({ method, path, query: new URLSearchParams(), body })

async function settled(name: string) {
  await time.until(() => [...heat.stacks.values()].every(({ state }) => state !== 'IN_PROGRESS'))
  const stack = [...heat.stacks.values()].find((one) => one.name === name)
  return {
    status: `${stack?.action ?? ''}_${stack?.state ?? ''}`,
    reason: stack?.reason,
    id: stack?.id ?? '',
  }
}

/** The outputs of a new stack. */
async function outputs(
  resources: JsonObject,
  values: JsonObject,
  more: JsonObject = {},
): Promise<JsonObject> {
  call('POST', '/stacks', { stack_name: 'one', template: template(resources, values), ...more })
  const { id, status, reason } = await settled('one')
  expect({ status, reason }).toMatchObject({ status: 'CREATE_COMPLETE' })
  const shown = Object.keys(values).map((name): [string, JsonValue] => {
    const { body = null } = call('GET', `/stacks/one/${id}/outputs/${name}`)
    const output = isJsonObject(body) ? (body['output'] ?? null) : null
    return [name, isJsonObject(output) ? (output['output_value'] ?? null) : null]
  })
  return Object.fromEntries(shown)
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/

describe('a stack of a server with its network, key and volume', () => {
  it('has outputs in the form that OpenStack gives them', async () => {
    const shown = await outputs(
      {
        key: { type: 'OS::Nova::KeyPair', properties: { name: 'my-key', save_private_key: true } },
        net: { type: 'OS::Neutron::Net', properties: { name: 'private' } },
        subnet: {
          type: 'OS::Neutron::Subnet',
          properties: { network: { get_resource: 'net' }, cidr: '198.51.100.0/24' },
        },
        port: { type: 'OS::Neutron::Port', properties: { network: { get_resource: 'net' } } },
        ip: { type: 'OS::Neutron::FloatingIP', properties: { floating_network: 'public' } },
        volume: { type: 'OS::Cinder::Volume', properties: { size: 10 } },
        server: {
          type: 'OS::Nova::Server',
          properties: {
            ...{ name: 'web', flavor: 'm1.small', image: 'debian' },
            key_name: { get_resource: 'key' },
            networks: [{ network: 'private' }],
          },
        },
        config: { type: 'OS::Heat::CloudConfig', properties: { cloud_config: { packages: ['nginx'] } } },
      },
      {
        key: { get_resource: 'key' },
        server: { get_resource: 'server' },
        name: { get_attr: ['server', 'name'] },
        address: { get_attr: ['server', 'first_address'] },
        onNetwork: { get_attr: ['server', 'networks', 'private', 0] },
        gateway: { get_attr: ['subnet', 'gateway_ip'] },
        mac: { get_attr: ['port', 'mac_address'] },
        floating: { get_attr: ['ip', 'floating_ip_address'] },
        size: { get_attr: ['volume', 'size'] },
        status: { get_attr: ['volume', 'show', 'status'] },
        config: { get_attr: ['config', 'config'] },
      },
    )
    expect(shown).toEqual({
      key: 'my-key',
      server: expect.stringMatching(UUID),
      name: 'web',
      address: expect.stringMatching(/^192\.0\.2\.\d{1,3}$/),
      onNetwork: shown['address'],
      gateway: '198.51.100.1',
      mac: expect.stringMatching(/^fa:16:3e(:[0-9a-f]{2}){3}$/),
      floating: expect.stringMatching(/^203\.0\.113\.\d{1,3}$/),
      size: 10,
      status: 'available',
      config: '#cloud-config\npackages:\n  - nginx\n',
    })
    expect(notes).toEqual([])
  })
})

describe('a template', () => {
  it('may name a property by its deprecated name, a resource that exists, and an output of what is excluded', async () => {
    const create = {
      heat_template_version: '2018-08-31',
      conditions: { never: { equals: [1, 2] } },
      resources: {
        port: { type: 'OS::Neutron::Port', properties: { network_id: 'a-network' } },
        server: { type: 'OS::Nova::Server', external_id: 'a-server' },
        excluded: { type: 'OS::Heat::Value', condition: 'never', properties: { value: 'v' } },
      },
      outputs: {
        server: { value: { get_resource: 'server' } },
        excluded: { value: { get_attr: ['excluded', 'value'] }, condition: 'never' },
      },
    }
    call('POST', '/stacks', { stack_name: 'one', template: create })
    const { id, status } = await settled('one')
    expect(status).toBe('CREATE_COMPLETE')
    expect(call('GET', `/stacks/one/${id}`).body).toMatchObject({
      stack: { outputs: [{ output_value: 'a-server' }, { output_value: null }] },
    })
  })
})

describe('the table of attributes', () => {
  it('has forms only for attributes that Heat has', () => {
    const unknown = [...ATTRIBUTE_FORMS].flatMap(([type, { attributes = {} }]) =>
      Object.keys(attributes).filter((name) => !hasAttribute(type, name) || !(type in TYPE_ATTRIBUTES)),
    )
    expect(unknown).toEqual([])
  })

  it('has a value for every attribute of every type', () => {
    for (const type of Object.keys(TYPE_ATTRIBUTES)) {
      const made = valuesOf({ type, name: 'a', properties: {}, stackName: 's', project: 'p', seed: 'x' })
      for (const value of [made.physicalId, made.reference, ...made.attributes.values()])
        expect(asText(value), type).not.toMatch(/undefined|\{\$|\{[a-z]+[:}]/)
    }
  })
})

describe('what the sandbox does not know', () => {
  it('is invented for a type of a plug-in, with a note', async () => {
    const thing = { type: 'OS::Brand::Thing', properties: { size: 1 } }
    const shown = await outputs({ thing }, { url: { get_attr: ['thing', 'endpoint_url'] } })
    expect(shown).toEqual({ url: expect.stringMatching(/^https:\/\/.+\.example\.com$/) })
    expect(notes).toEqual([
      expect.stringMatching(/^the sandbox does not know OS::Brand::Thing: /),
      expect.stringMatching(/^the sandbox does not know the attribute endpoint_url of OS::Brand::Thing: /),
    ])
  })

  it('is invented for a function that it does not compute, and for a deployment that it does not run', async () => {
    const config = { type: 'OS::Heat::SoftwareConfig', properties: { config: '#!/bin/sh' } }
    const deployment = {
      type: 'OS::Heat::SoftwareDeployment',
      properties: { config: { get_resource: 'config' }, server: 'a-server' },
    }
    const shown = await outputs(
      { config, deployment },
      {
        code: { get_attr: ['deployment', 'deploy_status_code'] },
        query: { yaql: { expression: '$.data', data: {} } },
      },
    )
    expect(shown).toEqual({ code: 0, query: expect.any(String) })
    expect(notes).toEqual([
      expect.stringContaining('runs no software'),
      expect.stringMatching(/^the sandbox does not compute yaql: /),
    ])
  })

  it.each([
    ['a type that its service does not have', { a: { type: 'OS::Nova::Servr' } }, {}, /could not be found/],
    [
      'an attribute that the type does not have',
      { a: { type: 'OS::Cinder::Volume', properties: { size: 1 } } },
      { o: { get_attr: ['a', 'sise'] } },
      /The Referenced Attribute \(a sise\) is incorrect/,
    ],
    [
      'a property that the type does not have',
      { a: { type: 'OS::Cinder::Volume', properties: { sise: 1 } } },
      {},
      /resources\.a\.properties: Unknown Property sise/,
    ],
    [
      'a missing property',
      { a: { type: 'OS::Nova::Server', properties: { image: 'debian' } } },
      {},
      /resources\.a\.properties: Property flavor not assigned/,
    ],
  ] satisfies [string, JsonObject, JsonObject, RegExp][])(
    'is refused with Heat’s message if Heat’s documentation says so: %s',
    (_, resources, values, message) => {
      const create = () =>
        call('POST', '/stacks', { stack_name: 'one', template: template(resources, values) })
      expect(create).toThrow(message)
      expect(notes).toEqual([])
    },
  )
})

describe('metadata of a resource, {Sandbox: …}', () => {
  const volume = (Sandbox: JsonObject): JsonObject => ({
    a: { type: 'OS::Cinder::Volume', properties: { size: 1 }, metadata: { Sandbox } },
  })

  it('makes it slow', async () => {
    const before = time.clock.now()
    await outputs(volume({ DelaySeconds: 30 }), {})
    expect(time.clock.now() - before).toBeGreaterThanOrEqual(30_000)
  })

  it('makes its creation fail with a message, and its deletion', async () => {
    call('POST', '/stacks', {
      stack_name: 'one',
      template: template(volume({ FailOn: 'create', Message: 'no quota' })),
    })
    expect(await settled('one')).toMatchObject({
      status: 'CREATE_FAILED',
      reason: 'Resource CREATE failed: Error: resources.a: no quota',
    })
    call('POST', '/stacks', {
      stack_name: 'two',
      template: template(volume({ FailOn: 'delete', Message: 'in use' })),
    })
    const { id } = await settled('two')
    call('DELETE', `/stacks/two/${id}`)
    expect(await settled('two')).toMatchObject({
      status: 'DELETE_FAILED',
      reason: expect.stringContaining('in use'),
    })
  })
})

describe('a path with a stack’s name alone', () => {
  it.each(['resources', 'events', 'template', 'environment', 'files', 'actions'])(
    'is redirected to the stack’s own path, as in Heat: %s',
    async (subpath) => {
      await outputs({ a: { type: 'OS::Heat::None' } }, {})
      const { id } = await settled('one')
      expect(call('GET', `/stacks/one/${subpath}`)).toMatchObject({
        status: 302,
        headers: { location: `http://heat/stacks/one/${id}/${subpath}` },
      })
      if (subpath !== 'actions') expect(call('GET', `/stacks/one/${id}/${subpath}`).status).toBe(200)
    },
  )

  it('of a resource shows its status, attributes and events', async () => {
    await outputs({ a: { type: 'OS::Cinder::Volume', properties: { size: 1 } } }, {})
    const { id } = await settled('one')
    expect(call('GET', `/stacks/one/${id}/resources/a`).body).toMatchObject({
      resource: { resource_status: 'CREATE_COMPLETE', attributes: { size: 1 } },
    })
    expect(call('GET', `/stacks/one/${id}/resources/a/events`).body).toMatchObject({
      events: [{ resource_status: 'CREATE_COMPLETE' }, { resource_status: 'CREATE_IN_PROGRESS' }],
    })
    expect(() => call('GET', `/stacks/one/${id}/resources/b`)).toThrow('The Resource (b) could not be found')
  })

  it.each(['check', 'suspend', 'resume'])('accepts the action %s', async (action) => {
    await outputs({ a: { type: 'OS::Heat::None' } }, {})
    const { id } = await settled('one')
    call('POST', `/stacks/one/${id}/actions`, { [action]: null })
    expect(await settled('one')).toMatchObject({ status: `${action.toUpperCase()}_COMPLETE` })
  })
})
