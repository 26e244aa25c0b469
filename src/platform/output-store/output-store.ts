/** Keeps outputs that must not be in ROS, or do not fit into an answer. */
export interface OutputStore {
  /**
   * Makes the owner's entries those of `desired`: writes them, and removes the owner's others. May be repeated. An entry of
   * another owner is neither changed nor removed. Rejects with `OutputStoreError`, perhaps after a part of it was done.
   */
  keep(keeping: EntriesToKeep): Promise<void>
}

export interface EntriesToKeep {
  readonly owner: string
  /** Values by the names of their entries. */
  readonly desired: ReadonlyMap<string, string>
  /** The owner's other entries stay: they may be those of a later request. */
  readonly keepsOthers?: boolean
  /** Entries to remove of which the store's list may not tell yet. */
  readonly unwanted?: readonly string[]
  /** No request starts after it has aborted. */
  readonly signal: AbortSignal
}

/** As the property `StoredOutputs.Store` names them. `oos`: encrypted parameters of OOS. `kms`: secrets of KMS. */
export const STORE_NAMES = ['oos', 'kms'] as const
export type StoreName = (typeof STORE_NAMES)[number]

export type OutputStores = Readonly<Record<StoreName, OutputStore>>

/** An entry could not be written or removed. The message names it and quotes no value. */
export class OutputStoreError extends Error {
  override readonly name = 'OutputStoreError'
  /** The store may not be used from here: its rights are missing, or it cannot be reached. */
  readonly isOutOfReach: boolean

  constructor(message: string, options: ErrorOptions & { readonly isOutOfReach?: boolean } = {}) {
    super(message, options)
    this.isOutOfReach = options.isOutOfReach === true
  }
}
