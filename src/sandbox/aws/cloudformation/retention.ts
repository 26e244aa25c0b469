import type { Design, SandboxResource, StackOperation } from './stack.ts'

/** `rollback`: the operation that made the resource is undone. */
export type RemovalCause = 'deletion' | 'rollback'

/**
 * Whether CloudFormation leaves a resource where it is when the stack gives it up, by the policy that it has in `design`.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html,
 * and `RetainExceptOnCreate` in https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html
 */
export function isRetained(
  { logicalId, physicalId }: SandboxResource,
  design: Design,
  cause: RemovalCause,
  { retainExceptOnCreate = false }: Pick<StackOperation, 'retainExceptOnCreate'>,
): boolean {
  // A resource whose creation failed has no id: there is nothing to keep.
  if (physicalId === '') return false
  switch (design.template.resources.get(logicalId)?.deletionPolicy) {
    case 'Retain':
      return cause === 'deletion' || !retainExceptOnCreate
    case 'RetainExceptOnCreate':
      return cause === 'deletion'
    default:
      return false
  }
}
