import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../platform/json.ts'
import { asRosFunction } from '../validate/ros-functions.ts'
import { error, pathTo, type Finding } from '../validate/finding.ts'
import { entriesOf } from './sections.ts'
import type { Spelling } from './spelling.ts'

/** Finds calls of `Fn::FindInMap` that name a map, or a key of its first level, that `Mappings` does not have. */
export function mappingFindings(document: JsonObject, spelling: Spelling): Finding[] {
  const maps = new Map(entriesOf(document['Mappings']))
  if ([...maps.keys()].some((name) => name.startsWith('Fn::'))) return []
  const findings: Finding[] = []
  const visit = (value: JsonValue, path: string): void => {
    if (isJsonList(value)) for (const [index, item] of value.entries()) visit(item, pathTo(path, index))
    if (!isJsonObject(value)) return
    const called = asRosFunction(value)
    const problem =
      called?.name === 'Fn::FindInMap' ? problemWith(called.argument, maps, spelling) : undefined
    if (problem !== undefined) findings.push(error(path, problem))
    for (const [name, item] of Object.entries(value))
      visit(item, called === undefined ? pathTo(path, name) : path)
  }
  for (const section of ['Resources', 'Outputs', 'Conditions', 'Locals'])
    visit(document[section] ?? null, section)
  return findings
}

/** A fourth part is a default. */
function problemWith(
  argument: JsonValue,
  maps: ReadonlyMap<string, JsonValue>,
  spelling: Spelling,
): string | undefined {
  const [name, key, , byDefault] = isJsonList(argument) ? argument : []
  if (typeof name !== 'string' || byDefault !== undefined) return undefined
  const map = maps.get(name)
  if (map === undefined) return `finds no map ${name} in Mappings${spelling.hint(name, [...maps.keys()])}`
  if (typeof key !== 'string' || !isJsonObject(map)) return undefined
  const keys = Object.keys(map)
  const isComputed = keys.some((one) => one.startsWith('Fn::'))
  return keys.includes(key) || isComputed
    ? undefined
    : `finds no ${key} in the map ${name}${spelling.hint(key, keys)}`
}
