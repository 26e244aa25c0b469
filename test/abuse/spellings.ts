/** The spellings of an IPv4 address as the host of a URL. */
export const SPELLINGS: Readonly<Record<string, (address: number) => string>> = {
  dotted: (address) => bytesOf(address).join('.'),
  'with a dot at its end': (address) => `${bytesOf(address).join('.')}.`,
  decimal: (address) => String(address),
  hexadecimal: (address) => `0x${address.toString(16)}`,
  octal: (address) => `0${address.toString(8)}`,
  'octal parts': (address) =>
    bytesOf(address)
      .map((byte) => `0${byte.toString(8)}`)
      .join('.'),
  'hexadecimal parts': (address) =>
    bytesOf(address)
      .map((byte) => `0x${byte.toString(16)}`)
      .join('.'),
  'two parts': (address) => `${String(address >>> 24)}.${String(address & 0xffffff)}`,
  'three parts': (address) =>
    `${String(address >>> 24)}.${String((address >>> 16) & 255)}.${String(address & 0xffff)}`,
  'in wide digits': (address) => bytesOf(address).join('.').replaceAll(/\d/g, wide),
  'with wide dots': (address) => bytesOf(address).join('。'),
  'with percent signs': (address) => bytesOf(address).join('.').replaceAll(/\d/g, escaped),
  'mapped into IPv6': (address) => `[::ffff:${halvesOf(address)}]`,
  'mapped into IPv6, dotted': (address) => `[::ffff:${bytesOf(address).join('.')}]`,
  'mapped into IPv6, at full length': (address) => `[0:0:0:0:0:ffff:${halvesOf(address)}]`,
  'translated into IPv6': (address) => `[::ffff:0:${halvesOf(address)}]`,
  'compatible with IPv6': (address) => `[::${halvesOf(address)}]`,
  'by NAT64': (address) => `[64:ff9b::${halvesOf(address)}]`,
  'by a local NAT64': (address) => `[64:ff9b:1::${halvesOf(address)}]`,
  'by 6to4': (address) => `[2002:${halvesOf(address)}::1]`,
  'with dots at its end': (address) => `${bytesOf(address).join('.')}..`,
  'by ISATAP': (address) => `[2a00:1450::5efe:${halvesOf(address)}]`,
  'by ISATAP, as if unique': (address) => `[2a00:1450::200:5efe:${halvesOf(address)}]`,
  'by Teredo': (address) => `[2001:0:${halvesOf(address)}::1]`,
}

/** The first and the last address of ranges that must not be called unless the environment allows it. */
export const FORBIDDEN: readonly (readonly [string, string])[] = [
  ['0.0.0.0', '0.255.255.255'],
  ['10.0.0.0', '10.255.255.255'],
  ['100.64.0.0', '100.127.255.255'],
  ['127.0.0.0', '127.255.255.255'],
  ['169.254.0.0', '169.254.255.255'],
  ['172.16.0.0', '172.31.255.255'],
  ['192.0.0.0', '192.0.0.255'],
  ['192.0.2.0', '192.0.2.255'],
  ['192.31.196.0', '192.31.196.255'],
  ['192.52.193.0', '192.52.193.255'],
  ['192.88.99.0', '192.88.99.255'],
  ['192.168.0.0', '192.168.255.255'],
  ['192.175.48.0', '192.175.48.255'],
  ['198.18.0.0', '198.19.255.255'],
  ['198.51.100.0', '198.51.100.255'],
  ['203.0.113.0', '203.0.113.255'],
  ['168.63.129.16', '168.63.129.16'],
  ['224.0.0.0', '255.255.255.255'],
]

export function numberOf(address: string): number {
  return address.split('.').reduce((whole, byte) => whole * 256 + Number(byte), 0)
}

export function isForbidden(address: number): boolean {
  return FORBIDDEN.some(([first, last]) => address >= numberOf(first) && address <= numberOf(last))
}

function bytesOf(address: number): number[] {
  return [address >>> 24, (address >>> 16) & 255, (address >>> 8) & 255, address & 255]
}

function halvesOf(address: number): string {
  return `${(address >>> 16).toString(16)}:${(address & 0xffff).toString(16)}`
}

function wide(digit: string): string {
  return String.fromCodePoint(0xff10 + Number(digit))
}

function escaped(digit: string): string {
  return `%${digit.charCodeAt(0).toString(16)}`
}
