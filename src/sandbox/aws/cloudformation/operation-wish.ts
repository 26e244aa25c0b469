import type { StackOptions } from './stack.ts'

/** What a call asks for besides the template. */
export interface OperationWish {
  readonly disableValidation?: boolean
}

export interface UpdateWish extends OperationWish {
  readonly disableRollback?: boolean
  readonly tags?: ReadonlyMap<string, string>
  readonly options?: StackOptions
}
