import { ProxyError } from '../../platform/network.ts'
import { CloudError } from '../provider.ts'

/**
 * The error of a call that got no answer. `placedBy`: the properties that decide which host is called, for the advice where
 * its name does not exist; time seldom cures that.
 */
export function connectionFailure(
  text: string,
  error: unknown,
  placedBy: string,
  options: { readonly unreadable?: boolean } = {},
): CloudError {
  return isUnknownHost(error)
    ? new CloudError('unavailable', `${text}; the host name does not exist: check ${placedBy}`, {
        cause: error,
        lasting: true,
      })
    : new CloudError('unavailable', text, { cause: error, ...options })
}

function isUnknownHost(error: unknown): boolean {
  // A proxy's own name is not one that the properties decide.
  if (!(error instanceof Error) || error instanceof ProxyError) return false
  if ('code' in error && error.code === 'ENOTFOUND') return true
  const inner: readonly unknown[] = error instanceof AggregateError ? error.errors : []
  return [...inner, error.cause].some(isUnknownHost)
}
