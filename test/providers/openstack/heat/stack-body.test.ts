import { describe, expect, it } from 'vitest'
import { secretParameterValues } from '../../../../src/providers/openstack/heat/hidden-parameters.ts'
import { createBody, updateBody } from '../../../../src/providers/openstack/heat/stack-body.ts'

describe('a request to Heat', () => {
  it('contains only the given values', () => {
    expect(createBody({ Template: { a: 1 } }, 'n', ['x', 'y'])).toEqual({
      stack_name: 'n',
      template: { a: 1 },
      tags: 'x,y',
    })
    expect(
      createBody(
        {
          TemplateURL: 'u',
          Parameters: { list: [1, 'a'], map: { b: null } },
          Environment: 'parameters: {}',
          Files: { 'a.yaml': 'text', 'b.yaml': { c: 1 } },
          TimeoutMins: 5,
          DisableRollback: false,
        },
        'n',
        [],
      ),
    ).toEqual({
      stack_name: 'n',
      template_url: 'u',
      parameters: { list: [1, 'a'], map: { b: null } },
      environment: 'parameters: {}',
      files: { 'a.yaml': 'text', 'b.yaml': '{"c":1}' },
      timeout_mins: 5,
      disable_rollback: false,
      tags: '',
    })
  })

  it('names the parameters whose values are cleared', () => {
    expect(updateBody({ Existing: true, ClearParameters: ['a'] }, [])).toEqual({
      clear_parameters: ['a'],
      tags: '',
    })
  })

  it('lets Parameters win over Environment, and both over EnvironmentFiles', () => {
    const body = createBody(
      {
        Template: 't',
        EnvironmentFiles: ['e.yaml'],
        Files: { 'e.yaml': 'parameters: {a: 1}' },
        Environment: { parameters: { a: 2 } },
        Parameters: { a: 3 },
      },
      'n',
      [],
    )
    const { files, environment_files } = body
    expect(body).not.toHaveProperty('environment')
    expect(body).not.toHaveProperty('parameters')
    const names: unknown[] = Array.isArray(environment_files) ? environment_files : []
    expect(names.map((name) => Reflect.get(Object(files), String(name)))).toEqual([
      'parameters: {a: 1}',
      '{"parameters":{"a":2}}',
      '{"parameters":{"a":3}}',
    ])
  })
})

describe('secret parameters', () => {
  const hot = (name: string) =>
    `parameters:\n  ${name}:\n    type: string\n    hidden: true\n  open: {type: string}\n`

  it('are those that a template hides, from every source of values', async () => {
    const values = await secretParameterValues(
      {
        Template: hot('pin'),
        Parameters: { pin: 'from-parameters', open: 'open' },
        Environment: 'parameter_defaults: {pin: from-environment}',
        EnvironmentFiles: ['e.yaml'],
        Files: { 'e.yaml': 'parameters: {pin: from-file, inner: from-inner}', 'nested.yaml': hot('inner') },
      },
      [],
    )
    expect(new Set(values)).toEqual(
      new Set(['from-parameters', 'from-environment', 'from-file', 'from-inner']),
    )
  })

  it("are CloudFormation's NoEcho ones too, and those that the properties name", async () => {
    const Template = { Parameters: { Key: { Type: 'String', NoEcho: 'true' }, Plain: { Type: 'String' } } }
    const Parameters = { Key: 'secret-key', Plain: 'plain', List: ['one', 'two'], Map: { a: 'deep' } }
    const values = await secretParameterValues({ Template, Parameters }, ['List', 'Map'])
    expect(new Set(values)).toEqual(
      new Set(['secret-key', 'one,two', '["one","two"]', 'one', 'two', '{"a":"deep"}', 'deep']),
    )
  })

  it.each([
    ['a text', 'encrypted_param_names: [pin]\n'],
    ['a map', { encrypted_param_names: ['pin'] }],
    ['JSON with an escape', String.raw`{"encrypted\u005fparam_names": ["pin"]}`],
  ])('are those that an environment has Heat encrypt: %s', async (_, Environment) => {
    const Parameters = { pin: 'from-parameters', open: 'open' }
    expect(await secretParameterValues({ Template: {}, Parameters, Environment }, [])).toEqual([
      'from-parameters',
    ])
    const file = { EnvironmentFiles: ['e'], Files: { e: Environment } }
    expect(await secretParameterValues({ Template: {}, Parameters, ...file }, [])).toEqual([
      'from-parameters',
    ])
  })

  it('are all parts of an environment that has some encrypted and cannot be read', async () => {
    const Environment = 'encrypted_param_names: [pin]\nparameters: {pin: hidden-value, ]\n'
    expect(await secretParameterValues({ Template: {}, Environment }, [])).toContain('hidden-value')
  })

  it.each(['true', 'yes', 'on', "'true'", '1', '*on'])(
    'are hidden by %s, as Heat sees it',
    async (hidden) => {
      const Template = `anchors: [&on true]\nparameters:\n  pin: {type: string, hidden: ${hidden}}\n`
      expect(await secretParameterValues({ Template, Parameters: { pin: 'x', open: 'y' } }, [])).toEqual([
        'x',
      ])
    },
  )

  it('are hidden by merged keys, and in spite of duplicate keys', async () => {
    const Template = 'a: &a {hidden: true}\na: 1\nparameters:\n  pin:\n    <<: *a\n    type: string\n'
    expect(await secretParameterValues({ Template, Parameters: { pin: 'x', open: 'y' } }, [])).toEqual(['x'])
  })

  it.each(['false', 'no', 'off', "''", 'null', '0'])('are not hidden by %s', async (hidden) => {
    const Template = `parameters:\n  pin: {type: string, hidden: ${hidden}}\n`
    expect(await secretParameterValues({ Template, Parameters: { pin: 'x' } }, [])).toEqual([])
  })

  it.each([
    ['is no YAML', '{ hidden'],
    ['is nested too deeply', `hidden: ${'['.repeat(20_000)}`],
    [
      'multiplies by its aliases',
      `hidden: &a [1]\nb: &b [${'*a,'.repeat(200)}]\nc: [${'*b,'.repeat(200)}]\n`,
    ],
    ['is too long to be read', `hidden: true\n#${'x'.repeat(2_000_000)}`],
  ])('are all given ones if the template %s', async (_, Template) => {
    expect(await secretParameterValues({ Template, Parameters: { a: 'x', b: 'y' } }, [])).toEqual(['x', 'y'])
  })

  it.each([
    ['is no YAML', 'parameters: {pin: secret-pin'],
    ['has an error beside the value', 'parameters:\n  pin: secret-pin\n  list: [a\n  other: "x'],
    ['is nested too deeply', `parameters:\n  pin: secret-pin\nx: ${'['.repeat(20_000)}`],
    ['has an alias without an anchor', 'parameters:\n  pin: "secret-pin"\n  x: *nowhere\n'],
    ['merges what is no map', 'parameters:\n  <<: 5\n  pin: secret-pin\n'],
    ['is too long to be read', `parameters: {pin: 'secret-pin'}\n#${'x'.repeat(600_000)}`],
  ])('are found in the parts of an environment that %s', async (_, Environment) => {
    expect(await secretParameterValues({ Template: hot('pin'), Environment }, [])).toContain('secret-pin')
    const Files = { 'env.yaml': Environment }
    const stack = { Template: hot('pin'), EnvironmentFiles: ['env.yaml'], Files }
    expect(await secretParameterValues(stack, [])).toContain('secret-pin')
  })

  it('are found with spaces and punctuation in an environment that cannot be parsed', async () => {
    const Environment = 'parameters:\n  pin: correct horse, {4711}\n  "other": "a: b" \n  list: [a'
    const values = await secretParameterValues({ Template: hot('pin'), Environment }, [])
    expect(values).toEqual(expect.arrayContaining(['correct horse, {4711}', 'a: b']))
  })

  it('are none in an environment that cannot be parsed where nothing is hidden', async () => {
    const Template = 'parameters:\n  pin: {type: string}\n'
    expect(await secretParameterValues({ Template, Environment: '{pin: x' }, [])).toEqual([])
  })

  it('do not include all if a script cannot be parsed', async () => {
    const Files = { 'setup.sh': 'if hidden; then { echo "' }
    const stack = { Template: hot('pin'), Parameters: { pin: 'x', open: 'y' }, Files }
    expect(await secretParameterValues(stack, [])).toEqual(['x'])
  })
})
