import { scanHcl } from '../../platform/hcl-scan.ts'
import { scalarsOf, valuesAt, type ReadTree, type TextTree } from '../../platform/text-tree.ts'
import { scanYaml } from '../../platform/yaml-scan.ts'
import { piecesOf, quotedPiecesOf } from './text-pieces.ts'

export interface SensitiveVariables {
  readonly names: readonly string[]
  /** What the template itself gives them. */
  readonly defaults: readonly string[]
}

/**
 * The variables that a template of Terraform marks `sensitive` or `ephemeral`, in HCL (`.tf`) or JSON (`.tf.json`);
 * `undefined` for a template that cannot be read: Terraform may be able to, so any variable may be marked.
 * https://developer.hashicorp.com/terraform/language/values/variables,
 * https://developer.hashicorp.com/terraform/language/syntax/json
 */
export function sensitiveVariables(template: string): SensitiveVariables | undefined {
  const { tree, isWhole } = readTerraform(template)
  if (!isWhole) return undefined
  const marked = listsAsOne(tree)
    .flatMap((body) => valuesAt(body, 'variable'))
    .flatMap(listsAsOne)
    .flatMap((block) => (block.kind === 'map' ? block.entries : []))
    .map(({ name, value }) => ({ name, definitions: listsAsOne(value) }))
    .filter(({ definitions }) => definitions.some(isMarked))
  return {
    names: marked.map(({ name }) => name),
    defaults: marked.flatMap(({ definitions }) =>
      definitions.flatMap((definition) => valuesAt(definition, 'default').flatMap(scalarsOf)),
    ),
  }
}

/** What may be a default in a template that cannot be read. */
export function possibleDefaults(template: string): string[] {
  return [...scalarsOf(scanHcl(template).tree), ...quotedPiecesOf(template)]
}

/**
 * The values that a text of variables (`.tfvars`, `.tfvars.json`) gives to those that `isSecret` accepts; all that may be
 * values where it cannot be read.
 */
export function variableValues(text: string, isSecret: (name: string) => boolean): string[] {
  const { tree, isWhole } = readTerraform(text)
  if (!isWhole) return [...scalarsOf(tree), ...piecesOf(text)]
  const entries = tree.kind === 'map' ? tree.entries : []
  return entries.flatMap(({ name, value }) => (isSecret(name) ? scalarsOf(value) : []))
}

function readTerraform(text: string): ReadTree {
  return /^[\s\ufeff]*[[{]/.test(text) ? scanYaml(text) : scanHcl(text)
}

/** JSON may have a list of blocks in the place of one block. */
function listsAsOne(tree: TextTree): readonly TextTree[] {
  return tree.kind === 'list' ? tree.items.flatMap(listsAsOne) : [tree]
}

function isMarked(definition: TextTree): boolean {
  return ['sensitive', 'ephemeral'].some((mark) =>
    valuesAt(definition, mark).some(
      (value) => !scalarsOf(value).every(isFalse) || scalarsOf(value).length === 0,
    ),
  )
}

/** A value that is not clearly false counts as true: this only masks more. */
function isFalse(text: string): boolean {
  return /^(?:false|null|\$\{(?:false|null)\}|)$/i.test(text.replaceAll(/[\s()]/g, ''))
}
