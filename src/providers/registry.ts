import { parseStackId as parseRosId } from './alibaba-cloud/ros/stack-id.ts'
import { parseStackArn } from './aws/cloudformation/arn.ts'
import { parseStackId as parseAosId } from './huawei-cloud/aos-stack/stack-id.ts'
import { parseInstancesId } from './huawei-cloud/rfs-stack-instances/instances-id.ts'
import { parseStackSetId } from './huawei-cloud/rfs-stack-set/stack-set-id.ts'
import { parseStackId as parseRfsId } from './huawei-cloud/rfs-stack/stack-id.ts'
import { parseStackId as parseHeatId } from './openstack/heat/stack-id.ts'
import type { ProviderRegistry, Resolved, StackProvider } from './provider.ts'

interface Entry {
  readonly name: string
  readonly resourceTypes: readonly string[]
  /** Whether the provider writes PhysicalResourceIds of this form. Loaded at start, so that ids of all clouds are recognised. */
  readonly writes: (physicalResourceId: string) => boolean
  /** Loaded when an event needs it, so that a cold start pays for one cloud only. */
  load(): Promise<StackProvider>
}

/** A new cloud needs one folder and one entry here. */
const entries: readonly Entry[] = [
  {
    name: 'AwsCloudFormation',
    resourceTypes: ['Custom::AwsCloudFormationStack'],
    writes: (id) => parseStackArn(id) !== undefined,
    load: async () => (await import('./aws/cloudformation/provider.ts')).awsCloudFormation,
  },
  {
    name: 'Heat',
    resourceTypes: ['Custom::HeatStack', 'Custom::OpenStackHeatStack'],
    writes: (id) => parseHeatId(id) !== undefined,
    load: async () => (await import('./openstack/heat/provider.ts')).heat,
  },
  {
    name: 'HuaweiRfsStack',
    resourceTypes: ['Custom::HuaweiRfsStack'],
    writes: (id) => parseRfsId(id) !== undefined,
    load: async () => (await import('./huawei-cloud/rfs-stack/provider.ts')).huaweiRfsStack,
  },
  {
    name: 'HuaweiRfsStackSet',
    resourceTypes: ['Custom::HuaweiRfsStackSet'],
    writes: (id) => parseStackSetId(id) !== undefined,
    load: async () => (await import('./huawei-cloud/rfs-stack-set/provider.ts')).huaweiRfsStackSet,
  },
  {
    name: 'HuaweiRfsStackInstances',
    resourceTypes: ['Custom::HuaweiRfsStackInstances'],
    writes: (id) => parseInstancesId(id) !== undefined,
    load: async () =>
      (await import('./huawei-cloud/rfs-stack-instances/provider.ts')).huaweiRfsStackInstances,
  },
  {
    name: 'HuaweiAosStack',
    resourceTypes: ['Custom::HuaweiAosStack'],
    writes: (id) => parseAosId(id) !== undefined,
    load: async () => (await import('./huawei-cloud/aos-stack/provider.ts')).huaweiAosStack,
  },
  {
    name: 'AliyunRos',
    resourceTypes: ['Custom::RosStack'],
    writes: (id) => parseRosId(id) !== undefined,
    load: async () => (await import('./alibaba-cloud/ros/provider.ts')).aliyunRos,
  },
]

/** ROS's own type for a custom resource; the property `Provider` says which cloud it means. */
export const GENERIC_TYPE = 'ALIYUN::ROS::CustomResource'

/** Each provider's name and its own resource types. The generic type reaches a provider by its name in `Provider`. */
export const servedProviders: readonly Pick<Entry, 'name' | 'resourceTypes'>[] = entries

export const providerRegistry: ProviderRegistry = {
  resolve(resourceType, provider) {
    if (resourceType === GENERIC_TYPE) return byName(provider)
    const entry = entries.find(({ resourceTypes }) => resourceTypes.includes(resourceType))
    return entry === undefined ? unknownType(resourceType) : { ok: true, ...loader(entry) }
  },
  writersOf: (physicalResourceId) =>
    entries.filter(({ writes }) => writes(physicalResourceId)).map(({ name }) => name),
  isWritten: (physicalResourceId) => /^(?:arn|acs|huaweicloud):/.test(physicalResourceId),
}

function byName(provider: unknown): Resolved {
  const entry = entries.find(({ name }) => name === provider)
  if (entry !== undefined) return { ok: true, ...loader(entry) }
  const names = entries.map(({ name }) => name).join(', ')
  return { ok: false, problem: `Provider must be one of ${names} for a resource of type ${GENERIC_TYPE}` }
}

function unknownType(resourceType: string): Resolved {
  const types = [...entries.flatMap((entry) => entry.resourceTypes), GENERIC_TYPE].join(', ')
  return { ok: false, problem: `The resource type ${resourceType} is not served; these are: ${types}` }
}

function loader(entry: Entry) {
  return { name: entry.name, load: () => entry.load() }
}
