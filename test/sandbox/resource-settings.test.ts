import { describe, expect, it } from 'vitest'
import { settingProblem } from '../../src/sandbox/resource-settings.ts'
import { parseTemplate as parseAws } from '../../src/sandbox/aws/cloudformation/template.ts'
import { parseTemplate as parseRos } from '../../src/sandbox/alibaba-cloud/ros/template.ts'
import { propertyProblem } from '../../src/sandbox/huawei-cloud/rfs-stack/property-checks.ts'
import { designOf } from '../../src/sandbox/openstack/heat/stack.ts'
import { NO_ENVIRONMENT } from '../../src/sandbox/openstack/heat/environment.ts'

/** A misspelt setting would have no effect, so a test of a failure would pass as a success. */

const Metadata = { Sandbox: { DelaySecond: 5 } }
const message = 'the sandbox has no Metadata.Sandbox.DelaySecond; did you mean DelaySeconds?'

describe('a misspelt setting of a resource is refused with the nearest name', () => {
  it('in CloudFormation', () => {
    const body = JSON.stringify({ Resources: { A: { Type: 'AWS::SQS::Queue', Metadata } } })
    expect(() => parseAws(body)).toThrow(message)
  })

  it('in ROS', () => {
    const body = {
      ROSTemplateFormatVersion: '2015-09-01',
      Resources: { A: { Type: 'ALIYUN::ECS::VPC', Metadata } },
    }
    expect(() => parseRos(JSON.stringify(body))).toThrow(message)
  })

  it('in Heat', () => {
    const template = {
      heat_template_version: '2018-08-31',
      resources: { a: { type: 'OS::Heat::RandomString', metadata: Metadata } },
    }
    expect(() => designOf(template, {}, NO_ENVIRONMENT)).toThrow(message)
  })

  it('in RFS', () => {
    expect(propertyProblem('sandbox_thing', { value: 'v', wait_second: 5 })).toContain(
      'Did you mean "wait_seconds"?',
    )
  })

  it.each([
    [
      { FailOn: 'create, udpate' },
      'the sandbox has no operation udpate of Metadata.Sandbox.FailOn; did you mean update?',
    ],
    [{ FailOn: 'create, update' }, undefined],
    [{ Log: 'a line' }, 'the sandbox has no Metadata.Sandbox.Log'],
  ])('%j', (Sandbox, problem) => {
    const answer = settingProblem({ type: 'A::B::C', metadata: { Sandbox } }, {}, [])
    if (problem === undefined) expect(answer).toBeUndefined()
    else expect(answer).toContain(problem)
  })

  it('in the properties of a Sandbox::Resource if it is similar to a setting, since others are attributes', () => {
    const problem = (properties: object) =>
      settingProblem({ type: 'Sandbox::Resource', metadata: {} }, { ...properties }, [])
    expect(problem({ DelaySecond: 5 })).toContain('did you mean DelaySeconds?')
    expect(problem({ Value: 'v', Anything: 1 })).toBeUndefined()
  })
})
