import { RESOURCE_TYPE_LIST } from '../../../resource-types/heat-list.ts'
import { ResourceTypes, type ResourceType } from '../../../resource-types/resource-types.ts'

const TYPES = new ResourceTypes(RESOURCE_TYPE_LIST)

/** `undefined`: a type of a plug-in, or a template. */
export function schemaOf(type: string): ResourceType | undefined {
  return TYPES.get(type)
}
