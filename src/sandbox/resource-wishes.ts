import { isJsonObject, type JsonObject } from '../platform/json.ts'
import { OWN_TYPE } from './resource-values.ts'

interface DefinedResource {
  readonly type: string
  readonly metadata: JsonObject
}

/**
 * What a template wants of a resource in an embedded cloud, such as a failure: in `Properties` of a Sandbox::Resource, or in
 * `Metadata: {Sandbox: …}` of any other type.
 */
export function wishesOf({ type, metadata }: DefinedResource, properties: JsonObject): JsonObject {
  return type === OWN_TYPE ? properties : wishesInMetadata(metadata)
}

export function wishesInMetadata({ Sandbox: wishes }: JsonObject): JsonObject {
  return wishes !== undefined && isJsonObject(wishes) ? wishes : {}
}
