import { BlockList, isIPv4 } from 'node:net'

/** What an address is to be fetched for. */
export type Purpose =
  | 'endpoint'
  | 'public-callback'
  | 'intranet-callback'
  /** Function Compute's own endpoint, which no event names; its internal one is at an address of Alibaba Cloud's intranet. */
  | 'own-function'
  /** The queue that the settings name: it may be at an intranet address, too. */
  | 'own-queue'

export interface AddressRule {
  /** Why a literal or resolved address may not be reached, in words; `undefined` where it may. */
  forbids(address: string, purpose: Purpose): string | undefined
  /** The same for a host name before it is resolved. */
  forbidsName(host: string): string | undefined
}

/** Never of use to a callback or an endpoint, whatever the settings say: they hand out the host's own credentials. */
const METADATA = [
  '169.254.169.254/32',
  '100.100.100.200/32',
  '192.0.0.192/32',
  'fd00:ec2::254/128',
  'fd20:ce::254/128',
]
const NEVER = [
  ...['0.0.0.0/8', '169.254.0.0/16', '224.0.0.0/4', '240.0.0.0/4', '192.0.0.0/24', '192.0.2.0/24'],
  ...['198.51.100.0/24', '203.0.113.0/24', '192.88.99.0/24'],
  ...['::/128', 'fe80::/10', 'fec0::/10', 'ff00::/8', '100::/64', '2001:db8::/32'],
]
/** Allowed by setting: the sandbox, private clouds. */
const PRIVATE = [
  ...['127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '198.18.0.0/15'],
  ...['::1/128', 'fc00::/7'],
]
/** IPv6 forms that carry an IPv4 address in their last or in other bytes: judged by what they carry. */
const EMBEDDING = ['::/96', '64:ff9b::/96', '64:ff9b:1::/48', '2002::/16', '2001::/32']

/** https://www.iana.org/assignments/iana-ipv4-special-registry and its sibling for IPv6. */
export function createAddressRule(options: {
  readonly allowPrivateAddresses: boolean
  readonly intranetCallbackRanges: readonly string[]
}): AddressRule {
  const metadata = blockList(METADATA)
  const never = blockList(NEVER)
  const reserved = blockList(PRIVATE)
  const embedding = blockList(EMBEDDING)
  const intranet = blockList(options.intranetCallbackRanges)

  return {
    forbids(address, purpose) {
      if (purpose === 'own-function') return undefined
      if (purpose === 'own-queue') return undefined
      const plain = withoutZone(unmapped(address))
      if (holds(metadata, plain)) return 'which is a metadata address'
      if (purpose === 'intranet-callback' && holds(intranet, plain)) return undefined
      if (holds(reserved, plain))
        return options.allowPrivateAddresses ? undefined : 'which is a loopback or private address'
      if (holds(never, plain)) return 'which is a link-local, multicast or reserved address'
      if (isIPv6(plain) && holds(embedding, plain)) return 'which hides an IPv4 address in an IPv6 one'
      return undefined
    },
    forbidsName(host) {
      const local = host === 'localhost' || host.endsWith('.localhost')
      return local && !options.allowPrivateAddresses ? 'which is a loopback address' : undefined
    },
  }
}

/**
 * Of what is known to be an address. Node's own `isIPv6` compiles a regular expression that takes 5 ms with its first use: every
 * cold start would pay for it.
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

/** The URL parser writes every IPv6 address in its shortest form, without dots. */
function normalised(address: string): string {
  return isIPv6(address) && !address.includes('%')
    ? new URL(`http://[${address}]/`).hostname.slice(1, -1)
    : address
}

function withoutZone(address: string): string {
  return address.split('%', 1)[0] ?? ''
}

function blockList(ranges: readonly string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [address = '', prefix = ''] = range.split('/')
    list.addSubnet(address, Number(prefix), isIPv6(address) ? 'ipv6' : 'ipv4')
  }
  return list
}
