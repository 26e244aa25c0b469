import { BlockList, isIPv4 } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAddressRule, type Purpose } from '../../src/platform/address-rule.ts'

const options = { intranetCallbackRanges: ['100.64.0.0/10'] }
const strict = createAddressRule({ allowPrivateAddresses: false, ...options })
const lenient = createAddressRule({ allowPrivateAddresses: true, ...options })
const PURPOSES = [
  ...(['endpoint', 'public-callback', 'intranet-callback'] as const),
  ...(['certificate', 'own-function', 'own-queue'] as const),
] satisfies Purpose[]

/**
 * All rows of https://www.iana.org/assignments/iana-ipv4-special-registry and the one for IPv6, and the multicast ranges: a
 * range, and whether it may be reached if private addresses are allowed.
 */
const ROWS: readonly (readonly [range: string, name: string, isPrivate?: 'private'])[] = [
  ['0.0.0.0/8', '"This network"'],
  ['0.0.0.0/32', '"This host on this network"'],
  ['10.0.0.0/8', 'Private-Use', 'private'],
  ['100.64.0.0/10', 'Shared Address Space', 'private'],
  ['127.0.0.0/8', 'Loopback', 'private'],
  ['169.254.0.0/16', 'Link Local'],
  ['172.16.0.0/12', 'Private-Use', 'private'],
  ['192.0.0.0/24', 'IETF Protocol Assignments'],
  ['192.0.0.0/29', 'IPv4 Service Continuity Prefix'],
  ['192.0.0.8/32', 'IPv4 dummy address'],
  ['192.0.0.9/32', 'Port Control Protocol Anycast'],
  ['192.0.0.10/32', 'Traversal Using Relays around NAT Anycast'],
  ['192.0.0.170/32', 'NAT64/DNS64 Discovery'],
  ['192.0.0.171/32', 'NAT64/DNS64 Discovery'],
  ['192.0.2.0/24', 'Documentation (TEST-NET-1)'],
  ['192.31.196.0/24', 'AS112-v4'],
  ['192.52.193.0/24', 'AMT'],
  ['192.88.99.0/24', 'Deprecated (6to4 Relay Anycast)'],
  ['192.88.99.2/32', '6a44-relay anycast address'],
  ['192.168.0.0/16', 'Private-Use', 'private'],
  ['192.175.48.0/24', 'Direct Delegation AS112 Service'],
  ['198.18.0.0/15', 'Benchmarking', 'private'],
  ['198.51.100.0/24', 'Documentation (TEST-NET-2)'],
  ['203.0.113.0/24', 'Documentation (TEST-NET-3)'],
  ['224.0.0.0/4', 'Multicast'],
  ['240.0.0.0/4', 'Reserved'],
  ['255.255.255.255/32', 'Limited Broadcast'],
  ['::1/128', 'Loopback Address', 'private'],
  ['::/128', 'Unspecified Address'],
  ['64:ff9b::/96', 'IPv4-IPv6 Translat.'],
  ['64:ff9b:1::/48', 'IPv4-IPv6 Translat.'],
  ['100::/64', 'Discard-Only Address Block'],
  ['100:0:0:1::/64', 'Dummy IPv6 Prefix'],
  ['2001::/32', 'TEREDO'],
  ['2001:1::1/128', 'Port Control Protocol Anycast'],
  ['2001:1::2/128', 'Traversal Using Relays around NAT Anycast'],
  ['2001:1::3/128', 'DNS-SD Service Registration Protocol Anycast'],
  ['2001:2::/48', 'Benchmarking', 'private'],
  ['2001:3::/32', 'AMT'],
  ['2001:4:112::/48', 'AS112-v6'],
  ['2001:10::/28', 'Deprecated (previously ORCHID)'],
  ['2001:20::/28', 'ORCHIDv2'],
  ['2001:30::/28', 'Drone Remote ID Protocol Entity Tags (DETs) Prefix'],
  ['2001:db8::/32', 'Documentation'],
  ['2002::/16', '6to4'],
  ['2620:4f:8000::/48', 'Direct Delegation AS112 Service'],
  ['3fff::/20', 'Documentation'],
  ['5f00::/16', 'Segment Routing (SRv6) SIDs'],
  ['fc00::/7', 'Unique-Local', 'private'],
  ['fe80::/10', 'Link-Local Unicast'],
  ['fec0::/10', 'Deprecated (site-local)'],
  ['ff00::/8', 'Multicast'],
]
const REGISTRY = ROWS.map(([range, name, mark]) => ({ range, name, isPrivate: mark === 'private' }))
/** 2001::/23 without the parts that the registry assigns. */
const PROTOCOL_ASSIGNMENTS = '2001::/23'

/** Assigned by clouds to their own hosts. */
const METADATA = [
  ...[
    '169.254.169.254',
    '169.254.170.2',
    '169.254.170.23',
    '169.254.169.253',
    '169.254.0.23',
    '169.254.42.42',
  ],
  ...['100.100.100.200', '168.63.129.16', '192.0.0.192'],
  ...['fd00:ec2::254', 'fd00:ec2::23', 'fd00:ec2::253', 'fd00:ec2:ffff::1', 'fd20:ce::254'],
  ...['fd00:c1::a9fe:a9fe', 'fd00:42::42', 'fd00:a9fe:a9fe::1', 'fe80::a9fe:a9fe'],
]

type Address = readonly number[]

/** Bytes of an address: four or sixteen. */
function bytesOf(address: string): Address {
  if (isIPv4(address)) return address.split('.').map(Number)
  const [head = '', tail] = address.split('::')
  const groups = (part: string) =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16))
  const [first, last] = [groups(head), groups(tail ?? '')]
  const zeros = Array<number>(8 - first.length - last.length).fill(0)
  return [...first, ...zeros, ...last].flatMap((group) => [group >> 8, group & 255])
}

function written(bytes: Address): string {
  if (bytes.length === 4) return bytes.join('.')
  const pairs = Array.from(
    { length: 8 },
    (_, index) => ((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0),
  )
  return pairs.map((pair) => pair.toString(16)).join(':')
}

/** The range with `rest` in the bits after its prefix. */
function within(range: string, rest: (index: number) => number): string {
  const [address = '', prefix = ''] = range.split('/')
  return written(
    bytesOf(address).map((byte, index) => {
      const fixed = Math.min(8, Math.max(0, Number(prefix) - 8 * index))
      const free = 0xff >> fixed
      return (byte & ~free & 0xff) | (rest(index) & free)
    }),
  )
}

const anyIn = (range: string): fc.Arbitrary<string> =>
  fc
    .array(fc.nat(255), { minLength: 16, maxLength: 16 })
    .map((rest) => within(range, (index) => rest[index] ?? 0))

describe('an address of the special-purpose registries', () => {
  it.each(REGISTRY)('$range ($name) is refused', ({ range, isPrivate }) => {
    fc.assert(
      fc.property(anyIn(range), (address) => {
        expect(strict.forbids(address, 'endpoint'), address).toBeDefined()
        if (!isPrivate) expect(lenient.forbids(address, 'endpoint'), address).toBeDefined()
      }),
      { examples: [[within(range, () => 0)], [within(range, () => 255)]] },
    )
  })

  it.each(REGISTRY.filter(({ isPrivate }) => isPrivate).map(({ range }) => range))(
    '%s is allowed by the setting',
    (range) => {
      expect(
        lenient.forbids(
          within(range, () => (range.includes(':') ? 0 : 1)),
          'endpoint',
        ),
      ).toBeUndefined()
    },
  )

  it('is refused in the whole range that is reserved for protocols', () => {
    fc.assert(
      fc.property(anyIn(PROTOCOL_ASSIGNMENTS), (address) => {
        expect(strict.forbids(address, 'endpoint'), address).toBeDefined()
      }),
    )
  })

  it('is refused in all ranges that are not assigned as global unicast', () => {
    const unicast = new BlockList()
    unicast.addSubnet('2000::', 3, 'ipv6')
    fc.assert(
      fc.property(anyIn('::/0'), (address) => {
        fc.pre(!unicast.check(address, 'ipv6'))
        expect(strict.forbids(address, 'endpoint'), address).toBeDefined()
      }),
    )
  })
})

describe('an address of the internet', () => {
  const special = new BlockList()
  for (const range of [...REGISTRY.map((row) => row.range), PROTOCOL_ASSIGNMENTS]) {
    const [address = '', prefix = ''] = range.split('/')
    special.addSubnet(address, Number(prefix), isIPv4(address) ? 'ipv4' : 'ipv6')
  }

  it('is allowed for every purpose', () => {
    fc.assert(
      fc.property(
        fc.oneof(anyIn('0.0.0.0/0'), anyIn('2000::/3')),
        fc.constantFrom(...PURPOSES),
        (address, purpose) => {
          fc.pre(!special.check(address, isIPv4(address) ? 'ipv4' : 'ipv6'))
          fc.pre(!METADATA.includes(address))
          expect(strict.forbids(address, purpose), address).toBeUndefined()
        },
      ),
      {
        numRuns: 1000,
        examples: [
          ['2a00::5efd:1:1', 'endpoint'],
          ['100.128.0.0', 'endpoint'],
          ['168.63.129.17', 'endpoint'],
        ],
      },
    )
  })
})

describe('a metadata address', () => {
  it.each(METADATA)('%s is refused for every purpose, also if private addresses are allowed', (address) => {
    const everything = createAddressRule({
      allowPrivateAddresses: true,
      intranetCallbackRanges: ['0.0.0.0/0', '::/0'],
    })
    for (const purpose of PURPOSES)
      for (const rule of [strict, lenient, everything])
        expect(rule.forbids(address, purpose), purpose).toBe('which is a metadata address')
  })
})

describe('an IPv4 address within an IPv6 one', () => {
  /** https://www.rfc-editor.org/rfc/rfc5214: with and without the bits for "universal" and "group". */
  const isatap = ['5efe', '100:5efe', '200:5efe', '300:5efe']

  it('is refused behind any prefix of ISATAP, with any settings', () => {
    const prefixes = fc.oneof(anyIn('2000::/3'), anyIn('fc00::/7'), anyIn('fe80::/10'), anyIn('::/0'))
    fc.assert(
      fc.property(prefixes, fc.constantFrom(...isatap), anyIn('0.0.0.0/0'), (prefix, identifier, inner) => {
        const [a = 0, b = 0, c = 0, d = 0] = bytesOf(inner)
        const network = prefix.split(':').slice(0, 4).join(':')
        const middle = identifier.includes(':') ? identifier : `0:${identifier}`
        const address = `${network}:${middle}:${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`
        expect(strict.forbids(address, 'endpoint'), address).toBeDefined()
        expect(lenient.forbids(address, 'endpoint'), address).toBeDefined()
      }),
    )
  })

  it('is checked as IPv4 if it is only mapped', () => {
    for (const address of [
      '::ffff:8.8.8.8',
      '::ffff:808:808',
      '::ffff:0:808:808',
      '0:0:0:0:0:ffff:0808:0808',
    ])
      expect(strict.forbids(address, 'endpoint'), address).toBeUndefined()
    for (const address of ['::ffff:10.0.0.1', '::ffff:a00:1', '64:ff9b::a00:1', '2002:a00:1::', '::a00:1'])
      expect(strict.forbids(address, 'endpoint'), address).toBeDefined()
  })

  it('is checked without the zone', () => {
    for (const zone of ['eth0', '1', '25', 'a%b'])
      expect(strict.forbids(`fe80::1%${zone}`, 'endpoint')).toBeDefined()
  })
})

describe('a name', () => {
  it.each(['localhost', 'a.localhost'])('%s is refused unless private addresses are allowed', (name) => {
    expect(strict.forbidsName(name, 'endpoint')).toBeDefined()
    expect(lenient.forbidsName(name, 'endpoint')).toBeUndefined()
  })

  it.each(['', '.', 'localhost.', '169.254.169.254.', '.example.com', 'a..b'])(
    'with an empty label is refused: "%s"',
    (name) => {
      expect(lenient.forbidsName(name, 'endpoint')).toBeDefined()
    },
  )
})
