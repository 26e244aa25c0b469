import { writeJson } from '../../../platform/json.ts'
import type { AcceptanceCloud } from './acceptance-cloud.ts'

export const heat: AcceptanceCloud = {
  name: 'heat',
  resourceType: 'Custom::HeatStack',
  holds: 'OS::Heat::TestResource, which Heat keeps in its own database',
  cost: 'nothing: no other service and no quota but that of stacks is used',
  credentials: 'OS_CLOUD, or OS_AUTH_URL with OS_USERNAME, OS_PASSWORD and OS_PROJECT_NAME',
  stack: ({ name, value, fails = false, failsAfterSeconds = 0, secret }, tag) => ({
    Name: name,
    // Text: in a map, ROS would take `get_attr` for its own when the bridge is deployed.
    Template: writeJson({
      heat_template_version: '2018-08-31',
      parameters: {
        value: { type: 'string' },
        // No number is given: Heat refuses the value, and quotes it.
        ...(secret === undefined ? {} : { secret: { type: 'number', hidden: true } }),
      },
      resources: {
        Gate: {
          type: 'OS::Heat::TestResource',
          properties: {
            value: { get_param: 'value' },
            fail: fails,
            wait_secs: fails ? failsAfterSeconds : 0,
          },
        },
      },
      outputs: { Value: { value: { get_attr: ['Gate', 'output'] } } },
    }),
    Parameters: { value, ...(secret === undefined ? {} : { secret }) },
    DisableRollback: false,
    Tags: [`stackbridge-acceptance=${tag}`],
  }),
}
