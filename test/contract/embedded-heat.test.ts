import type { Clock } from '../../src/platform/clock.ts'
import { startSandboxOpenStack } from '../../src/sandbox/openstack/server.ts'
import { describeContract, type ContractCloud } from './behaviours.ts'
import { PROXY_FAULTS } from '../../src/sandbox/faults.ts'
import { heatStack } from './heat-stack.ts'
import { heatConnection } from '../embedded-connections.ts'

async function start(clock: Clock): Promise<ContractCloud> {
  const cloud = await startSandboxOpenStack({ clock })
  return {
    resourceType: 'Custom::HeatStack',
    parameters: (spec) => ({
      ...heatConnection(cloud),
      Stack: heatStack(spec),
    }),
    existing: () =>
      Promise.resolve(
        [...cloud.heat.stacks.values()]
          .filter(({ action, state }) => !(action === 'DELETE' && state === 'COMPLETE'))
          .map(({ name }) => name),
      ),
    unmark: () => {
      for (const stack of cloud.heat.stacks.values()) stack.tags = []
    },
    interceptNextWrites: () => {
      for (const action of ['PUT stack', 'DELETE stack'])
        for (const kind of PROXY_FAULTS) cloud.faults.add(kind, { action })
    },
    failNextCalls: () => {
      cloud.keystone.revokeAll()
      for (const kind of [
        'reset-before',
        'internal-error',
        'throttle',
        'reset-after',
        ...PROXY_FAULTS,
      ] as const)
        cloud.faults.add(kind, { times: 2 })
      cloud.faults.add('garbage', { action: 'GET stack', times: 2 })
    },
    reason: /^thing \(OS::Heat::TestResource\): .*Test Resource failed/,
    diagnosed: /Test Resource failed/,
    inProgress: /CREATE_IN_PROGRESS/,
    close: () => cloud.close(),
  }
}

describeContract(start, 'embedded Heat')
