import type { Stack } from '@aws-sdk/client-cloudformation'
import type { StackProperties } from './properties.ts'

/** What the properties ask for otherwise than the stack has it, and no change set shows. */
export function deviations(desired: StackProperties, stack: Stack): string[] {
  const { EnableTerminationProtection, RoleARN, NotificationARNs } = desired
  const topics = new Set(stack.NotificationARNs)
  const isSameTopics =
    NotificationARNs === undefined ||
    (NotificationARNs.length === topics.size && NotificationARNs.every((arn) => topics.has(arn)))
  const isProtected = stack.EnableTerminationProtection ?? false
  return [
    ...((EnableTerminationProtection ?? isProtected) === isProtected
      ? []
      : ['Stack.EnableTerminationProtection']),
    ...(RoleARN === undefined || RoleARN === stack.RoleARN ? [] : ['Stack.RoleARN']),
    ...(isSameTopics ? [] : ['Stack.NotificationARNs']),
  ]
}
