import { describe, expect, it } from 'vitest'
import { checkStacks } from '../../../src/cli/local-stack/check-stacks.ts'
import { readMap } from '../../../src/cli/ros-template/source.ts'

/** A local stack refuses what is certainly wrong, before anything is created. */

const STACKS = {
  'Custom::AwsCloudFormationStack':
    'Stack: { Template: { Resources: { Q: { Type: "AWS::SQS::Queue" } }, Outputs: { Url: { Value: u } } } }',
  'Custom::HeatStack':
    'Stack: { Template: { heat_template_version: 2018-08-31, resources: { n: { type: "OS::Heat::None" } }, outputs: { Url: { value: u } } } }',
  'Custom::RosStack':
    'RegionId: cn-beijing\n        Stack: { Template: { ROSTemplateFormatVersion: "2015-09-01", Resources: { V: { Type: "ALIYUN::ECS::VPC" } }, Outputs: { Url: { Value: u } } } }',
  'Custom::HuaweiRfsStack': `RegionId: cn-north-4\n        Stack: { TemplateBody: 'output "Url" { value = "u" }' }`,
} as const

const resource = (name: string, type: string, parameters: string, more = ''): string => `
  ${name}:
    Type: ${type}${more}
    Properties:
      ServiceToken: here
      Timeout: 600
      Parameters:
        ${parameters}`

function check(resources: string, more = '', parameters: Record<string, string> = {}): Promise<void> {
  const text = `ROSTemplateFormatVersion: '2015-09-01'\nResources:${resources}\n${more}`
  const request = { template: readMap('t.yml', Buffer.from(text)), parameters }
  return checkStacks(request, { stackId: '', stackName: 'shop' })
}

const output = (attribute: string): string => `Outputs: { O: { Value: { Fn::GetAtt: [A, ${attribute}] } } }`

describe.each(Object.entries(STACKS))('a stack of %s', (type, stack) => {
  const made = resource('A', type, stack)

  it('has the outputs of its template, and the whole answer', async () => {
    await check(made, output('Url'))
    await check(made, output('Outputs'))
    await check(made + resource('B', type, `${stack}\n        SecretParameters: [{ Fn::GetAtt: [A, Url] }]`))
  })

  it('is refused a reference to an output that it does not have, wherever the reference is', async () => {
    const problem = /Url2, but the stack of A gives no such output; did you mean Url\?$/
    await expect(check(made, output('Url2'))).rejects.toThrow(problem)
    await expect(check(made, "Outputs: { O: { Value: { Fn::Sub: 'x${A.Url2}' } } }")).rejects.toThrow(problem)
    const group =
      '\n  G: { Type: ALIYUN::ECS::SecurityGroup, Properties: { Name: { Fn::GetAtt: [A, Url2] } } }'
    await expect(check(made + group)).rejects.toThrow(problem)
  })

  it('is refused a reference to an output that its resource hides or does not select', async () => {
    await expect(
      check(resource('A', type, `${stack}\n        SecretOutputs: [Url]`), output('Url')),
    ).rejects.toThrow('refers to A.Url, which SecretOutputs of A keeps back')
    await expect(
      check(resource('A', type, `${stack}\n        Outputs: { Address: Url }`), output('Url')),
    ).rejects.toThrow('gives no such output')
  })

  it('has the outputs that its resource names', async () => {
    for (const property of ['Outputs', 'SecretOutputs'])
      await expect(check(resource('A', type, `${stack}\n        ${property}: [Gone]`))).rejects.toThrow(
        /names Gone, which is not an output of the template/,
      )
  })
})

describe('a local stack', () => {
  const aws = STACKS['Custom::AwsCloudFormationStack']
  const type = 'Custom::AwsCloudFormationStack'

  it('must give the templates of its stacks all required parameters', async () => {
    const stack = (parameters: string) =>
      `Stack: { ${parameters} Template: { Parameters: { Size: { Type: Number } }, Resources: { Q: { Type: "AWS::SQS::Queue" } } } }`
    await check(resource('A', type, stack('Parameters: { Size: 1 },')))
    await expect(check(resource('A', type, stack('')))).rejects.toThrow('must give a value to Size')
    await expect(check(resource('A', type, stack('Parameters: { Size: 1, Sise: 1 },')))).rejects.toThrow(
      'Resources.A.Properties.Parameters.Stack.Parameters.Sise is not declared by the template',
    )
  })

  it('may not contain two stacks of one name, unless only one of them is created', async () => {
    const named = aws.replace('Stack: {', 'Stack: { Name: one,')
    const condition = (name: string) => `\n    Condition: ${name}`
    await expect(check(resource('A', type, named) + resource('B', type, named))).rejects.toThrow(
      'is the name of the stack of A, too',
    )
    const conditions = 'Conditions: { Yes: { Fn::Equals: [a, a] }, No: { Fn::Not: [Yes] } }'
    const either = resource('A', type, named, condition('Yes')) + resource('B', type, named, condition('No'))
    await check(either, conditions)
  })

  it('may have any reference in a part that a condition excludes', async () => {
    const made = resource('A', type, aws)
    const conditions = 'Conditions: { No: { Fn::Equals: [a, b] } }\n'
    await check(made, `${conditions}Outputs: { O: { Condition: No, Value: { Fn::GetAtt: [A, Gone] } } }`)
    await check(
      made,
      `${conditions}Outputs: { O: { Value: { Fn::If: [No, { Fn::GetAtt: [A, Gone] }, x] } } }`,
    )
  })

  it('may not refer to an output that its cloud hides', async () => {
    const hcl = `output "Key" {\n  value = "k"\n  sensitive = true\n}`
    const json = '{"output": {"Key": {"value": "k", "sensitive": true}}}'
    for (const body of [hcl, json]) {
      const given = `RegionId: cn-north-4\n        Stack: { TemplateBody: ${JSON.stringify(body)} }`
      const rfs = (more = '') => resource('A', 'Custom::HuaweiRfsStack', given + more)
      await check(rfs('\n        SecretOutputs: [Key]'))
      await expect(check(rfs(), output('Key'))).rejects.toThrow('which is sensitive in the template')
      await expect(check(rfs('\n        Outputs: { Word: Key }'), output('Word'))).rejects.toThrow(
        'sensitive',
      )
    }
  })

  it('accepts what cannot be known before', async () => {
    const parameters = "Parameters: { Body: { Type: String, Default: '{}' } }\n"
    const computed = resource('A', type, 'Stack: { Template: { Ref: Body } }')
    await check(computed, parameters + output('Anything'))
    const at = resource('A', type, 'Stack: { TemplateURL: "https://example.com/t.yml" }')
    await check(at, output('Anything'))
    const other = '\n  A: { Type: Custom::Other, Properties: { ServiceToken: there, Timeout: 60 } }'
    await check(other, output('Anything'))
  })
})
