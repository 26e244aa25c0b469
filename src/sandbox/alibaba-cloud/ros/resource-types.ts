import { asText, isJsonObject, type JsonObject } from '../../../platform/json.ts'
import { resourceBehaviour, type ResourceBehaviour } from '../../resource-behaviour.ts'
import type { ResourceDefinition } from './template.ts'

/** The name of a resource that must be unique in the whole cloud. */
export function exclusiveName(type: string, properties: JsonObject): string | undefined {
  const name = properties['BucketName']
  return type === 'ALIYUN::OSS::Bucket' && name !== undefined ? asText(name) : undefined
}

/** The behaviour that `Properties` of a Sandbox::Resource ask for, or `Metadata: {Sandbox: …}` of any other type. */
export function behaviourOf(
  { type, metadata }: Pick<ResourceDefinition, 'type' | 'metadata'>,
  properties: JsonObject,
): ResourceBehaviour {
  const given = type === 'Sandbox::Resource' ? properties : metadata['Sandbox']
  return resourceBehaviour(given !== undefined && isJsonObject(given) ? given : {})
}
