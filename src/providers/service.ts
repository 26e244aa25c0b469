import type { StackProvider } from './provider.ts'

/**
 * What a service's `index.ts` exports as `service`: all that is known of it before an event needs it. An `index.ts` imports
 * its grammar of identifiers and nothing of the wire.
 */
export interface Service {
  /** As `Provider` spells it in the properties of an `ALIYUN::ROS::CustomResource`, for example `AwsCloudFormation`. */
  readonly name: string
  /** The resource types that mean it; the first is the one that the docs use. */
  readonly resourceTypes: readonly [string, ...string[]]
  /** Its folder in `src/providers`, `<vendor>/<service>`: its chunk, schema, documents and examples have the same path. */
  readonly folder: string
  /**
   * What its PhysicalResourceIds begin with, before a colon, for example `arn`. Services may share it. A text that begins so
   * and is no id is refused: ROS makes up no such id.
   */
  readonly idScheme: string
  /** Whether it writes PhysicalResourceIds of this form. */
  readonly writes: (physicalResourceId: string) => boolean
  /** Loads `provider.ts` when an event needs it, so that a cold start pays for one cloud only. */
  readonly load: () => Promise<StackProvider>
}
