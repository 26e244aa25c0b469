import type { RosStack } from './client.ts'
import { hasTag, ownTags, userTags } from './marks.ts'
import type { StackProperties } from './properties.ts'

/** What the properties ask for otherwise than the stack has it, and PreviewStack does not show. */
export function deviations(desired: StackProperties, { Tags, DeletionProtection }: RosStack): string[] {
  const own = ownTags(Tags)
  const given = userTags(desired.Tags)
  const isSame =
    desired.Tags === undefined || (given.length === own.length && given.every((tag) => hasTag(own, tag)))
  const isProtected =
    desired.DeletionProtection === undefined || desired.DeletionProtection === DeletionProtection
  return [...(isSame ? [] : ['Stack.Tags']), ...(isProtected ? [] : ['Stack.DeletionProtection'])]
}
