import { describeContract, type ContractCloud, type StackSpec } from '../contract/behaviours.ts'
import { heatStack } from '../contract/heat-stack.ts'
import { auth, existing } from './native-api.ts'

function start(): Promise<ContractCloud> {
  return Promise.resolve({
    resourceType: 'Custom::HeatStack',
    parameters: (spec: StackSpec) => ({ Auth: auth, RegionName: 'RegionOne', Stack: heatStack(spec) }),
    existing: existing,
    reason: /^thing \(OS::Heat::TestResource\): .*Test Resource failed/,
    diagnosed: /Test Resource failed/,
    inProgress: /CREATE_IN_PROGRESS/,
    close: () => Promise.resolve(),
  })
}

describeContract(start, 'real Heat, native API', 'real')
