import { asText, type JsonValue } from '../../../platform/json.ts'
import { validationError } from './query-protocol.ts'

/**
 * `Fn::Cidr`: the first `count` blocks of `cidrBits` host bits each inside an IPv4 block. The sandbox does not split IPv6.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-cidr.html
 */
export function cidrBlocks([block = '', count = '', cidrBits = '8']: readonly JsonValue[]): string[] {
  const [, address = '', prefix = ''] = /^(\d{1,3}(?:\.\d{1,3}){3})\/(\d{1,2})$/.exec(asText(block)) ?? []
  const blocks = Number(asText(count))
  const bits = Number(asText(cidrBits))
  const start = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  const isValid = address !== '' && blocks >= 1 && blocks <= 256 && bits >= 1 && bits <= 32 - Number(prefix)
  if (!isValid || blocks > 2 ** (32 - Number(prefix) - bits))
    throw validationError(
      `Template error: Fn::Cidr cannot make ${asText(count)} blocks of ${asText(cidrBits)} bits in ${asText(block)}`,
    )
  return Array.from(
    { length: blocks },
    (_, index) => `${dotted(start + index * 2 ** bits)}/${String(32 - bits)}`,
  )
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => String(Math.floor(address / 2 ** shift) % 256)).join('.')
}
