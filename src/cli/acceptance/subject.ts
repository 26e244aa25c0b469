import type { JsonObject } from '../../platform/json.ts'
import type { AcceptanceCloud, StackSpec } from './clouds/acceptance-cloud.ts'

/** What the scenarios are run on: a cloud that the bridge in this process drives, or one behind a deployed bridge. */
export interface Subject {
  /** For reports and the journal. */
  readonly name: string
  readonly resourceType: string
  /** What the reason of a failed stack has to name. */
  readonly cause: RegExp
  /** The custom resource's `Parameters` for such a stack, marked with the run's id. */
  properties(spec: StackSpec, run: string): JsonObject
  /** Those that read the stack of that name. */
  reading(name: string): JsonObject
}

/** The bridge in this process. `connection`: properties that say where the cloud is; `timeoutSeconds`: for each event. */
export function localSubject(
  cloud: AcceptanceCloud,
  connection: JsonObject,
  timeoutSeconds: number,
): Subject {
  const common = { ...connection, Timeout: timeoutSeconds }
  return {
    name: cloud.name,
    resourceType: cloud.resourceType,
    cause: /Gate/,
    properties: (spec, run) => ({ ...common, Stack: cloud.stack(spec, run) }),
    reading: (name) => ({ ...common, Mode: 'read-only', Stack: { Name: name } }),
  }
}
