import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/platform/json.ts'
import type { SandboxResource } from '../../src/sandbox/ros/ros.ts'
import { refused, succeeded } from '../outcome-assertions.ts'
import {
  asHeat,
  eachInAWorld,
  isGone,
  nothingIsLeft,
  one,
  parameters,
  placeOf,
  stackNamed,
  statusOf,
  template,
  variable,
} from './heat-world.ts'

/** The Heat provider with a real Keystone and Heat, by their native APIs: cases that the contract suite does not cover. */

const scene = eachInAWorld('native')

const resource = (stack: JsonObject, more: JsonObject = {}, logicalResourceId?: string): SandboxResource =>
  scene.resource(parameters(stack, more), logicalResourceId)

describe('a stack on a real Heat', () => {
  it('is created, updated, updated without a change and deleted, with the right answers', async () => {
    const made = resource({ Template: one() })
    expect(succeeded(await made.create())).toEqual({ thing: 'hello' })
    const { path } = placeOf(made.physicalResourceId)
    expect(made.physicalResourceId).toBe(`arn:openstack:heat::${variable('OS_PROJECT_ID')}:${path.slice(1)}`)
    const next = parameters({ Template: one({ value: 'goodbye', wait_secs: 1 }) })
    expect(succeeded(await made.update(next))).toEqual({ thing: 'goodbye' })
    expect(succeeded(await made.update(next))).toEqual({ thing: 'goodbye' })
    succeeded(await made.delete())
    succeeded(await made.delete())
    await nothingIsLeft()
  })

  it('is adopted by a second Create of the same resource, and deleted without an id by its own Delete alone', async () => {
    const name = scene.unique('again')
    succeeded(await resource({ Name: name, Template: one() }).create())
    const again = resource({ Name: name, Template: one({ value: 'second' }) })
    expect(succeeded(await again.create())).toEqual({ thing: 'second' })
    const late = resource({ Name: name, Template: one() })
    expect(refused(await late.delete())).toMatch(/^A Create with other properties has made stack/)
    succeeded(await resource({ Name: name, Template: one({ value: 'second' }) }).delete())
    await isGone(name)
  })

  it('of another owner is neither adopted nor deleted', async () => {
    const name = scene.unique('other-owner')
    const body = { stack_name: name, template: one() }
    await asHeat('POST', '/stacks', body)
    const made = resource({ Name: name, Template: one({ value: 'mine' }) })
    expect(refused(await made.create())).toMatch(/exists already and does not have the mark/)
    succeeded(await made.delete())
    await expect.poll(() => statusOf(name)).toBe('CREATE_COMPLETE')
    const { id } = await stackNamed(name)
    await asHeat('DELETE', `/stacks/${name}/${id}`)
  })

  it('of another owner stays if its adoption fails, and has our mark if it succeeds', async () => {
    const name = scene.unique('adopted')
    await asHeat('POST', '/stacks', { stack_name: name, template: one() })
    await expect.poll(() => statusOf(name), { timeout: 10_000 }).toBe('CREATE_COMPLETE')
    const failing = resource({ Name: name, Template: one({ value: 'x', fail: true }) }, { OnExisting: 'any' })
    expect(refused(await failing.create())).toContain('Test Resource failed')
    succeeded(await failing.delete())
    expect(await statusOf(name)).toBe('UPDATE_FAILED')
    const made = resource({ Name: name, Template: one({ value: 'y' }) }, { OnExisting: 'any' })
    expect(succeeded(await made.create())).toEqual({ thing: 'y' })
    succeeded(await made.delete())
    await isGone(name)
  })

  it('is moved to another resource by changing only its tags, and keeps its template, its parameters and its resources', async () => {
    const name = scene.unique('moved')
    const body = { Name: name, Template: one({ value: 'kept' }), TimeoutMins: 7, Tags: ['own'] }
    const former = resource(body, {}, 'Former')
    succeeded(await former.create())
    const { path } = placeOf(former.physicalResourceId)
    const { tags: before } = await stackNamed(name)
    const seen = async (what: string) => (await asHeat('GET', `${path}/${what}`)).text
    const [template, resources] = [await seen('template'), await seen('resources')]
    const TakeOverFrom = { StackId: scene.world.ros.stackId, LogicalResourceId: 'Former' }
    const other = resource({ ...body, Template: one({ value: 'other' }) }, { TakeOverFrom })
    expect(refused(await other.create())).toMatch(/nothing was touched: .*thing .*would change/)
    const retagged = resource({ ...body, Tags: ['other'] }, { TakeOverFrom })
    expect(refused(await retagged.create())).toMatch(/nothing was touched: .*Stack\.Tags/)
    expect((await stackNamed(name)).tags).toEqual(before)
    const moved = resource(body, { TakeOverFrom })
    expect(succeeded(await moved.create())).toEqual({ thing: 'kept' })
    expect(await seen('template')).toBe(template)
    expect(await seen('resources')).toBe(resources)
    const { tags } = await stackNamed(name)
    expect(tags).toEqual(expect.arrayContaining(['own', 'stackbridge:logical-resource-id=Foreign']))
    expect(tags).not.toContain('stackbridge:logical-resource-id=Former')
    succeeded(await former.delete())
    expect(await statusOf(name)).toBe('UPDATE_COMPLETE')
    succeeded(await resource(body, { TakeOverFrom }).delete())
    expect(await statusOf(name)).toBe('UPDATE_COMPLETE')
    succeeded(await moved.delete())
    await isGone(name)
  })

  it('that fails is reported with the resource and its message, and the next Create replaces it', async () => {
    const name = scene.unique('failing')
    const made = resource({ Name: name, Template: template({ good: {}, bad: { fail: true } }) })
    const reason = refused(await made.create())
    expect(reason).toMatch(
      /^bad \(OS::Heat::TestResource\): ValueError: resources\.bad: Test Resource failed bad/,
    )
    expect(reason).toContain('CREATE_FAILED')
    const mended = resource({ Name: name, Template: one() })
    expect(succeeded(await mended.create())).toEqual({ thing: 'hello' })
    succeeded(await mended.delete())
  })

  it.each([
    ['kept', true, 'CREATE_FAILED'],
    ['rolled back', false, 'ROLLBACK_COMPLETE'],
  ])(
    'within stacks that fails is reported with its path when it is %s',
    async (_, disableRollback, status) => {
      const made = resource({
        DisableRollback: disableRollback,
        Template: { heat_template_version: '2018-08-31', resources: { outer: { type: 'middle.yaml' } } },
        Files: {
          'middle.yaml': { heat_template_version: '2018-08-31', resources: { inner: { type: 'leaf.yaml' } } },
          'leaf.yaml': template({ boom: { fail: true, wait_secs: 1 } }),
        },
      })
      const reason = refused(await made.create())
      expect(reason).toMatch(/^outer\/inner\/boom \(OS::Heat::TestResource\): .*Test Resource failed boom/)
      expect(reason).toContain(status)
      succeeded(await made.delete())
    },
  )

  it('that cannot be updated is reported with the cause, and a later Update repairs it', async () => {
    const made = resource({ Template: one(), DisableRollback: false })
    succeeded(await made.create())
    const broken = { Template: one({ value: 'x', fail: true }) }
    expect(refused(await made.update(parameters({ ...broken, DisableRollback: false })))).toMatch(
      /^thing \(OS::Heat::TestResource\): .*ROLLBACK_COMPLETE/,
    )
    expect(refused(await made.update(parameters({ ...broken, DisableRollback: true })))).toMatch(
      /^thing \(OS::Heat::TestResource\): .*UPDATE_FAILED/,
    )
    expect(succeeded(await made.update(parameters({ Template: one() })))).toEqual({ thing: 'hello' })
    succeeded(await made.delete())
  })

  it('keeps parameters that an Update with Existing does not give, and its tags', async () => {
    const hot: JsonObject = {
      heat_template_version: '2018-08-31',
      parameters: { a: { type: 'string' }, b: { type: 'number', default: 1 } },
      outputs: { a: { value: { get_param: 'a' } }, b: { value: { get_param: 'b' } } },
    }
    const name = scene.unique('existing')
    const made = resource({ Name: name, Template: hot, Parameters: { a: 'kept', b: 5 }, Tags: ['mine'] })
    expect(succeeded(await made.create())).toEqual({ a: 'kept', b: 5 })
    expect(
      succeeded(await made.update(parameters({ Name: name, Existing: true, Parameters: { b: 6 } }))),
    ).toEqual({
      a: 'kept',
      b: 6,
    })
    expect((await stackNamed(name)).tags).toContain('mine')
    expect(
      succeeded(await made.update(parameters({ Name: name, Existing: true, ClearParameters: ['b'] }))),
    ).toEqual({ a: 'kept', b: 1 })
    succeeded(await made.delete())
  })

  it('has outputs of each JSON type, and outputs that Heat cannot compute are named', async () => {
    const made = resource({
      Template: {
        heat_template_version: '2018-08-31',
        resources: { map: { type: 'OS::Heat::Value', properties: { type: 'json', value: { x: 1 } } } },
        outputs: {
          text: { value: 'plain' },
          number: { value: 7 },
          truth: { value: true },
          list: { value: ['a', 1, { deep: null }] },
          map: { value: { get_attr: ['map', 'value'] } },
          broken: { value: { list_join: [',', { get_attr: ['map', 'value'] }] } },
        },
      },
    })
    const outcome = await made.create()
    expect(succeeded(outcome)).toMatchObject({
      text: 'plain',
      number: 7,
      truth: true,
      list: ['a', 1, { deep: null }],
      map: { x: 1 },
    })
    expect(JSON.stringify(outcome.answer)).not.toContain('"broken":null')
    succeeded(await made.delete())
  })

  it('prefers Parameters to Environment, and both to EnvironmentFiles', async () => {
    const made = resource({
      Template: {
        heat_template_version: '2018-08-31',
        parameters: { a: { type: 'string' }, b: { type: 'string' }, c: { type: 'string' } },
        outputs: Object.fromEntries(['a', 'b', 'c'].map((name) => [name, { value: { get_param: name } }])),
      },
      EnvironmentFiles: ['env.yaml'],
      Files: { 'env.yaml': 'parameters: {a: file, b: file, c: file}' },
      Environment: { parameters: { a: 'environment', b: 'environment' } },
      Parameters: { a: 'parameter' },
    })
    expect(succeeded(await made.create())).toEqual({ a: 'parameter', b: 'environment', c: 'file' })
    succeeded(await made.delete())
  })

  it('that is suspended is not updated but can be deleted', async () => {
    const made = resource({ Template: one() })
    succeeded(await made.create())
    await asHeat('POST', `${placeOf(made.physicalResourceId).path}/actions`, { suspend: null })
    await expect
      .poll(() => statusOf(placeOf(made.physicalResourceId).name), { timeout: 10_000 })
      .toBe('SUSPEND_COMPLETE')
    expect(refused(await made.update(parameters({ Template: one({ value: 'x' }) })))).toContain('resume')
    succeeded(await made.delete())
  })

  it('whose Update is replaced by another one is reported as such, not with the result of the other', async () => {
    const made = resource({ Template: one() })
    succeeded(await made.create())
    const updating = made.update(parameters({ Template: one({ value: 'ours', wait_secs: 4 }) }))
    const { name } = placeOf(made.physicalResourceId)
    await expect.poll(() => statusOf(name), { timeout: 10_000 }).toBe('UPDATE_IN_PROGRESS')
    await asHeat('PUT', placeOf(made.physicalResourceId).path, { template: one({ value: 'theirs' }) })
    expect(refused(await updating)).toContain('Another update took the place of this one')
    succeeded(await made.delete())
  })

  it('whose Update arrives during another one waits for it, and is then updated', async () => {
    const made = resource({ Template: one() })
    succeeded(await made.create())
    await asHeat('PUT', placeOf(made.physicalResourceId).path, {
      template: one({ value: 'theirs', wait_secs: 3 }),
    })
    expect(succeeded(await made.update(parameters({ Template: one({ value: 'ours' }) })))).toEqual({
      thing: 'ours',
    })
    succeeded(await made.delete())
  })

  it('whose Create is delivered twice at once is one stack', async () => {
    const made = resource({ Template: one({ wait_secs: 2 }) })
    const creating = made.create()
    await expect.poll(() => scene.world.events).toHaveLength(1)
    const [event] = scene.world.events
    if (event === undefined) throw new Error('no event was sent')
    await Promise.all([creating, scene.world.invoke(event)])
    const ids = scene.world.served.map((served) =>
      'verdict' in served && served.verdict.status === 'SUCCESS' ? served.verdict.stack?.id : undefined,
    )
    expect(ids).toEqual([made.physicalResourceId, made.physicalResourceId])
    succeeded(await made.delete())
  })

  it('that takes too long is answered FAILED in time, and cancelled if OnTimeout says so', async () => {
    const made = scene.resource(
      parameters({ Template: one({ wait_secs: 15 }) }, { Timeout: 8, OnTimeout: 'cancel' }),
      'Slow',
      8,
    )
    expect(refused(await made.create())).toMatch(/^Timed out .*CREATE_IN_PROGRESS.*cancelled/)
    succeeded(await resource({ Template: one() }, {}, 'Slow').delete())
  })
})

describe('templates that a real Heat refuses', () => {
  it.each([
    ['an unknown parameter', { Template: one(), Parameters: { zz: 1 } }, 'UnknownUserParameter'],
    [
      'an unknown type',
      { Template: { heat_template_version: '2018-08-31', resources: { t: { type: 'No::Such' } } } },
      'No::Such',
    ],
    ['a text that is not YAML', { Template: '{ broken' }, 'Template not in valid format'],
    [
      'too large a template',
      {
        Template: {
          heat_template_version: '2018-08-31',
          description: 'x'.repeat(300_000),
          parameters: { one: { type: 'string', description: 'x'.repeat(300_000), default: '' } },
        },
      },
      'exceeds maximum allowed size',
    ],
  ])('are reported as such: %s', async (_, stack, reason) => {
    expect(refused(await resource(stack).create())).toContain(reason)
  })

  it('do not show a hidden parameter in the reason', async () => {
    const Template: JsonObject = {
      heat_template_version: '2018-08-31',
      parameters: { pin: { type: 'number', hidden: true } },
    }
    const reason = refused(await resource({ Template, Parameters: { pin: 'planted-hidden-pin' } }).create())
    expect(reason).toContain("Parameter 'pin' is invalid")
    expect(reason).not.toContain('planted-hidden-pin')
    expect(scene.world.logged()).not.toContain('planted-hidden-pin')
  })
})
