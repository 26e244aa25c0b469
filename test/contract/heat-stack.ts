import type { JsonObject } from '../../src/platform/json.ts'
import type { StackSpec } from './behaviours.ts'

/** The properties of a Heat stack for a `StackSpec`. */
export function heatStack({
  name,
  value,
  waitSeconds = 0,
  fails = false,
  rollsBack = true,
  madeFor,
  drifts = false,
}: StackSpec): JsonObject {
  return {
    ...(name === undefined ? {} : { Name: name }),
    Template: {
      heat_template_version: '2018-08-31',
      resources: {
        thing: {
          type: 'OS::Heat::TestResource',
          ...(drifts ? { metadata: { Sandbox: { Drift: 'DELETED' } } } : {}),
          properties: {
            ...{ value, fail: fails, wait_secs: waitSeconds },
            ...(madeFor === undefined ? {} : { update_replace_value: madeFor }),
          },
        },
      },
      outputs: { Value: { value: { get_attr: ['thing', 'output'] } } },
    },
    DisableRollback: !rollsBack,
  }
}
