/**
 * IANA's registries of addresses that are not those of hosts on the internet:
 * https://www.iana.org/assignments/iana-ipv4-special-registry
 * https://www.iana.org/assignments/iana-ipv6-special-registry
 * https://www.iana.org/assignments/multicast-addresses
 *
 * `private`: may be reached if the settings allow private addresses. `never`: must never be reached.
 * `embedding`: an IPv6 address that contains an IPv4 address; must never be reached, since a translator may forward to it.
 */
export interface SpecialRange {
  /** CIDR. */
  readonly range: string
  readonly use: 'private' | 'never' | 'embedding'
}

const rows = (use: SpecialRange['use'], ...ranges: readonly string[]): readonly SpecialRange[] =>
  ranges.map((range) => ({ range, use }))

export const SPECIAL_RANGES: readonly SpecialRange[] = [
  // Private use, shared space of carriers, loopback, benchmarking.
  ...rows('private', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '127.0.0.0/8'),
  ...rows('private', '198.18.0.0/15', '::1/128', 'fc00::/7', '2001:2::/48'),
  // "This network", link-local, reserved, broadcast, multicast.
  ...rows('never', '0.0.0.0/8', '169.254.0.0/16', '240.0.0.0/4', '224.0.0.0/4'),
  ...rows('never', '::/128', 'fe80::/10', 'fec0::/10', 'ff00::/8'),
  // Protocol assignments: service continuity, PCP and TURN anycast, NAT64 discovery, ORCHID, remote id of drones.
  ...rows('never', '192.0.0.0/24', '2001::/23'),
  // Documentation.
  ...rows('never', '192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32', '3fff::/20'),
  // Relays and sinks that are no endpoint of a cloud: AS112, AMT, 6to4, discard-only, dummy prefix, SRv6 segment ids.
  ...rows('never', '192.31.196.0/24', '192.175.48.0/24', '192.52.193.0/24', '192.88.99.0/24'),
  ...rows('never', '2620:4f:8000::/48', '100::/64', '100:0:0:1::/64', '5f00::/16'),
  // IPv4-mapped and IPv4-compatible, NAT64 (well-known and local), Teredo, 6to4.
  ...rows('embedding', '::ffff:0:0/96', '::/96', '64:ff9b::/96', '64:ff9b:1::/48', '2001::/32', '2002::/16'),
]

/** https://www.iana.org/assignments/ipv6-unicast-address-assignments: the only range that is in use on the internet. */
export const GLOBAL_UNICAST_IPV6 = '2000::/3'

/**
 * The services that clouds provide to their own hosts: credentials, user data, agents. No callback and no endpoint is there,
 * so no setting allows them.
 */
export const METADATA_RANGES: readonly string[] = [
  // AWS, Azure, Google Cloud, Huawei Cloud, OpenStack, Tencent Cloud, ECS tasks (170.2), EKS Pod Identity (170.23).
  '169.254.0.0/16',
  // OpenStack: https://docs.openstack.org/nova/latest/user/metadata.html
  'fe80::a9fe:a9fe/128',
  // AWS: IMDS (254), EKS Pod Identity (23), DNS (253), time (123): https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
  'fd00:ec2::/32',
  // Alibaba Cloud: https://www.alibabacloud.com/help/en/ecs/user-guide/view-instance-metadata
  '100.100.100.200/32',
  // Azure's host agent: https://learn.microsoft.com/en-us/azure/virtual-network/what-is-ip-address-168-63-129-16
  '168.63.129.16/32',
  // Oracle Cloud
  '192.0.0.192/32',
  'fd00:c1::a9fe:a9fe/128',
  // Google Cloud: https://cloud.google.com/compute/docs/metadata/querying-metadata
  'fd20:ce::254/128',
  // Scaleway, Akamai
  'fd00:42::42/128',
  'fd00:a9fe:a9fe::1/128',
]
