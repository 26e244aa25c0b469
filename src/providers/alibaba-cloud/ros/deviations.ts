import type { RosStack } from './client.ts'
import { hasTag, ownTags, userTags } from './marks.ts'
import type { StackProperties } from './properties.ts'

/** What the properties ask for otherwise than the stack has it, and PreviewStack does not show. */
export function deviations(wanted: StackProperties, { Tags, DeletionProtection }: RosStack): string[] {
  const own = ownTags(Tags)
  const given = userTags(wanted.Tags)
  const isSame =
    wanted.Tags === undefined || (given.length === own.length && given.every((tag) => hasTag(own, tag)))
  const isProtected =
    wanted.DeletionProtection === undefined || wanted.DeletionProtection === DeletionProtection
  return [...(isSame ? [] : ['Stack.Tags']), ...(isProtected ? [] : ['Stack.DeletionProtection'])]
}
