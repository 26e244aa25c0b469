import type { Clock } from '../../../platform/clock.ts'
import type { JsonObject } from '../../../platform/json.ts'
import type { NoteSink } from '../../notes.ts'
import type { EvidenceStore } from '../evidence/evidence-store.ts'
import type { SandboxStack } from './stack.ts'

/** What the operations of a stack need from the cloud that runs them. */
export interface CloudContext {
  readonly clock: Clock
  readonly accountId: string
  readonly region: string
  readonly resourceDelayMs: number
  readonly note: NoteSink
  readonly evidence: EvidenceStore
  /** Never the same twice. */
  nextSuffix(): string
  nextId(): string
  nextOperationId(): string
  /** What an update that early validation refuses leaves: the stack as it was, or one that was rolled back. */
  readonly refusedUpdates: () => 'untouched' | 'rolled-back'
  exportedValue(name: string): string | undefined
  exporterOf(name: string): SandboxStack | undefined
  /** All stacks, deleted ones included. */
  stacks(): readonly SandboxStack[]
  /** The unique names in use in the whole cloud. */
  readonly names: Set<string>
  createNested(
    parent: SandboxStack,
    properties: JsonObject,
    logicalId: string,
    token: string | undefined,
  ): SandboxStack
  updateNested(stackId: string, properties: JsonObject, token: string | undefined): Promise<boolean>
  stackById(id: string): SandboxStack | undefined
}
