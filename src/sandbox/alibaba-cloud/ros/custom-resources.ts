import type { JsonObject } from '../../../platform/json.ts'
import type { SandboxRosStack } from './stack.ts'

/** A custom resource of a stack, for whoever stands for the function that its ServiceToken names. */
export interface CustomResourceCall {
  readonly stack: SandboxRosStack
  readonly logicalId: string
  readonly type: string
  readonly change: 'create' | 'update' | 'delete'
  readonly properties: JsonObject
  /** As the Create was answered; empty before. */
  readonly physicalId: string
}

export type CustomResourceAnswer =
  | { readonly ok: true; readonly physicalId: string; readonly data: JsonObject }
  | { readonly ok: false; readonly reason: string }

export type CustomResources = (call: CustomResourceCall) => Promise<CustomResourceAnswer>
