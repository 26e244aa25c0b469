/**
 * The owner that a stack's marks name. `unmarked`: the stack has no marks. `invisible`: this cloud shows no marks. `isFormer`: it
 * is the owner from whom the request moves the stack.
 */
export type Ownership =
  | { readonly mark: 'ours' }
  | { readonly mark: 'another'; readonly owner: string; readonly isFormer?: true }
  | { readonly mark: 'unmarked' }
  | { readonly mark: 'invisible' }
