import { asText, isJsonList, isJsonObject, type JsonValue } from '../../../platform/json.ts'
import type { CloudContext } from './cloud-context.ts'
import { resolvedIfKnown, type Scope } from './intrinsic-functions.ts'
import { isDeleted } from './stack-registry.ts'
import { scopeOf } from './stack-scope.ts'
import type { SandboxStack } from './stack.ts'

/**
 * The names of the stacks that import an export: by `Fn::ImportValue` in their resources and outputs, also with a computed
 * name.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-importvalue.html
 */
export function importersOf(
  exportName: string,
  stacks: Iterable<SandboxStack>,
  context: CloudContext,
): string[] {
  return [...stacks]
    .filter((stack) => !isDeleted(stack) && importsOf(stack, context).includes(exportName))
    .map(({ name }) => name)
}

/** The first of a stack's exports that other stacks import. */
export function exportInUse(
  { outputs }: SandboxStack,
  stacks: readonly SandboxStack[],
  context: CloudContext,
): { readonly exportName: string; readonly importers: readonly string[] } | undefined {
  for (const { exportName } of outputs.values()) {
    if (exportName === undefined) continue
    const importers = importersOf(exportName, stacks, context)
    if (importers.length > 0) return { exportName, importers }
  }
  return undefined
}

function importsOf(stack: SandboxStack, context: CloudContext): string[] {
  const { body, template } = stack.design
  if (!body.includes('ImportValue')) return []
  const scope = scopeOf(stack, stack.design, context)
  const values = [
    ...[...template.resources.values()].map(({ properties }) => properties),
    ...[...template.outputs.values()].map(({ value }) => value),
  ]
  return values.flatMap((value) => importsIn(value, scope))
}

function importsIn(value: JsonValue, scope: Scope): string[] {
  if (isJsonList(value)) return value.flatMap((item) => importsIn(item, scope))
  if (!isJsonObject(value)) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const name = key === 'Fn::ImportValue' ? resolvedIfKnown(inner, scope) : undefined
    return name === undefined ? importsIn(inner, scope) : [asText(name)]
  })
}
