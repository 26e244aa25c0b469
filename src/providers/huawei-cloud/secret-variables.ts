import { asText, isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../platform/json.ts'
import type { Surroundings } from '../provider.ts'
import { possibleDefaults, sensitiveVariables, variableValues } from '../properties/terraform-variables.ts'

/** The properties that may contain an RFS template and its variables. */
export interface GivenVariables {
  readonly TemplateBody?: string | undefined
  readonly Parameters?: JsonObject | undefined
  readonly VarsStructure?: readonly { readonly VarKey: string; readonly VarValue: string }[] | undefined
  readonly VarsBody?: string | undefined
}

/**
 * The values and defaults of the variables that an inline template marks `sensitive`, and of those that `named` lists, from
 * every property that may give them. Where the template cannot be read, any variable may be marked.
 */
export function secretVariableValues(stack: GivenVariables, named: readonly string[]): string[] {
  const template = stack.TemplateBody ?? ''
  const marked = sensitiveVariables(template)
  const names = new Set([...named, ...(marked?.names ?? [])])
  if (marked !== undefined && names.size === 0) return []
  const isSecret = (name: string): boolean => marked === undefined || names.has(name)
  const parameters = Object.entries(stack.Parameters ?? {}).flatMap(([name, value]) =>
    isSecret(name) ? forms(value) : [],
  )
  const structured = (stack.VarsStructure ?? []).flatMap(({ VarKey, VarValue }) =>
    isSecret(VarKey) ? [VarValue] : [],
  )
  return [
    ...parameters,
    ...structured,
    ...variableValues(stack.VarsBody ?? '', isSecret),
    ...(marked?.defaults ?? possibleDefaults(template)),
  ]
}

/** Masks those values, before anything can be logged or thrown. */
export function keepVariablesSecret(
  stack: GivenVariables,
  named: readonly string[] | undefined,
  { secrets }: Pick<Surroundings, 'secrets'>,
): void {
  for (const value of secretVariableValues(stack, named ?? [])) secrets.addHidden(value)
}

/** OBS puts the signature of a URL into its query. */
export function keepSignedUrisSecret(
  uris: readonly (string | undefined)[],
  { secrets }: Pick<Surroundings, 'secrets'>,
): void {
  for (const uri of uris) if (uri?.includes('?') === true) secrets.addUrl(uri)
}

function forms(value: JsonValue): string[] {
  if (isJsonList(value)) return value.flatMap(forms)
  if (isJsonObject(value)) return Object.values(value).flatMap((item: JsonValue) => forms(item))
  return [asText(value)]
}
