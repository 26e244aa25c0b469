import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../platform/json.ts'
import { Spelling } from '../template-check/spelling.ts'
import { listed } from '../template-check/constraints.ts'
import { error, pathTo, warning, type Finding } from './finding.ts'
import { asRosFunction } from './ros-functions.ts'

/** The outputs of a stack that its resource shows as attributes. */
export interface VisibleOutputs {
  readonly names: ReadonlySet<string>
  readonly list: readonly string[]
  /** Outputs that `SecretOutputs` keeps back. */
  readonly secret: ReadonlySet<string>
  /** Attributes of outputs that the cloud shows to nobody. */
  readonly sensitive: ReadonlySet<string>
  /** What is wrong with the properties `Outputs`, `SecretOutputs` and `StoredOutputs`. */
  readonly findings: readonly Finding[]
}

/** `undefined` where they cannot be known. `outputs`: those of the template. */
export function visibleOutputs(
  { Outputs: selection, SecretOutputs: secret = [], StoredOutputs: stored }: JsonObject,
  outputs: ReadonlySet<string> | undefined,
  sensitiveOutputs: ReadonlySet<string> = new Set(),
): VisibleOutputs | undefined {
  const hidden = textsOf(secret, 'SecretOutputs')
  const kept = textsOf(namesIn(stored), 'StoredOutputs.Names') ?? []
  const chosen = selection === undefined ? undefined : chosenOutputs(selection)
  if (outputs === undefined || hidden === undefined || (selection !== undefined && chosen === undefined))
    return undefined
  const spelling = new Spelling()
  const names = [...outputs]
  const isSecret = new Set(hidden.map(({ name }) => name))
  const missing = [...(chosen ?? []), ...hidden, ...kept].filter(({ name }) => !outputs.has(name))
  const isShown = (name: string): boolean => !isSecret.has(name) && !sensitiveOutputs.has(name)
  const open = names.filter(isShown)
  const selected = (chosen ?? []).filter(({ name }) => isShown(name)).map(({ newName }) => newName)
  // A selected name that is wrong stands for another one, and is told once.
  const visible = chosen === undefined ? open : missing.length > 0 ? [...selected, ...open] : selected
  return {
    names: new Set(visible),
    list: visible,
    secret: isSecret,
    sensitive: new Set(
      (chosen ?? names.map((name) => ({ newName: name, name }))).flatMap(({ newName, name }) =>
        sensitiveOutputs.has(name) ? [newName] : [],
      ),
    ),
    findings: [
      ...missing.map(({ name, path }) =>
        error(
          path,
          `names ${name}, which is not an output of the template${outputsHint(name, names, spelling)}`,
        ),
      ),
      ...(chosen ?? [])
        .filter(({ name }) => isSecret.has(name))
        .map(({ name, path }) => warning(path, `names ${name}, which SecretOutputs keeps back`)),
    ],
  }
}

function namesIn(stored: JsonValue | undefined): JsonValue {
  return stored !== undefined && isJsonObject(stored) ? (stored['Names'] ?? []) : []
}

function outputsHint(name: string, names: readonly string[], spelling: Spelling): string {
  const hint = spelling.hint(name, names)
  if (hint !== '') return hint
  return names.length === 0 ? '; it has none' : `; it has ${listed(names)}`
}

/** The whole answer of a custom resource, and the list of outputs that are not in it. */
const OWN_ATTRIBUTES = /^(?:Outputs|(?:Stackbridge)*(?:OmittedOutputs|DriftStatus|DriftedResources))$/

/** What is wrong with a reference to an attribute of a resource whose stack gives these outputs. */
export function attributeProblem(
  { name, attribute }: { readonly name: string; readonly attribute: string },
  outputs: VisibleOutputs,
  spelling = new Spelling(),
): string | undefined {
  if (isOutput(attribute, outputs)) return undefined
  const { list, secret, sensitive } = outputs
  if (sensitive.has(attribute))
    return `refers to ${name}.${attribute}, which is sensitive in the template: its cloud shows the value to nobody`
  if (secret.has(attribute))
    return `refers to ${name}.${attribute}, which SecretOutputs of ${name} keeps back`
  const hint = outputsHint(attribute, list, spelling)
  return `refers to ${name}.${attribute}, but the stack of ${name} gives no such output${hint}`
}

/** Of a name that is written with dots. */
const MOST_PARTS = 20

/** An attribute that is a map has parts of its own. */
function isOutput(attribute: string, { names }: VisibleOutputs): boolean {
  const parts = attribute.split('.', MOST_PARTS).map((_, index, all) => all.slice(0, index + 1).join('.'))
  return [attribute, ...parts].some((part) => names.has(part) || OWN_ATTRIBUTES.test(part))
}

interface ChosenOutput {
  readonly newName: string
  readonly name: string
  readonly path: string
}

/** Of a list of names, or a map of new name to name. */
function chosenOutputs(selection: JsonValue): readonly ChosenOutput[] | undefined {
  if (isJsonList(selection)) return textsOf(selection)
  if (!isJsonObject(selection) || asRosFunction(selection) !== undefined) return undefined
  const entries = Object.entries(selection)
  const chosen = entries.flatMap(([newName, name]) =>
    typeof name === 'string' ? [{ newName, name, path: pathTo('Outputs', newName) }] : [],
  )
  return chosen.length === entries.length ? chosen : undefined
}

/** `undefined` where not all are written out. */
function textsOf(list: JsonValue, path = 'Outputs'): readonly ChosenOutput[] | undefined {
  if (!isJsonList(list)) return undefined
  const texts = list.flatMap((name, index) =>
    typeof name === 'string' ? [{ newName: name, name, path: pathTo(path, index) }] : [],
  )
  return texts.length === list.length ? texts : undefined
}
