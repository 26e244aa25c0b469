import type { JsonObject } from '../../platform/json.ts'

/** One embedded cloud: what the command line needs to start it and to point a custom resource at it. */
export interface EmbeddedCloud {
  /** As `stackbridge sandbox --ports` takes it. */
  readonly name: string
  /** The folder in `src/providers` of the vendor whose services it serves, all of them. */
  readonly vendor: string
  start(options: EmbeddedCloudOptions): Promise<StartedCloud>
}

export interface EmbeddedCloudOptions {
  /** Milliseconds that a resource takes, where its template does not say. */
  readonly resourceDelayMs: number
  /** 0 for any that is free. */
  readonly port: number
  /** Told what the cloud invents, each thing once. */
  readonly note: (note: string) => void
}

export interface StartedCloud {
  readonly url: string
  /** For the properties of a custom resource. */
  readonly properties: JsonObject
  /** Those of `properties` for which a custom resource may give others. */
  readonly keptProperties: readonly string[]
  /** For the environment: what the bridge reads, and the cloud's own command line too. */
  readonly environment: Readonly<Record<string, string>>
  /** How many stacks stand in it. */
  readonly stackCount: () => number
  readonly close: () => Promise<void>
}
