import { userTags } from './marks.ts'
import type { StackProperties } from './properties.ts'
import type { HeatStack } from './response-schemas.ts'

/** What an update would change, and Heat's preview does not show. */
export function deviations({ Tags }: StackProperties, { stack_status: status, tags }: HeatStack): string[] {
  const isSame = Tags === undefined || isSameSet(Tags, userTags(tags ?? []))
  // Heat's update makes failed resources anew.
  const repairs = status.endsWith('_FAILED') ? [`the status ${status}, which any update would repair`] : []
  return [...(isSame ? [] : ['Stack.Tags']), ...repairs]
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  const all = new Set([...one, ...other])
  return all.size === new Set(one).size && all.size === new Set(other).size
}
