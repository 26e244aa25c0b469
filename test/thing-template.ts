import type { JsonValue } from '../src/platform/json.ts'

/** The only resource of a stack in an embedded CloudFormation or ROS. */
export interface Thing {
  readonly value: JsonValue
  readonly waitSeconds?: number
  readonly fails?: boolean
  /** A value that cannot be updated: a change replaces the resource. */
  readonly madeFor?: string
  /** The resource then differs from the template. */
  readonly drifts?: boolean
}

/** Resources and outputs in the syntax that CloudFormation and ROS share. */
export function thingTemplate({ value, waitSeconds = 0, fails = false, madeFor, drifts = false }: Thing) {
  const Properties = {
    Value: value,
    DelaySeconds: waitSeconds,
    Message: 'Test Resource failed',
    ...(fails ? { FailOn: 'create,update' } : {}),
    ...(madeFor === undefined ? {} : { ReplacedBy: madeFor }),
    ...(drifts ? { Drift: 'Value' } : {}),
  }
  return {
    Resources: { Thing: { Type: 'Sandbox::Resource', Properties } },
    Outputs: { Value: { Value: { 'Fn::GetAtt': ['Thing', 'Value'] } } },
  }
}
