import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../platform/json.ts'
import { asRosFunction } from '../validate/ros-functions.ts'
import { error, pathTo, type Finding } from '../validate/finding.ts'
import { entriesOf, type Resource } from './sections.ts'
import type { Spelling } from './spelling.ts'

/** Finds names of conditions that the template does not have: of resources, outputs, `Fn::If` and other conditions. */
export function conditionFindings(
  document: JsonObject,
  resources: readonly Resource[],
  spelling: Spelling,
): Finding[] {
  const names = entriesOf(document['Conditions']).map(([name]) => name)
  const known = new Set(names)
  if (names.some((name) => name.startsWith('Fn::'))) return []
  const used = [
    ...resources.map(({ path, definition }) => ({ path, definition })),
    ...entriesOf(document['Outputs']).flatMap(([name, definition]) =>
      isJsonObject(definition) ? [{ path: pathTo('Outputs', name), definition }] : [],
    ),
  ].flatMap(({ path, definition }) => {
    const { Condition: name } = definition
    return typeof name === 'string' ? [{ path: pathTo(path, 'Condition'), name }] : []
  })
  const inFunctions: NamedCondition[] = []
  for (const section of ['Resources', 'Outputs', 'Conditions'])
    collect(document[section] ?? null, section, section === 'Conditions', inFunctions)
  const reported = new Set<string>()
  return [...used, ...inFunctions].flatMap(({ path, name }) => {
    const key = `${path} ${name}`
    if (known.has(name) || reported.has(key)) return []
    reported.add(key)
    return [
      error(path, `names ${name}, which is not a condition of this template${spelling.hint(name, names)}`),
    ]
  })
}

interface NamedCondition {
  readonly path: string
  readonly name: string
}

/** `isCondition`: the value is one, so that `{Condition: name}` in it names another one. */
function collect(value: JsonValue, path: string, isCondition: boolean, found: NamedCondition[]): void {
  if (isJsonList(value)) {
    for (const [index, item] of value.entries()) collect(item, pathTo(path, index), isCondition, found)
    return
  }
  if (!isJsonObject(value)) return
  const called = asRosFunction(value)
  if (called?.name === 'Fn::If' && isJsonList(called.argument)) {
    const [name] = called.argument
    if (typeof name === 'string') found.push({ path, name })
  }
  const { Condition: name } = value
  if (isCondition && typeof name === 'string' && Object.keys(value).length === 1) found.push({ path, name })
  for (const [key, item] of Object.entries(value))
    collect(item, called === undefined ? pathTo(path, key) : path, isCondition, found)
}
