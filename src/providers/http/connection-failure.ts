import { ProxyError } from '../../platform/network.ts'
import { unknownRegion, type KnownRegions } from '../identifiers/known-regions.ts'
import { CloudError } from '../provider.ts'

/**
 * The error of a call that got no answer. `placedBy`: the properties that decide which host is called. If the name of
 * the host does not exist, the message names them, and a retry seldom helps.
 */
export function connectionFailure(
  text: string,
  error: unknown,
  placedBy: string,
  { unreadable = false, regions }: { readonly unreadable?: boolean; readonly regions?: KnownRegions } = {},
): CloudError {
  const host = unknownHost(error)
  if (host === undefined) return new CloudError('unavailable', text, { cause: error, unreadable })
  const advice = `the host name does not exist: check ${placedBy}${regions === undefined ? '' : suggestion(host, regions)}`
  return new CloudError('unavailable', `${text}; ${advice}`, { cause: error, lasting: true })
}

/** For a region in the host name that is on no list. */
function suggestion(host: string, regions: KnownRegions): string {
  const region = host.split('.').find((label) => /^[a-z]+(?:-[a-z]+)+(?:-?\d+)?$/.test(label))
  const unknown = region === undefined ? undefined : unknownRegion(region, regions)
  return region === undefined || unknown === undefined ? '' : ` (${region} ${unknown})`
}

/** The host name that does not exist; empty where the error does not name it, `undefined` for any other error. */
function unknownHost(error: unknown): string | undefined {
  // A proxy's own name is not one that the properties decide.
  if (!(error instanceof Error) || error instanceof ProxyError) return undefined
  if ('code' in error && error.code === 'ENOTFOUND')
    return 'hostname' in error && typeof error.hostname === 'string' ? error.hostname : ''
  const inner: readonly unknown[] = error instanceof AggregateError ? error.errors : []
  return [...inner, error.cause].map(unknownHost).find((host) => host !== undefined)
}
