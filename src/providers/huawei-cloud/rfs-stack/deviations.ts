import type { RfsStack } from './client.ts'
import { textOf } from './marks.ts'
import type { StackProperties } from './properties.ts'
import { changedAttributes } from './stack-body.ts'

/** What the properties ask for otherwise than the stack has it, and no execution plan shows. */
export function deviations(desired: StackProperties, stack: RfsStack): string[] {
  const { Description } = desired
  const isSame = Description === undefined || Description === textOf(stack.description ?? '')
  return [...(isSame ? [] : ['Stack.Description']), ...changedAttributes(desired, stack)]
}
