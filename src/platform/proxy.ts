import { BlockList, isIP } from 'node:net'
import type { Purpose } from './address-rule.ts'

/** A proxy that the environment names. */
export interface ProxyServer {
  /** Without user and password. */
  readonly origin: string
  /** `proxy-authorization`; absent where the URL has no user. */
  readonly authorization?: string
}

export interface ProxySettings {
  readonly httpsProxy?: ProxyServer | undefined
  readonly httpProxy?: ProxyServer | undefined
  /** Where the one of the two above is absent. */
  readonly allProxy?: ProxyServer | undefined
  /** The items of `NO_PROXY`. */
  readonly noProxy?: readonly string[]
}

/** Reads a proxy's URL, as curl does also without a scheme: `http://user:password@proxy.example:3128`. */
export function parseProxy(text: string): ProxyServer | undefined {
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`
  if (!URL.canParse(url)) return undefined
  const { protocol, username, password, hostname, origin, pathname, search } = new URL(url)
  if (protocol !== 'http:' && protocol !== 'https:') return undefined
  if (hostname === '' || pathname !== '/' || search !== '') return undefined
  if (username === '' && password === '') return { origin }
  const user = [username, password].map(decoded).join(':')
  return { origin, authorization: `Basic ${Buffer.from(user).toString('base64')}` }
}

/** Whether the URL is that of a SOCKS proxy, in the schemes of curl, which a desktop often puts into `ALL_PROXY`. */
export function isSocks(text: string): boolean {
  return /^socks(?:4a?|5h?)?:\/\//i.test(text)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch (error) {
    if (error instanceof URIError) return text
    throw error
  }
}

/**
 * The proxy for a request; `undefined` where it goes out directly: to a loopback address, into Alibaba Cloud's intranet, and
 * to what `NO_PROXY` names. An item of it is `*`, a host (its subdomains too) with or without a port, an address or a CIDR
 * range.
 */
export function proxyFor(url: URL, purpose: Purpose, settings: ProxySettings): ProxyServer | undefined {
  const proxy = (url.protocol === 'https:' ? settings.httpsProxy : settings.httpProxy) ?? settings.allProxy
  if (proxy === undefined || purpose === 'intranet-callback') return undefined
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port
  if (isLoopback(host) || isIntranet(host)) return undefined
  return (settings.noProxy ?? []).some((item) => names(item.toLowerCase(), host, port)) ? undefined : proxy
}

function isLoopback(host: string): boolean {
  if (host === 'localhost' || host.endsWith('.localhost') || host === '::1') return true
  return isIP(host) === 4 && host.startsWith('127.')
}

/** The internal endpoints of Function Compute, MNS and other services. */
function isIntranet(host: string): boolean {
  return host.endsWith('.aliyuncs.com') && /-(?:internal|vpc)\./.test(host)
}

function names(item: string, host: string, port: string): boolean {
  if (item === '*') return true
  if (item.includes('/')) return isIP(host) !== 0 && isInRange(item, host)
  const [, bracketed, plain = item, itemPort] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(item) ?? []
  if (itemPort !== undefined && itemPort !== port) return false
  const named = (bracketed ?? plain).replace(/^\*?\./, '').replace(/\.$/, '')
  return named !== '' && (host === named || (isIP(host) === 0 && host.endsWith(`.${named}`)))
}

function isInRange(range: string, address: string): boolean {
  const [network = '', prefix = ''] = range.split('/')
  const family = isIP(network)
  const longest = family === 4 ? 32 : 128
  if (family === 0 || family !== isIP(address) || !/^\d{1,3}$/.test(prefix) || Number(prefix) > longest)
    return false
  const list = new BlockList()
  list.addSubnet(network, Number(prefix), family === 4 ? 'ipv4' : 'ipv6')
  return list.check(address, family === 4 ? 'ipv4' : 'ipv6')
}

/** A request that failed on its way through a proxy. The message names the proxy's host and port. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError'
  /** That of the cause, since callers decide by it whether to retry. */
  readonly code: string | undefined

  constructor({ origin }: ProxyServer, cause: unknown) {
    const message = cause instanceof Error && cause.message !== '' ? cause.message : 'no answer'
    super(`through the proxy ${new URL(origin).host}: ${inPlainWords(message)}`, { cause })
    this.code =
      cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined
  }
}

/** undici's message for a tunnel that the proxy refuses. */
function inPlainWords(message: string): string {
  const [, status] = /^Proxy response \((\d+)\) !== 200/.exec(message) ?? []
  return status === undefined ? message : `it refuses the connection with HTTP ${status}`
}
