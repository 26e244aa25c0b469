import { SANDBOX_PUSH_CERTIFICATE } from '../../src/sandbox/mns/certificate.ts'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import * as v from 'valibot'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { converted } from '../../build/json-schemas/convert.ts'
import { schemaFiles } from '../../build/json-schemas/schema-files.ts'
import { properties as rosProperties } from '../../src/providers/alibaba-cloud/ros/properties.ts'
import { properties as awsProperties } from '../../src/providers/aws/cloudformation/properties.ts'
import { properties as heatProperties } from '../../src/providers/openstack/heat/properties.ts'
import { properties as aosStackProperties } from '../../src/providers/huawei-cloud/aos-stack/properties.ts'
import { properties as rfsStackProperties } from '../../src/providers/huawei-cloud/rfs-stack/properties.ts'
import { GENERIC_TYPE, servedProviders } from '../../src/providers/registry.ts'

const root = join(import.meta.dirname, '../..')
let files: ReadonlyMap<string, string>

beforeAll(async () => {
  files = await schemaFiles()
})

const validators = new Map<string, ValidateFunction>()

function validator(name: string): ValidateFunction {
  const known = validators.get(name)
  if (known !== undefined) return known
  // A function of ROS can replace a value of any type, which Ajv's strict mode would report.
  const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allErrors: true })
  const compiled = ajv.compile(JSON.parse(files.get(name) ?? 'null'))
  validators.set(name, compiled)
  return compiled
}

/** The position and the rule of each error; empty for a valid document. */
function refusals(validate: ValidateFunction, document: unknown): string[] {
  validate(document)
  return (validate.errors ?? []).map(({ instancePath, keyword, params }) =>
    [instancePath, keyword, ...Object.values(params)].join(' '),
  )
}

async function examples(folder: string): Promise<{ name: string; document: unknown }[]> {
  const names = (await readdir(join(root, 'examples'), { recursive: true })).filter(
    (name) => name.startsWith(folder) && /\.(json|ya?ml)$/.test(name),
  )
  return Promise.all(
    names.map(async (name) => ({
      name,
      document: parse(await readFile(join(root, 'examples', name), 'utf8'), { logLevel: 'silent' }),
    })),
  )
}

const stack = { Template: 'Resources: {}' }
const token = 'acs:fc:cn-hangzhou:1234567890123456:functions/stackbridge'

function template(parameters: unknown, more: object = {}, type = 'Custom::AwsCloudFormationStack') {
  return {
    ROSTemplateFormatVersion: '2015-09-01',
    Resources: {
      A: { Type: type, Properties: { ServiceToken: token, Timeout: 60, Parameters: parameters, ...more } },
    },
  }
}

describe('the committed JSON Schemas', () => {
  it('match the sources (if not, run npm run schemas)', async () => {
    const folder = join(root, 'schemas')
    const committed = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.json'))
    expect(committed.sort()).toEqual([...files.keys()].sort())
    for (const [name, text] of files) expect(await readFile(join(folder, name), 'utf8'), name).toBe(text)
  })

  it('exist for each provider, and are JSON Schemas', () => {
    for (const { folder } of servedProviders) expect(validator(`${folder}.json`)({})).toBe(false)
    for (const name of files.keys()) expect(() => validator(name)).not.toThrow()
  })

  it('describe every property at every depth', () => {
    for (const { folder } of servedProviders) {
      const undescribed: string[] = []
      const visit = (schema: unknown, path: string): void => {
        const { properties = {} } = schema as { properties?: Record<string, { description?: string }> }
        for (const [key, property] of Object.entries(properties)) {
          if ((property.description ?? '') === '') undescribed.push(`${path}.${key}`)
          visit(property, `${path}.${key}`)
        }
      }
      visit(JSON.parse(files.get(`${folder}.json`) ?? '{}'), folder)
      expect(undescribed).toEqual([])
    }
  })
})

describe('the conversion', () => {
  it('keeps a length limit of strings, and a Unicode pattern', () => {
    const schema = v.object({
      Value: v.pipe(v.union([v.string(), v.pipe(v.number(), v.transform(String))]), v.maxLength(3)),
      Name: v.pipe(v.string(), v.regex(/^\p{L}+$/u)),
    })
    const validate = new Ajv({ strictTypes: false }).compile(converted(schema))
    expect(validate({ Value: 'abc', Name: 'é' })).toBe(true)
    expect(validate({ Value: 123, Name: 'é' })).toBe(true)
    expect(validate({ Value: 'abcd', Name: 'é' })).toBe(false)
    expect(validate({ Value: 'abc', Name: '1' })).toBe(false)
  })

  it('fails if it cannot express a rule', () => {
    expect(() => converted(v.pipe(v.string(), v.regex(/a/i)))).toThrow(/flags/)
  })
})

/** Values of every type that a property accepts, and some that none accepts. */
const VALUES = [
  ...[
    'x',
    '',
    'a b',
    '5',
    '99999',
    'true',
    'True',
    'own',
    'leave',
    'retain',
    'managed',
    'wait',
    'password',
    'public',
    'ROLLBACK',
  ],
  ...[
    'arn:aws:iam::123456789012:role/r',
    SANDBOX_PUSH_CERTIFICATE,
    'stackbridge:x',
    'STANDARD',
    'Enabled',
    'acs:ram::1:role/r',
  ],
  ...[0, 5, 0.5, 99_999_999, true, false, null],
  ...[[], ['x'], ['retry'], ['force'], ['CAPABILITY_IAM'], [5], [{ Key: 'k', Value: 1 }], [{ Key: 'k' }]],
  ...[{}, { x: 'y' }, { x: 5 }, { x: [5] }, { x: { UsePreviousValue: true } }, { Unknown: 1 }],
  ...[[{ VarKey: 'a', VarValue: 1 }], [{ ProviderName: 'p', AgencyName: 'a' }], { AccessKey: 'a' }],
  ...[[{ Key: 'k', Value: 'v' }], 10, 900, { RoleArn: 'acs:ram::1:role/r' }, { AgencyName: 'a' }],
  ...[
    { StackId: 's', LogicalResourceId: 'r' },
    { StackId: 's', LogicalResourceId: 'r', AllowChanges: 'true' },
  ],
  ...[{ FailureStrategy: 'Rollback', AutoCreate: 'true', Timeout: 5 }],
  ...[{ RoleArn: 'arn:aws:iam::123456789012:role/r' }, { AuthUrl: 'https://k' }, { AuthUrl: 5 }],
  'cn-north-4',
  'report',
  ...[
    { Names: ['x'] },
    { Names: ['x'], Prefix: 'team' },
    { Names: ['a b'] },
    { Names: ['x'], Prefix: 'OOS' },
  ],
  ...[{ MonitoringTimeInMinutes: '9', RollbackTriggers: [{ Arn: 'a', Type: 't' }] }],
]

describe.each([
  { name: 'aws/cloudformation', schema: awsProperties, stack: { Template: 'Resources: {}' } },
  { name: 'openstack/heat', schema: heatProperties, stack: { Template: 'Resources: {}' } },
  { name: 'huawei-cloud/rfs-stack', schema: rfsStackProperties, stack: { TemplateBody: 'x' } },
  { name: 'alibaba-cloud/ros', schema: rosProperties, stack: { Template: 'x' } },
  { name: 'huawei-cloud/aos-stack', schema: aosStackProperties, stack: { TemplateId: 'x' } },
])('the JSON Schema of $name', ({ name, schema, stack }) => {
  const { Stack: stackSchema } = schema.entries
  const stackNames = Object.keys('pipe' in stackSchema ? stackSchema.pipe[0].entries : stackSchema.entries)
  const names = Object.keys(schema.entries).filter((key) => key !== 'Stack')
  const documents = VALUES.flatMap((value) => [
    ...names.map((key) => ({ [key]: value, Stack: stack })),
    ...stackNames.map((key) => ({ Stack: { ...stack, [key]: value } })),
    { Stack: { TemplateURL: 'https://x', Parameters: value } },
    ...stackNames.map((key) => ({ Stack: { TemplateId: 'x', [key]: value } })),
    ...stackNames.map((key) => ({ Stack: { [key]: value } })),
    { Stack: { TemplateUri: 'https://x', Parameters: value } },
    { Stack: { ...stack, Existing: true, ClearParameters: value } },
    { Stack: value },
  ])

  it('accepts every document that the bridge accepts', () => {
    const validate = validator(`${name}.json`)
    const taken = documents.filter((document) => v.is(schema, document))
    const refused = taken.filter((document) => !validate(document) && !isListForMap(validate, document))
    expect(refused).toEqual([])
    // Every property had at least one valid value.
    const seen = new Set(taken.flatMap((document) => [...Object.keys(document), ...keysOf(document.Stack)]))
    expect([...names, ...stackNames].filter((key) => !seen.has(key))).toEqual([])
  })

  it('refuses a value of a wrong type and an unknown property, as the bridge does', () => {
    const validate = validator(`${name}.json`)
    const wrong = [{}, { Stack: 5 }, { Stack: stack, Stak: 1 }, { Stack: { ...stack, Nam: 'x' } }]
    const kinds = [...names, ...stackNames].flatMap((key) =>
      names.includes(key) ? [{ [key]: null, Stack: stack }] : [{ Stack: { ...stack, [key]: null } }],
    )
    for (const document of [...wrong, ...kinds]) {
      expect(v.is(schema, document), JSON.stringify(document)).toBe(false)
      expect(validate(document), JSON.stringify(document)).toBe(false)
    }
  })
})

const NAMED: Readonly<Record<string, object>> = {
  'huawei-cloud/rfs-stack-set': { StackSet: { Name: 'n' } },
  'huawei-cloud/rfs-stack-instances': { StackSetName: 'n', DeploymentTargets: { Regions: ['cn-north-4'] } },
}

describe.each(servedProviders)('the JSON Schema of a read-only resource of $name', ({ name, folder }) => {
  const named = NAMED[folder] ?? { Stack: { Name: 'n' } }

  it('accepts the name of a stack without its template, or an id alone', () => {
    const accepted = [{ StackId: 'i' }, named, { ...named, StackId: 'i' }]
    for (const one of accepted) {
      const parameters = { Provider: name, Mode: 'read-only', ...one }
      expect(refusals(validator(`${folder}.json`), parameters)).toEqual([])
      expect(refusals(validator('ros-template.json'), template(parameters, {}, GENERIC_TYPE))).toEqual([])
    }
  })

  it('requires that a stack is named', () => {
    expect(refusals(validator(`${folder}.json`), { Mode: 'read-only' }).join()).toContain('required StackId')
  })

  it.each([{}, { Mode: 'managed' }, { Mode: '' }])('accepts no id alone with %o', (mode) => {
    const refused = refusals(validator(`${folder}.json`), { ...mode, StackId: 'i' })
    expect(refused.join()).toContain(`required ${Object.keys(named)[0] ?? ''}`)
  })

  it('requires no further property if Mode is a function of ROS', () => {
    const parameters = { Provider: name, Mode: { Ref: 'Mode' }, StackId: 'i' }
    expect(refusals(validator('ros-template.json'), template(parameters, {}, GENERIC_TYPE))).toEqual([])
  })
})

/** The parser accepts a list as a map with numbers as names; a JSON Schema rightly does not. */
function isListForMap({ errors }: ValidateFunction, document: unknown): boolean {
  return (errors ?? []).some(({ instancePath, keyword, params }) => {
    const value = instancePath
      .split('/')
      .slice(1)
      .reduce<unknown>((at, key) => Reflect.get(at as object, key), document)
    return keyword === 'type' && params['type'] === 'object' && Array.isArray(value)
  })
}

function keysOf(value: unknown): string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : []
}

describe('ros-template.json', () => {
  it('accepts every template in examples/', async () => {
    const validate = validator('ros-template.json')
    const templates = (await examples('')).filter(({ name }) => /\.ya?ml$/.test(name))
    expect(templates.length).toBeGreaterThan(0)
    for (const { name, document } of templates) expect(refusals(validate, document), name).toEqual([])
  })

  it('accepts a function of ROS for any value', () => {
    const validate = validator('ros-template.json')
    const some = { Ref: 'P' }
    const parameters = {
      RegionId: some,
      Timeout: { 'Fn::If': ['C', 60, some] },
      AssumeRole: { RoleArn: { 'Fn::Sub': 'arn:${P}' } },
      Stack: { Template: some, Capabilities: [some], Tags: { k: some }, Parameters: { P: some } },
    }
    expect(refusals(validate, template(parameters))).toEqual([])
    expect(refusals(validate, template(some, { ServiceToken: some, Timeout: some }))).toEqual([])
  })

  it.each([
    ['a misspelt property', template({ Stack: stack, RegionID: 'x' }), 'additionalProperties RegionID'],
    ['a misspelt nested property', template({ Stack: { ...stack, Nmae: 'x' } }), 'additionalProperties Nmae'],
    [
      'a property outside Parameters',
      template({ Stack: stack }, { RegionId: 'x' }),
      '/Properties additionalProp',
    ],
    ['a Timeout beyond its range', template({ Stack: stack }, { Timeout: 43_201 }), 'Timeout maximum'],
    [
      'a ServiceToken of an unknown form',
      template({ Stack: stack }, { ServiceToken: 'acs:x' }),
      'ServiceToken patt',
    ],
    ['a missing Stack', template({}), '/Parameters required Stack'],
    [
      'a wrong value for the provider that Provider names',
      template({ Provider: 'Heat', Stack: { Template: 5 } }, {}, 'ALIYUN::ROS::CustomResource'),
      'Template type string',
    ],
  ])('refuses %s, and names the position', (_name, document, refusal) => {
    expect(refusals(validator('ros-template.json'), document).join('\n')).toContain(refusal)
  })

  it('does not check resources of other types', () => {
    const resources = { A: { Type: 'ALIYUN::ECS::VPC', Properties: { X: 1 } }, B: { Type: 'Custom::Other' } }
    expect(refusals(validator('ros-template.json'), { Resources: resources })).toEqual([])
  })
})

describe('event.json', () => {
  it('accepts every event in examples/', async () => {
    const validate = validator('event.json')
    const events = await examples('events')
    expect(events.length).toBeGreaterThan(0)
    for (const { name, document } of events) expect(refusals(validate, document), name).toEqual([])
  })

  it('checks the properties by the resource type, except for a Delete', () => {
    const validate = validator('event.json')
    const event = {
      RequestType: 'Create',
      ResourceType: 'Custom::HeatStack',
      ResourceProperties: { Stak: {} },
    }
    expect(refusals(validate, event).join('\n')).toContain('/ResourceProperties additionalProperties Stak')
    expect(refusals(validate, { ...event, RequestType: 'Delete' })).toEqual([])
    expect(refusals(validate, { ...event, RequestType: 'Make' }).join('\n')).toContain('/RequestType enum')
  })
})
