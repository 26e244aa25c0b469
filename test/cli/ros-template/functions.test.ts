import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../src/platform/json.ts'
import { desiredStack } from '../../../src/cli/local-stack/desired-stack.ts'
import type { StackResource } from '../../../src/cli/local-stack/stack-state.ts'
import { readMap } from '../../../src/cli/ros-template/source.ts'

const STACK = { stackId: 'stack-1', stackName: 'shop' }

const existing = (data: Record<string, JsonValue>): Record<string, StackResource> => ({
  A: {
    type: 'Custom::HeatStack',
    properties: {},
    served: true,
    physicalResourceId: 'heat:a',
    data,
    retained: false,
    dependsOn: [],
  },
})

const TEMPLATE = `
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Stage: { Type: String, Default: test }
  Zones: { Type: CommaDelimitedList, Default: 'a, b' }
  Count: { Type: Number, Default: 2 }
Mappings:
  Sizes: { test: { size: small }, prod: { size: large } }
Conditions:
  IsProd: { Fn::Equals: [{ Ref: Stage }, prod] }
  IsOther: { Fn::Not: [IsProd] }
  Both: { Fn::And: [IsOther, { Fn::Or: [IsProd, { Fn::Equals: [1, '1'] }] }] }
Locals:
  Title: { Value: { Fn::Sub: '\${Stage}!' } }
Resources:
  A: { Type: Custom::HeatStack, Properties: { Parameters: {} } }
  Vpc: { Type: ALIYUN::ECS::VPC }
Outputs:
  Out: { Value: VALUE }
`

/** The value that ROS would return for an output. */
function valueOf(written: string, parameters: Record<string, JsonValue> = {}): JsonValue | undefined {
  const template = readMap('t.yml', Buffer.from(TEMPLATE.replace('VALUE', written)))
  const resources = { ...existing({ name: 'shop-7', 'a.b': 1, list: ['x', 'y'] }) }
  const vpc = {
    ...resources['A'],
    type: 'ALIYUN::ECS::VPC',
    served: false,
    physicalResourceId: 'invented-vpc',
  }
  return desiredStack({ template, parameters }, STACK).outputs({ ...resources, Vpc: vpc as StackResource })[0]
    ?.value
}

describe('the functions of a ROS template', () => {
  it.each<[string, JsonValue]>([
    ['{ Ref: Stage }', 'test'],
    ['!Ref Zones', ['a', 'b']],
    ['{ Ref: Title }', 'test!'],
    ['{ Ref: "ALIYUN::StackName" }', 'shop'],
    ['{ Ref: A }', 'heat:a'],
    ['{ Fn::GetAtt: [A, name] }', 'shop-7'],
    ['!GetAtt A.a.b', 1],
    ['{ Fn::Sub: "${Stage}-${A.name}-${A}-${!Kept}" }', 'test-shop-7-heat:a-${Kept}'],
    ['{ Fn::Sub: ["${X}/${Stage}", { X: { Ref: Count } }] }', '2/test'],
    ['{ Fn::Join: ["-", [a, { Ref: Stage }, { Ref: "ALIYUN::NoValue" }]] }', 'a-test'],
    ['{ Fn::Split: [",", "a,b"] }', ['a', 'b']],
    ['{ Fn::Select: [1, { Ref: Zones }] }', 'b'],
    ['{ Fn::Select: ["-1", { Ref: Zones }] }', 'b'],
    ['{ Fn::Select: ["0:1", { Fn::GetAtt: [A, list] }] }', ['x']],
    ['{ Fn::Select: ["9", [a], none] }', 'none'],
    ['{ Fn::Select: ["1:3", [1, 2, 3, 4, 5]] }', [2, 3]],
    ['{ Fn::Select: ["::2", [1, 2, 3, 4, 5]] }', [1, 3, 5]],
    ['{ Fn::Select: ["5:0:-2", [1, 2, 3, 4, 5]] }', [5, 3]],
    ['{ Fn::Select: ["-2:", [1, 2, 3]] }', [2, 3]],
    ['{ Fn::Select: ["::-1", [1, 2, 3]] }', [3, 2, 1]],
    ['{ Fn::Select: ["7:9", [1, 2, 3]] }', []],
    ['{ Fn::Select: ["*", [1, 2]] }', [1, 2]],
    ['{ Fn::FindInMap: [Sizes, { Ref: Stage }, size] }', 'small'],
    ['{ Fn::If: [IsProd, large, { Fn::Str: 5 }] }', '5'],
    ['{ Fn::If: [Both, yes, no] }', 'yes'],
    ['{ Fn::If: [{ Fn::Contains: [{ Ref: Zones }, b] }, yes, no] }', 'yes'],
    ['{ Fn::If: [{ Fn::Contains: [[1, 2, 3], 4] }, yes, no] }', 'no'],
    ['{ Fn::If: [{ Fn::EachMemberIn: [{ Ref: Zones }, [a, b, c]] }, yes, no] }', 'yes'],
    ['{ Fn::If: [{ Fn::EachMemberIn: [[1, 2, 3], [1, 2, 4]] }, yes, no] }', 'no'],
    ['{ Fn::Base64Encode: hello }', 'aGVsbG8='],
    ['{ Fn::Base64Decode: aGVsbG8= }', 'hello'],
    ['{ Fn::Replace: [{ $x: y }, "$x$x"] }', 'yy'],
    ['{ Fn::ListMerge: [[a], { Ref: Zones }] }', ['a', 'a', 'b']],
    ['{ Fn::GetJsonValue: [k, "{\\"k\\": 3}"] }', 3],
    ['{ Fn::Length: { Ref: Zones } }', 2],
    ['{ Fn::GetAtt: [Vpc, VpcId] }', expect.stringMatching(/^vpc-bp1[a-z0-9]{18}$/)],
    ['{ Fn::GetAtt: [Vpc, VSwitchIds] }', [expect.stringMatching(/^vpc-bp1/)]],
  ])('%s is computed', (written, value) => {
    expect(valueOf(written)).toEqual(value)
  })

  it('omits ALIYUN::NoValue', () => {
    expect(
      valueOf(
        '{ a: { Ref: "ALIYUN::NoValue" }, b: [1, { Fn::If: [IsProd, 2, { Ref: "ALIYUN::NoValue" }] }] }',
      ),
    ).toEqual({ b: [1] })
  })

  it.each([
    [
      '{ Fn::Jq: [First, ".x", {}] }',
      /Outputs\.Out\.Value calls Fn::Jq, which is not supported locally; these functions are: .*Fn::Sub/,
    ],
    [
      '{ Fn::GetAtt: [A, nme] }',
      /asks for A\.nme, which its stack does not give; its outputs are: name, a\.b, list/,
    ],
    ['{ Ref: Nothing }', /refers to Nothing, which is neither a parameter nor a resource/],
    ['{ Fn::Sub: "${Nothing.x}" }', /refers to Nothing/],
    ['{ Fn::Select: [5, [a]] }', /selects 5, which the value does not have/],
    ['{ Fn::FindInMap: [Sizes, dev, size] }', /finds no Sizes\.dev\.size in Mappings/],
    ['{ Fn::If: [Nope, 1, 2] }', /names Nope, which is not a condition/],
    ['{ Fn::Join: [",", text] }', /gives Fn::Join no list/],
    ['{ Fn::Select: [0, "a,b"] }', /gives Fn::Select no list/],
    ['{ Fn::Replace: [[a], b] }', /gives Fn::Replace no map/],
  ])('%s is an error with its place and reason', (written, message) => {
    expect(() => valueOf(written)).toThrow(message)
  })
})

describe('the parameters of a ROS template', () => {
  const withParameters = (definitions: string, given: Record<string, JsonValue> = {}) => {
    const template = readMap(
      't.yml',
      Buffer.from(
        `ROSTemplateFormatVersion: '2015-09-01'\nParameters: ${definitions}\nResources: { V: { Type: ALIYUN::ECS::VPC } }\nOutputs: { O: { Value: { Ref: P } } }`,
      ),
    )
    return desiredStack({ template, parameters: given }, STACK)
  }

  it.each<[string, JsonValue, JsonValue]>([
    ['{ Type: Number }', '8', 8],
    ['{ Type: Boolean }', 'True', true],
    ['{ Type: CommaDelimitedList }', 'a,b', ['a', 'b']],
    ['{ Type: Json }', '{"a": 1}', { a: 1 }],
    ['{ Type: String }', 5, '5'],
    ['{ Type: "ALIYUN::ECS::VPC::VPCId" }', 'vpc-1', 'vpc-1'],
  ])('a value of %s has its type', (definition, given, value) => {
    expect(withParameters(`{ P: ${definition} }`, { P: given }).outputs({})[0]?.value).toEqual(value)
  })

  it.each<[string, Record<string, JsonValue>, RegExp]>([
    ['{ P: { Type: String } }', {}, /without a value: P; give --parameter P=…/],
    ['{ P: { Type: String, Default: x } }', { Q: 'x' }, /Parameters has no Q; its parameters are: P/],
    ['{ P: { Type: Number } }', { P: 'x' }, /Parameters\.P must be a number/],
    ['{ P: { Type: String, AllowedValues: [a, b] } }', { P: 'c' }, /must be one of a, b/],
    ['{ P: { Type: String, MinLength: 3 } }', { P: 'c' }, /length of at least 3/],
    ['{ P: { Type: Number, MaxValue: 3 } }', { P: 4 }, /at most 3/],
    ['{ P: { Type: String, AllowedPattern: "[a-z]+$" } }', { P: 'A' }, /must match AllowedPattern/],
  ])('%s refuses a value outside its constraints', (definitions, given, message) => {
    expect(() => withParameters(definitions, given)).toThrow(message)
  })

  it('mark the values that must not be shown', () => {
    expect(withParameters('{ P: { Type: String, NoEcho: true } }', { P: 'hunter2' }).hidden).toEqual([
      'hunter2',
    ])
  })
})

describe('the resources of a ROS template', () => {
  const read = (resources: string, more = '') => {
    const text = `ROSTemplateFormatVersion: '2015-09-01'\n${more}\nResources:\n${resources}`
    return desiredStack({ template: readMap('t.yml', Buffer.from(text)), parameters: {} }, STACK)
  }

  it('depend on those that their functions and DependsOn name', () => {
    const { dependencies } = read(`
  A: { Type: ALIYUN::ECS::VPC, Properties: { X: { Fn::Sub: '\${B.Id}' } } }
  B: { Type: ALIYUN::ECS::VPC, DependsOn: C }
  C: { Type: ALIYUN::ECS::VPC }`)
    expect(Object.fromEntries(dependencies)).toEqual({ A: ['B'], B: ['C'], C: [] })
  })

  it('are named in order if they depend on each other in a circle', () => {
    const circle = `
  A: { Type: ALIYUN::ECS::VPC, DependsOn: [B] }
  B: { Type: ALIYUN::ECS::VPC, Properties: { X: { Ref: A } } }`
    expect(() => read(circle)).toThrow('Resources depend on each other in a circle: A → B → A')
  })

  it('are omitted if their condition is false', () => {
    const { resources } = read(
      `
  A: { Type: ALIYUN::ECS::VPC, Condition: No }
  B: { Type: ALIYUN::ECS::VPC, DependsOn: [A] }`,
      'Conditions: { No: { Fn::Equals: [a, b] } }',
    )
    expect([...resources.keys()]).toEqual(['B'])
  })

  it.each([
    ['  A: { Properties: {} }', /Resources\.A must have a Type/],
    ['  A: { Type: X, DependsOn: B }', /Resources\.A\.DependsOn names B, which is not a resource/],
    ['  A: { Type: X, Condition: B }', /Resources\.A\.Condition names B, which is not a condition/],
  ])('%s is refused before anything is created', (resources, message) => {
    expect(() => read(resources)).toThrow(message)
  })

  it('of a template with a Transform are not run, since the Transform may add some', () => {
    expect(() => read('  A: { Type: X }', 'Transform: Aliyun::Terraform-v1.5')).toThrow(
      'Transform has ROS run a macro or Terraform, which a local stack cannot; remove it for a local try',
    )
  })
})

it('are not run if a map has a key twice, since the choice of ROS is unknown', () => {
  const text = 'Resources:\n  A: { Type: X }\n  A: { Type: Y }\n'
  expect(() => readMap('t.yml', Buffer.from(text))).toThrow('t.yml:3: has the key A twice in one map')
})
