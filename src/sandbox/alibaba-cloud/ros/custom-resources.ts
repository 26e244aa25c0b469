import type { JsonObject } from '../../../platform/json.ts'
import type { SandboxRosStack } from './stack.ts'

/** An event of a custom resource, for the function that its ServiceToken names. */
export interface CustomResourceCall {
  readonly stack: SandboxRosStack
  readonly logicalId: string
  readonly type: string
  readonly change: 'create' | 'update' | 'delete'
  readonly properties: JsonObject
  /** From the answer to the Create; empty before that. */
  readonly physicalId: string
}

export type CustomResourceAnswer =
  | { readonly ok: true; readonly physicalId: string; readonly data: JsonObject }
  | { readonly ok: false; readonly reason: string }

export type CustomResources = (call: CustomResourceCall) => Promise<CustomResourceAnswer>
