import type { JsonObject } from '../../src/platform/json.ts'
import { describeContract, type ContractCloud, type StackWish } from '../contract/behaviours.ts'
import { auth, standing } from './native-api.ts'

function start(): Promise<ContractCloud> {
  return Promise.resolve({
    name: 'real Heat, native API',
    resourceType: 'Custom::HeatStack',
    parameters: (wish: StackWish) => ({ Auth: auth, RegionName: 'RegionOne', Stack: stack(wish) }),
    standing,
    reason: /^thing \(OS::Heat::TestResource\): .*Test Resource failed/,
    gaps: {
      'a cloud that fails for a while is waited out':
        'it cannot be made to fail call by call; a test of its own stops it and starts it again',
    },
    close: () => Promise.resolve(),
  })
}

function stack({ name, value, waitSeconds = 0, fails = false, rollsBack = true }: StackWish): JsonObject {
  return {
    ...(name === undefined ? {} : { Name: name }),
    Template: {
      heat_template_version: '2018-08-31',
      resources: {
        thing: { type: 'OS::Heat::TestResource', properties: { value, fail: fails, wait_secs: waitSeconds } },
      },
      outputs: { Value: { value: { get_attr: ['thing', 'output'] } } },
    },
    DisableRollback: !rollsBack,
  }
}

describeContract(start, 'real Heat, native API')
