import { validationError } from './query-protocol.ts'
import type { Design, SandboxStack } from './stack.ts'

const UPDATABLE = [
  ...['CREATE_COMPLETE', 'CREATE_FAILED', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'UPDATE_FAILED'],
  ...['IMPORT_COMPLETE', 'IMPORT_ROLLBACK_COMPLETE'],
]

/** AWS's text, as a user met it: https://github.com/code-dot-org/code-dot-org/pull/68524 */
const KEPT_BY_ON_FAILURE =
  'This stack cannot be updated from [CREATE_FAILED] state because it contains [on-failure: DO_NOTHING]. ' +
  'Please use disable-rollback option instead during stack creation.'

/** Throws for a stack whose status allows no update. */
export function refuseUpdate({ id, status, options }: SandboxStack): void {
  if (status === 'CREATE_FAILED' && options.keptBy === 'OnFailure') throw validationError(KEPT_BY_ON_FAILURE)
  if (!UPDATABLE.includes(status))
    throw validationError(`Stack:${id} is in ${status} state and can not be updated.`)
}

/** The operation that a call with this token began; without one, the latest. */
export function operationOf({ operations }: SandboxStack, token: string | undefined): string | undefined {
  const own = operations.find((operation) => token !== undefined && operation.token === token)
  return (own ?? operations.at(-1))?.id
}

/** Those that ForceRollback skips. */
export function failedResources({ resources }: SandboxStack): string[] {
  return [...resources.values()]
    .filter(({ status }) => status === 'UPDATE_FAILED')
    .map(({ logicalId }) => logicalId)
}

export function refuseOtherTypes({ resources }: SandboxStack, { template }: Design): void {
  const changed = [...resources.values()]
    .filter(({ physicalId }) => physicalId !== '')
    .filter(({ logicalId, type }) => (template.resources.get(logicalId)?.type ?? type) !== type)
    .map(({ logicalId }) => logicalId)
  if (changed.length > 0)
    throw validationError(
      `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${changed.join(', ')}]`,
    )
}
