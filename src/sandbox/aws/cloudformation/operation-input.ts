import type { StackOptions } from './stack.ts'

/** What a call asks for besides the template. */
export interface OperationInput {
  readonly disableValidation?: boolean
  readonly retainExceptOnCreate?: boolean | undefined
}

export interface UpdateInput extends OperationInput {
  readonly disableRollback?: boolean
  readonly tags?: ReadonlyMap<string, string>
  readonly options?: StackOptions
}
