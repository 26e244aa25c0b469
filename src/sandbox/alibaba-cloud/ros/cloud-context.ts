import type { Clock } from '../../../platform/clock.ts'
import type { JsonObject } from '../../../platform/json.ts'
import type { NoteSink } from '../../notes.ts'
import type { CustomResources } from './custom-resources.ts'
import type { Design, SandboxRosStack } from './stack.ts'

/** What the operations of a stack need from the cloud that runs them. */
export interface CloudContext {
  readonly clock: Clock
  readonly resourceDelayMs: number
  readonly note: NoteSink
  /** ROS's documents do not say whether UpdateTime is written at the start or at the end of an update. */
  readonly writesUpdateTimeAt: 'beginning' | 'end'
  /** The unique names in use in the whole cloud. */
  readonly names: Set<string>
  readonly customResources: CustomResources | undefined
  nextId(): string
  createNested(parent: SandboxRosStack, logicalId: string, properties: JsonObject): SandboxRosStack
  nestedDesign(properties: JsonObject): Design
  stackById(id: string): SandboxRosStack | undefined
}
