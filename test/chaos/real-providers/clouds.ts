import { systemClock, type Clock } from '../../../src/platform/clock.ts'
import { startSandboxAliyunRos } from '../../../src/sandbox/alibaba-cloud/ros/server.ts'
import { startSandboxCloudFormation } from '../../../src/sandbox/aws/cloudformation/server.ts'
import { startSandboxOpenStack } from '../../../src/sandbox/openstack/server.ts'
import { heatStack } from '../../contract/heat-stack.ts'
import { thingTemplate } from '../../thing-template.ts'
import { HEAT_GENERIC_404, UNRELATED_404 } from './canned-answers.ts'
import { countAdded, type EmbeddedCloud, type StackSpec } from './embedded-cloud.ts'
import { aosStack, rfsStack, stackInstances, stackSet } from './huawei-clouds.ts'
import { awsConnection, heatConnection, rosConnection } from '../../embedded-connections.ts'

export const PROVIDERS = ['aws', 'heat', 'ros', 'rfs', 'aos', 'set', 'instances'] as const
export type ProviderName = (typeof PROVIDERS)[number]

/** Providers that run the scenarios in which an Update is planned first. */
export const PLANNERS: readonly ProviderName[] = ['aws', 'heat', 'ros', 'rfs']

/** Providers that run the scenarios of drift. */
export const DRIFT_DETECTORS: readonly ProviderName[] = ['aws', 'heat', 'ros']

export function isProviderName(name: string): name is ProviderName {
  return PROVIDERS.some((provider) => provider === name)
}

const REASON = /Test Resource failed/

/** Starts the cloud of each provider. */
export const clouds: Readonly<Record<ProviderName, (clock: Clock) => Promise<EmbeddedCloud>>> = {
  async aws(clock) {
    const aws = await startSandboxCloudFormation({ resourceDelayMs: 10, clock, signatureClock: systemClock })
    aws.cloud.readsUntilPlanned = 1
    return {
      resourceType: 'Custom::AwsCloudFormationStack',
      parameters: (spec) => ({
        ...awsConnection(aws),
        Stack: { ...named(spec), Template: thingTemplate(spec), OnFailure: 'ROLLBACK' },
      }),
      values: () =>
        [...aws.cloud.stacks.values()]
          .filter(({ status }) => status !== 'DELETE_COMPLETE')
          .map(({ outputs }) => outputs.get('Value')?.value ?? null),
      made: countAdded(aws.cloud.stacks),
      leftByPlans: () => [...aws.cloud.stacks.keys()].flatMap((id) => aws.cloud.unusedChangeSetsOf(id)),
      reason: REASON,
      hasOutput: true,
      unrelated404: UNRELATED_404,
      close: () => aws.close(),
    }
  },
  async heat(clock) {
    const cloud = await startSandboxOpenStack({ clock })
    const { stacks } = cloud.heat
    return {
      resourceType: 'Custom::HeatStack',
      parameters: (spec) => ({
        ...heatConnection(cloud),
        Stack: heatStack({ rosStackName: '', ...spec }),
      }),
      values: () =>
        [...stacks.values()]
          .filter(({ action, state }) => !(action === 'DELETE' && state === 'COMPLETE'))
          .map(({ resources }) => resources.get('thing')?.attributes.get('output') ?? null),
      made: countAdded(stacks),
      reason: REASON,
      hasOutput: true,
      unrelated404: HEAT_GENERIC_404,
      close: () => cloud.close(),
    }
  },
  async ros(clock) {
    const ros = await startSandboxAliyunRos({ resourceDelayMs: 10, clock, signatureClock: clock })
    return {
      resourceType: 'Custom::RosStack',
      parameters: (spec) => ({
        ...rosConnection(ros),
        Stack: {
          ...named(spec),
          Template: { ROSTemplateFormatVersion: '2015-09-01', ...thingTemplate(spec) },
          DisableRollback: false,
        },
      }),
      values: () =>
        [...ros.cloud.stacks.values()]
          .filter(({ status }) => status !== 'DELETE_COMPLETE')
          .map(({ outputs }) => outputs.get('Value') ?? null),
      made: countAdded(ros.cloud.stacks),
      reason: REASON,
      hasOutput: true,
      unrelated404: UNRELATED_404,
      close: () => ros.close(),
    }
  },
  rfs: rfsStack,
  aos: aosStack,
  set: stackSet,
  instances: stackInstances,
}

function named({ name }: StackSpec) {
  return name === undefined ? {} : { Name: name }
}
