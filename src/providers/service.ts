import type { StackProvider } from './provider.ts'

/** All that is known of a service before an event needs it. */
export interface Service extends Pick<ServiceDefinition, 'resourceTypes' | 'folder'> {
  /** As `Provider` spells it in the properties of an `ALIYUN::ROS::CustomResource`, for example `AwsCloudFormation`. */
  readonly name: string
  /** As in `ServiceDefinition`. */
  readonly idScheme: string
  /** Whether it writes PhysicalResourceIds of this form. */
  readonly writes: (physicalResourceId: string) => boolean
  readonly load: () => Promise<StackProvider>
}

export interface ServiceDefinition {
  /** The resource types that mean it; the first is the one that the docs use. */
  readonly resourceTypes: readonly [string, ...string[]]
  /** Its folder in `src/providers`, `<vendor>/<service>`: its chunk, schema, documents and examples have the same path. */
  readonly folder: string
  /** Its PhysicalResourceIds. */
  readonly ids: {
    /**
     * What they begin with, before a colon, for example `arn`. Services may share it. A text that begins so and is no id is
     * refused: ROS makes up no such id.
     */
    readonly scheme: string
    /** `undefined` for a text that is not such an id. */
    readonly parse: (text: string) => object | undefined
  }
  /** Imports `provider.ts` when an event needs it, so that a cold start pays for one cloud only. */
  readonly load: () => Promise<{ readonly provider: StackProvider }>
}

/**
 * What a service's `index.ts` exports as `service`. An `index.ts` imports its grammar of identifiers and nothing of the
 * wire.
 */
export function defineService(
  name: string,
  { resourceTypes, folder, ids, load }: ServiceDefinition,
): Service {
  return {
    name,
    resourceTypes,
    folder,
    idScheme: ids.scheme,
    writes: (physicalResourceId) => ids.parse(physicalResourceId) !== undefined,
    load: async () => (await load()).provider,
  }
}
