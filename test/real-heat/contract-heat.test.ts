import { describeContract, type ContractCloud, type StackWish } from '../contract/behaviours.ts'
import { heatStack } from '../contract/heat-stack.ts'
import { auth, standing } from './native-api.ts'

function start(): Promise<ContractCloud> {
  return Promise.resolve({
    name: 'real Heat, native API',
    resourceType: 'Custom::HeatStack',
    parameters: (wish: StackWish) => ({ Auth: auth, RegionName: 'RegionOne', Stack: heatStack(wish) }),
    standing,
    reason: /^thing \(OS::Heat::TestResource\): .*Test Resource failed/,
    gaps: {
      'a cloud that fails for a while is waited out':
        'it cannot be made to fail call by call; a test of its own stops it and starts it again',
    },
    close: () => Promise.resolve(),
  })
}

describeContract(start, 'real Heat, native API')
