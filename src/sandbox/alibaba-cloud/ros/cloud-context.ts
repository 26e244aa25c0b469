import type { Clock } from '../../../platform/clock.ts'
import type { JsonObject } from '../../../platform/json.ts'
import type { CustomResources } from './custom-resources.ts'
import type { Design, SandboxRosStack } from './stack.ts'

/** What a stack's operations need of the cloud around them. */
export interface CloudContext {
  readonly clock: Clock
  readonly resourceDelayMs: number
  /** ROS's documents do not say when in an update its UpdateTime is written. */
  readonly writesUpdateTimeAt: 'beginning' | 'end'
  /** Names that are taken in the whole cloud. */
  readonly names: Set<string>
  readonly customResources: CustomResources | undefined
  nextId(): string
  createNested(parent: SandboxRosStack, logicalId: string, properties: JsonObject): SandboxRosStack
  nestedDesign(properties: JsonObject): Design
  stackById(id: string): SandboxRosStack | undefined
}
