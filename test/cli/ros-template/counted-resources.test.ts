import { describe, expect, it } from 'vitest'
import { desiredStack } from '../../../src/cli/local-stack/desired-stack.ts'
import { withCountsExpanded } from '../../../src/cli/ros-template/counted-resources.ts'
import { readMap } from '../../../src/cli/ros-template/source.ts'
import { readTemplate } from '../../../src/cli/ros-template/template.ts'
import type { JsonValue } from '../../../src/platform/json.ts'

const STACK = { stackId: 'stack-1', stackName: 'shop' }

const documentOf = (resources: string, more = '') =>
  readMap('t.yml', Buffer.from(`ROSTemplateFormatVersion: '2015-09-01'\n${more}\nResources:\n${resources}`))

const read = (resources: string, more = '', parameters: Record<string, JsonValue> = {}) =>
  desiredStack({ template: documentOf(resources, more), parameters }, STACK)

const BY_PARAMETER = 'Parameters: { Count: { Type: Number }, Names: { Type: Json, Default: [a, b] } }'

describe('a resource with Count', () => {
  // https://www.alibabacloud.com/help/en/ros/user-guide/resources, "Count": the example and its result.
  it("becomes the resources that ROS's page shows", () => {
    const template = readTemplate(
      documentOf(
        `
  Eip: { Type: ALIYUN::VPC::EIP, Count: { Ref: Count }, Properties: { Bandwidth: 5 } }
  Servers: { Type: ALIYUN::ECS::InstanceGroup, Properties: { MaxAmount: { Ref: Count } } }
  EipBind:
    Type: ALIYUN::VPC::EIPAssociation
    Count: { Ref: Count }
    Properties:
      InstanceId: { Fn::Select: [{ Ref: 'ALIYUN::Index' }, { Fn::GetAtt: [Servers, InstanceIds] }] }
      AllocationId: { Fn::Select: [{ Ref: 'ALIYUN::Index' }, { Ref: Eip }] }`,
        `Parameters: { Count: { Type: Number } }
Outputs:
  InstanceIds: { Value: { Fn::GetAtt: [Servers, InstanceIds] } }
  AllocationIds: { Value: { Ref: Eip } }
  EipAddresses: { Value: { Fn::GetAtt: [Eip, EipAddress] } }`,
      ),
    )
    const { resources, outputs } = withCountsExpanded(template, () => 2)
    const properties = Object.fromEntries([...resources].map(([name, one]) => [name, one.properties]))
    expect(properties).toEqual({
      'Eip[0]': { Bandwidth: 5 },
      'Eip[1]': { Bandwidth: 5 },
      Servers: { MaxAmount: { Ref: 'Count' } },
      'EipBind[0]': {
        InstanceId: { 'Fn::Select': [0, { 'Fn::GetAtt': ['Servers', 'InstanceIds'] }] },
        AllocationId: { Ref: 'Eip[0]' },
      },
      'EipBind[1]': {
        InstanceId: { 'Fn::Select': [1, { 'Fn::GetAtt': ['Servers', 'InstanceIds'] }] },
        AllocationId: { Ref: 'Eip[1]' },
      },
    })
    expect(Object.fromEntries([...outputs].map(([name, { value }]) => [name, value]))).toEqual({
      InstanceIds: { 'Fn::GetAtt': ['Servers', 'InstanceIds'] },
      AllocationIds: [{ Ref: 'Eip[0]' }, { Ref: 'Eip[1]' }],
      EipAddresses: [{ 'Fn::GetAtt': ['Eip[0]', 'EipAddress'] }, { 'Fn::GetAtt': ['Eip[1]', 'EipAddress'] }],
    })
  })

  it('depends only on the copy that it selects, while DependsOn depends on all copies', () => {
    const { dependencies } = read(`
  A: { Type: X, Count: 2 }
  B: { Type: X, Count: 2, Properties: { P: { Fn::Select: [{ Ref: 'ALIYUN::Index' }, !GetAtt A.Id] } } }
  C: { Type: X, DependsOn: A }
  D: { Type: X, DependsOn: 'A[1]', Properties: { P: { Ref: 'A[0]' } } }`)
    expect(Object.fromEntries(dependencies)).toEqual({
      'A[0]': [],
      'A[1]': [],
      'B[0]': ['A[0]'],
      'B[1]': ['A[1]'],
      C: ['A[0]', 'A[1]'],
      D: ['A[0]', 'A[1]'],
    })
  })

  it('has as many copies as its functions compute, or none', () => {
    const names = (count: string, parameters = {}) => [
      ...read(`  A: { Type: X, Count: ${count} }\n  B: { Type: X }`, BY_PARAMETER, {
        Count: 1,
        ...parameters,
      }).resources.keys(),
    ]
    expect(names('{ Ref: Count }', { Count: 3 })).toEqual(['A[0]', 'A[1]', 'A[2]', 'B'])
    expect(names('{ Fn::Length: { Ref: Names } }')).toEqual(['A[0]', 'A[1]', 'B'])
    expect(names("'2'")).toEqual(['A[0]', 'A[1]', 'B'])
    expect(names('0')).toEqual(['B'])
  })

  it('can use its index also within a text', () => {
    const { resources } = read(
      "  A: { Type: X, Count: 2, Properties: { Name: { Fn::Sub: 'vm-${ALIYUN::Index}-${ALIYUN::StackName}-${!Kept}' } } }",
    )
    expect([...resources.values()].map(({ properties }) => properties)).toEqual([
      { Name: { 'Fn::Sub': 'vm-0-${ALIYUN::StackName}-${!Kept}' } },
      { Name: { 'Fn::Sub': 'vm-1-${ALIYUN::StackName}-${!Kept}' } },
    ])
  })

  it.each([
    ['  A: { Type: X, Count: -1 }', /Resources\.A\.Count must be a natural number, 300 at most/],
    ['  A: { Type: X, Count: many }', /Resources\.A\.Count must be a natural number/],
    ['  A: { Type: X, Count: 301 }', /Resources\.A\.Count must be a natural number, 300 at most/],
    ['  A: { Type: X, Count: 200 }\n  B: { Type: X, Count: 101 }', /Resources are 301, and ROS takes 300/],
    [
      '  A: { Type: X, Count: { Ref: B } }\n  B: { Type: X }',
      /Resources\.A\.Count refers to B, which is a resource/,
    ],
    [
      '  A: { Type: X, Count: 2 }\n  A[1]: { Type: X }',
      /Resources\.A\.Count makes A\[1\], which the template has already/,
    ],
    [
      '  A: { Type: X, Count: 2 }\n  B: { Type: X, Properties: { P: { Ref: "A[2]" } } }',
      /refers to A\[2\], which is not in this stack/,
    ],
    [
      '  A: { Type: X }\n  B: { Type: X, Properties: { P: { Ref: "A[0]" } } }',
      /refers to A\[0\], which is neither/,
    ],
    [
      '  A: { Type: X, Properties: { P: { Ref: "ALIYUN::Index" } } }',
      /Properties\.P uses ALIYUN::Index, which only/,
    ],
    ['  A: { Type: X, Count: { Ref: "ALIYUN::Index" } }', /Resources\.A\.Count uses ALIYUN::Index/],
    [
      "  A: { Type: X, Count: 2 }\n  B: { Type: X, Properties: { P: { Fn::Sub: '${A}' } } }",
      /Resources\.B\.Properties\.P names A, which has Count, in Fn::Sub/,
    ],
  ])('%s is refused before anything is created', (resources, message) => {
    expect(() => read(resources)).toThrow(message)
  })
})
