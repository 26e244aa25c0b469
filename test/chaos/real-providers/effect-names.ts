import type { Purpose } from '../../../src/platform/address-rule.ts'
import type { RequestOptions } from '../../../src/platform/network.ts'
import type { EffectKind } from './faults.ts'

export interface NamedRequest {
  readonly name: string
  readonly kind: EffectKind
}

/** Names a request without what differs between histories (ids, names, tokens). */
export function nameRequest(url: URL, purpose: Purpose, options: RequestOptions): NamedRequest {
  if (purpose.endsWith('callback')) return { name: 'callback', kind: 'callback' }
  const action = options.headers['x-acs-action'] ?? /(?:^|&)Action=(\w+)/.exec(textOf(options.body))?.[1]
  if (action !== undefined)
    return { name: action, kind: /^(?:Describe|List|Get)/.test(action) ? 'read' : 'write' }
  const path = url.pathname
    .split('/')
    .filter((part) => part !== '' && !/^v\d+$/.test(part))
    .map((part) => (/^[a-z-]+$/.test(part) ? part : '*'))
    .join('/')
  const isRead = options.method === 'GET' || path.startsWith('auth/tokens')
  return { name: `${options.method} ${path}`, kind: isRead ? 'read' : 'write' }
}

/** Equal for two reads of the same thing. */
export function questionOf(url: URL, options: RequestOptions): string {
  const action = options.headers['x-acs-action'] ?? ''
  return [options.method, url.href, action, textOf(options.body)].join(' ')
}

function textOf(body: string | Uint8Array | undefined): string {
  return body === undefined ? '' : Buffer.from(body).toString()
}
