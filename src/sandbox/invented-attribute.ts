import { fill, type PatternScope, type ValuePattern } from './value-pattern.ts'
import type { JsonValue } from '../platform/json.ts'

/**
 * The form of an attribute that no table knows, by the end of its name; the first that fits. The scope has `arn`, `id` and
 * `name`. Addresses and domains are those that are set apart for documentation:
 * https://www.rfc-editor.org/rfc/rfc5737 and https://www.rfc-editor.org/rfc/rfc2606
 */
const FORMS: readonly (readonly [ending: RegExp, form: ValuePattern])[] = [
  [/arns$/i, ['{arn}']],
  [/(?:I|_i)ds$/, ['{id}']],
  [/(?:ip|address)(?:es|s)$/i, ['192.0.2.{octet}']],
  [/(?:N|_n)ames$/, ['{name}']],
  [/list$/i, ['{name}']],
  [/arn$/i, '{arn}'],
  [/(?:^id|Id|ID|_id)$/, '{id}'],
  [/ur[il]$/i, 'https://{id}.example.com'],
  [/mac_?address$/i, 'fa:16:3e:{hex:2:a}:{hex:2:b}:{hex:2:c}'],
  [/(?:^ip|Ip|_ip|ip_?address)$/i, '192.0.2.{octet}'],
  [/cidr(?:_?block)?$/i, '192.0.2.0/24'],
  [/port$/i, 443],
  [/(?:address|host|host_?name|domain|endpoint|dns|dns_?name|domain_?name)$/i, '{id}.example.com'],
  [/(?:time|date|_at)$/i, '2026-01-01T00:00:00Z'],
  [/(?:status|state)$/i, 'available'],
  [/name$/i, '{name}'],
]

/** A value for an attribute that no table knows; the same each time. */
export function inventedAttribute(attribute: string, scope: PatternScope): JsonValue {
  const form = FORMS.find(([ending]) => ending.test(attribute))?.[1]
  const pattern = form ?? `{name}-${attribute.toLowerCase().replaceAll(/[^a-z0-9]/g, '-')}`
  return fill(pattern, { ...scope, seed: `${scope.seed}\n${attribute}` })
}
