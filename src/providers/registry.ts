import type { ProviderRegistry, Resolved, StackProvider } from './provider.ts'

interface Entry {
  readonly name: string
  readonly resourceTypes: readonly string[]
  /** Loaded when an event needs it, so that a cold start pays for one cloud only. */
  load(): Promise<StackProvider>
}

/** Adding a cloud is one folder and one line here. */
const entries: readonly Entry[] = [
  {
    name: 'AwsCloudFormation',
    resourceTypes: ['Custom::AwsCloudFormationStack'],
    load: async () => (await import('./aws/cloudformation/provider.ts')).awsCloudFormation,
  },
  {
    name: 'Heat',
    resourceTypes: ['Custom::HeatStack', 'Custom::OpenStackHeatStack'],
    load: async () => (await import('./openstack/heat/provider.ts')).heat,
  },
  {
    name: 'HuaweiRfsStack',
    resourceTypes: ['Custom::HuaweiRfsStack'],
    load: async () => (await import('./huawei-cloud/rfs-stack/provider.ts')).huaweiRfsStack,
  },
  {
    name: 'HuaweiRfsStackSet',
    resourceTypes: ['Custom::HuaweiRfsStackSet'],
    load: async () => (await import('./huawei-cloud/rfs-stack-set/provider.ts')).huaweiRfsStackSet,
  },
  {
    name: 'HuaweiRfsStackInstances',
    resourceTypes: ['Custom::HuaweiRfsStackInstances'],
    load: async () =>
      (await import('./huawei-cloud/rfs-stack-instances/provider.ts')).huaweiRfsStackInstances,
  },
  {
    name: 'HuaweiAosStack',
    resourceTypes: ['Custom::HuaweiAosStack'],
    load: async () => (await import('./huawei-cloud/aos-stack/provider.ts')).huaweiAosStack,
  },
  {
    name: 'AliyunRos',
    resourceTypes: ['Custom::RosStack'],
    load: async () => (await import('./alibaba-cloud/ros/provider.ts')).aliyunRos,
  },
]

/** ROS's own type for a custom resource; the property `Provider` says which cloud it means. */
export const GENERIC_TYPE = 'ALIYUN::ROS::CustomResource'

/** Each provider's name, and the resource types that mean it beside the generic one with that name as its `Provider`. */
export const servedProviders: readonly Pick<Entry, 'name' | 'resourceTypes'>[] = entries

export const providerRegistry: ProviderRegistry = {
  resolve(resourceType, provider) {
    if (resourceType === GENERIC_TYPE) return byName(provider)
    const entry = entries.find(({ resourceTypes }) => resourceTypes.includes(resourceType))
    return entry === undefined ? unknownType(resourceType) : { ok: true, ...loader(entry) }
  },
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
