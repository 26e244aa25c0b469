import { isJsonObject, type JsonObject } from '../platform/json.ts'
import { nearest } from '../platform/nearest-name.ts'
import { failOnNames } from './resource-behaviour.ts'
import { OWN_TYPE } from './resource-values.ts'

interface DefinedResource {
  readonly type: string
  readonly metadata: JsonObject
}

/**
 * What a template wants of a resource in an embedded cloud, such as a failure: in `Properties` of a Sandbox::Resource, or in
 * `Metadata: {Sandbox: …}` of any other type.
 */
export function settingsOf({ type, metadata }: DefinedResource, properties: JsonObject): JsonObject {
  return type === OWN_TYPE ? properties : settingsInMetadata(metadata)
}

export function settingsInMetadata({ Sandbox: settings }: JsonObject): JsonObject {
  return settings !== undefined && isJsonObject(settings) ? settings : {}
}

/** The settings of all embedded clouds. */
const COMMON = ['DelaySeconds', 'FailOn', 'Message', 'Drift']
const OPERATIONS = ['create', 'update', 'delete', 'rollback', 'update-rollback']
/** Of a Sandbox::Resource, whose other properties are its attributes, only what is as near as this is a misspelt setting. */
const NEAR = 1
const SHORTEST_NEAR = 5

/**
 * The problem with the settings of a resource; `undefined` if there is none. A wrong setting would have no effect, and
 * the user would not see why. `more`: names of settings that only this cloud has.
 */
export function settingProblem(
  { type, metadata }: DefinedResource,
  properties: JsonObject,
  more: readonly string[],
): string | undefined {
  const names = [...COMMON, ...more]
  const isOwn = type === OWN_TYPE
  const place = isOwn ? 'Properties' : 'Metadata.Sandbox'
  const settings = settingsOf({ type, metadata }, properties)
  for (const name of Object.keys(settings)) {
    if (names.includes(name)) continue
    const meant = isOwn ? nearest(name, names, NEAR) : nearest(name, names)
    if (!isOwn || (meant !== undefined && name.length >= SHORTEST_NEAR))
      return `the sandbox has no ${place}.${name}${hint(meant)}`
  }
  const wrong = failOnNames(settings).find((operation) => !OPERATIONS.includes(operation))
  return wrong === undefined
    ? undefined
    : `the sandbox has no operation ${wrong} of ${place}.FailOn${hint(nearest(wrong, OPERATIONS))}`
}

function hint(meant: string | undefined): string {
  return meant === undefined ? '' : `; did you mean ${meant}?`
}
