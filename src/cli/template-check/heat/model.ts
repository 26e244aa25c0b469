import type { JsonObject } from '../../../platform/json.ts'

/** What stands beside a template in the properties of its stack. */
export interface HeatSurroundings {
  /** The names of `Stack.Files`; `undefined` where they are not known. */
  readonly files: ReadonlySet<string> | undefined
  /** Whether an environment may give resource types other names. */
  readonly mapsTypes: boolean
}

export interface HeatResource {
  readonly name: string
  readonly path: string
  readonly type: string
  readonly definition: JsonObject
}
