import { BlockList, isIPv4 } from 'node:net'
import {
  GLOBAL_UNICAST_IPV6,
  METADATA_RANGES,
  SPECIAL_RANGES,
  type SpecialRange,
} from './special-addresses.ts'

/** What a request is for. */
export type Purpose =
  | 'endpoint'
  | 'public-callback'
  | 'intranet-callback'
  /** The certificate whose URL is in a push of MNS. */
  | 'certificate'
  /** Function Compute's endpoint, which no event names. The internal one has an address of Alibaba Cloud's intranet. */
  | 'own-function'
  /** The queue in the settings; it may have an intranet address too. */
  | 'own-queue'
  /** KMS or OOS, from the settings or the function's region; in a VPC they have intranet addresses too. */
  | 'own-secrets'

export interface AddressRule {
  /** Why a literal or resolved address must not be reached, as a clause; `undefined` if it may. */
  forbids(address: string, purpose: Purpose): string | undefined
  /** The same for a host name before it is resolved. */
  forbidsName(host: string, purpose: Purpose): string | undefined
}

/** Creates the rule from the ranges in `special-addresses.ts`. */
export function createAddressRule(options: {
  readonly allowPrivateAddresses: boolean
  readonly intranetCallbackRanges: readonly string[]
}): AddressRule {
  const metadata = blockList(METADATA_RANGES)
  const reserved = blockList(rangesOf('private'))
  const never = blockList(rangesOf('never'))
  const embedding = blockList(rangesOf('embedding'))
  const globalIPv6 = blockList([GLOBAL_UNICAST_IPV6])
  const intranet = blockList(options.intranetCallbackRanges)
  const allowsPrivate = (purpose: Purpose): boolean => options.allowPrivateAddresses || isOwn(purpose)

  return {
    forbids(address, purpose) {
      const plain = unmapped(withoutZone(address))
      if (holds(metadata, plain)) return 'which is a metadata address'
      if (purpose === 'intranet-callback' && holds(intranet, plain)) return undefined
      if (isIsatap(plain)) return HIDES
      if (holds(reserved, plain))
        return allowsPrivate(purpose) ? undefined : 'which is a loopback or private address'
      if (isIPv6(plain) && holds(embedding, plain)) return HIDES
      if (holds(never, plain) || (isIPv6(plain) && !holds(globalIPv6, plain)))
        return 'which is a link-local, multicast or reserved address'
      return undefined
    },
    forbidsName(host, purpose) {
      // Some resolvers ignore an empty label and find an address.
      if (host.split('.').includes('')) return 'which is not a host name'
      const local = host === 'localhost' || host.endsWith('.localhost')
      return local && !allowsPrivate(purpose) ? 'which is a loopback address' : undefined
    },
  }
}

const HIDES = 'which hides an IPv4 address in an IPv6 one'

/** These come from the settings and from Function Compute's context, never from an event. */
function isOwn(purpose: Purpose): boolean {
  return purpose === 'own-function' || purpose === 'own-queue' || purpose === 'own-secrets'
}

/** Whether the host of a URL, without brackets, is an address and not a name. */
export function isAddress(host: string): boolean {
  return isIPv4(host) || host.includes(':')
}

/**
 * Requires that `address` is an address. Node's `isIPv6` compiles a regular expression on its first call, which would make
 * each cold start 5 ms longer.
 */
function isIPv6(address: string): boolean {
  return !isIPv4(address)
}

function holds(list: BlockList, address: string): boolean {
  return list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}

/** `::ffff:127.0.0.1` and `::ffff:7f00:1` are 127.0.0.1. */
function unmapped(address: string): string {
  const mapped = /^::ffff:(?:0:)?([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(normalised(address))
  const [, high, low] = mapped ?? []
  if (high === undefined || low === undefined) return address
  const [one, two] = [Number.parseInt(high, 16), Number.parseInt(low, 16)]
  return [one >> 8, one & 255, two >> 8, two & 255].join('.')
}

/**
 * https://www.rfc-editor.org/rfc/rfc5214#section-6.1: any prefix, then the interface identifier `0:5efe` (the bits for
 * "universal" and "group" may be set), then the IPv4 address.
 */
function isIsatap(address: string): boolean {
  if (!isIPv6(address)) return false
  const [, , , , flags, organisation] = groupsOf(address)
  return organisation === 0x5efe && ((flags ?? 0) & ~0x0300) === 0
}

/** The eight numbers of an IPv6 address. */
function groupsOf(address: string): readonly number[] {
  const [head = '', tail] = normalised(address).split('::')
  const numbers = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16))
  if (tail === undefined) return numbers(head)
  const [first, last] = [numbers(head), numbers(tail)]
  return [...first, ...Array<number>(8 - first.length - last.length).fill(0), ...last]
}

/** The URL parser writes every IPv6 address in its shortest form, without dots. */
function normalised(address: string): string {
  return isIPv6(address) ? new URL(`http://[${address}]/`).hostname.slice(1, -1) : address
}

function withoutZone(address: string): string {
  const [plain = ''] = address.split('%')
  return plain
}

function rangesOf(use: SpecialRange['use']): readonly string[] {
  return SPECIAL_RANGES.filter((row) => row.use === use).map(({ range }) => range)
}

function blockList(ranges: readonly string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [address = '', prefix = ''] = range.split('/')
    list.addSubnet(address, Number(prefix), isIPv6(address) ? 'ipv6' : 'ipv4')
  }
  return list
}
