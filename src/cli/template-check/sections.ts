import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../platform/json.ts'

/** A resource of a template of CloudFormation or ROS. */
export interface Resource {
  readonly name: string
  readonly path: string
  readonly type: string
  readonly definition: JsonObject
}

/** The entries of a section; none where the section is absent or no map. */
export function entriesOf(section: JsonValue | undefined): [string, JsonValue][] {
  return section !== undefined && isJsonObject(section) ? Object.entries(section) : []
}

/** The texts of a list, or the one text. */
export function namesIn(value: JsonValue | undefined): string[] {
  if (value === undefined) return []
  return (isJsonList(value) ? value : [value]).filter((one) => typeof one === 'string')
}
