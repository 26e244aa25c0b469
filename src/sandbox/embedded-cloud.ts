import type { Faults } from './faults.ts'

/** A running cloud on loopback that checks signatures of access keys. */
export interface EmbeddedCloud<Cloud, Key> {
  /** The endpoint of the stack service and of its token service. */
  readonly url: string
  readonly region: string
  readonly key: Key
  readonly cloud: Cloud
  readonly faults: Faults
  /** The action of each request, in order. */
  readonly calls: readonly string[]
  close(): Promise<void>
}
