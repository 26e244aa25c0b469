import { describe, expect, it } from 'vitest'
import { desiredStack } from '../../../src/cli/local-stack/desired-stack.ts'
import { readMap } from '../../../src/cli/ros-template/source.ts'
import type { JsonValue } from '../../../src/platform/json.ts'

const run = (rules: string, parameters: Record<string, JsonValue> = {}) => {
  const text = `ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Environment: { Type: String, AllowedValues: [prod, pre], Default: prod }
  Bandwidth: { Type: Number, Default: 0 }
Conditions: { IsProd: { Fn::Equals: [{ Ref: Environment }, prod] } }
Rules:
${rules}
Resources: { A: { Type: ALIYUN::ECS::VPC } }`
  return desiredStack(
    { template: readMap('t.yml', Buffer.from(text)), parameters },
    { stackId: 'stack-1', stackName: 'shop' },
  )
}

// The example of https://www.alibabacloud.com/help/en/ros/user-guide/rules.
const PUBLIC_NET = `
  PublicNet:
    RuleCondition: { Fn::Equals: [{ Ref: Environment }, prod] }
    Assertions:
      - Assert: { Fn::Equals: [{ Ref: Bandwidth }, 0] }
        AssertDescription: ECS instance should be intranet when the environment is prod.`

describe('the Rules of a ROS template', () => {
  it("refuse invalid combinations of parameters, with the template's own message", () => {
    expect(() => run(PUBLIC_NET, { Environment: 'prod', Bandwidth: 5 })).toThrow(
      'Rules.PublicNet.Assertions[0] does not hold: ECS instance should be intranet when the environment is prod.',
    )
  })

  it('accept other parameters, and do not apply if their condition is false', () => {
    expect(run(PUBLIC_NET, { Environment: 'prod', Bandwidth: 0 }).resources.size).toBe(1)
    expect(run(PUBLIC_NET, { Environment: 'pre', Bandwidth: 5 }).resources.size).toBe(1)
  })

  it.each([
    [
      '  R: { Assertions: [{ Assert: { Fn::Equals: [a, a] } }, { Assert: IsProd }] }',
      'pre',
      /R\.Assertions\[1\] does not hold$/,
    ],
    [
      '  R: { RuleCondition: IsProd, Assertions: [{ Assert: { Fn::Contains: [[1, 2], 3] } }] }',
      'prod',
      /does not hold$/,
    ],
    [
      '  R: { Assertions: [{ Assert: { Fn::EachMemberIn: [[1], [{ Ref: Bandwidth }]] } }] }',
      'prod',
      /does not hold$/,
    ],
    [
      '  R: { Assertions: [{ Assert: { Fn::Equals: [{ Ref: A }, x] } }] }',
      'prod',
      /refers to A, which is a resource/,
    ],
    [
      '  R: { Assertions: [{ Assert: { Ref: Bandwidth } }] }',
      'prod',
      /Assert must be the name of a condition, or one of Fn::Equals/,
    ],
    [
      '  R: { Assertions: [{ AssertDescription: x }] }',
      'prod',
      /Rules\.R\.Assertions\[0\] must have an Assert/,
    ],
    ['  R: {}', 'prod', /Rules\.R\.Assertions must be a list of 1 to 100 assertions/],
    ['  R: true', 'prod', /Rules\.R must be a map/],
  ])('%s is refused with its place', (rules, environment, message) => {
    expect(() => run(rules, { Environment: environment })).toThrow(message)
  })
})
