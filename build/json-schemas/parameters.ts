import type { GenericSchema } from 'valibot'
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/platform/json.ts'
import { rosProperties } from '../../src/providers/alibaba-cloud/ros/properties.ts'
import { rosDescriptions } from '../../src/providers/alibaba-cloud/ros/property-descriptions.ts'
import { awsProperties } from '../../src/providers/aws/cloudformation/properties.ts'
import { awsDescriptions } from '../../src/providers/aws/cloudformation/property-descriptions.ts'
import { heatProperties } from '../../src/providers/openstack/heat/properties.ts'
import { heatDescriptions } from '../../src/providers/openstack/heat/property-descriptions.ts'
import { aosStackProperties } from '../../src/providers/huawei-cloud/aos-stack/properties.ts'
import { aosStackDescriptions } from '../../src/providers/huawei-cloud/aos-stack/property-descriptions.ts'
import { stackInstancesProperties } from '../../src/providers/huawei-cloud/rfs-stack-instances/properties.ts'
import { stackInstancesDescriptions } from '../../src/providers/huawei-cloud/rfs-stack-instances/property-descriptions.ts'
import { stackSetProperties } from '../../src/providers/huawei-cloud/rfs-stack-set/properties.ts'
import { stackSetDescriptions } from '../../src/providers/huawei-cloud/rfs-stack-set/property-descriptions.ts'
import { rfsStackProperties } from '../../src/providers/huawei-cloud/rfs-stack/properties.ts'
import { rfsStackDescriptions } from '../../src/providers/huawei-cloud/rfs-stack/property-descriptions.ts'
import { GENERIC_TYPE, servedProviders } from '../../src/providers/registry.ts'
import { converted, DRAFT } from './convert.ts'
import { propertiesOf } from './json-maps.ts'

interface Documented {
  readonly schema: GenericSchema
  readonly descriptions: Descriptions
}

interface Descriptions {
  readonly [name: string]: string | { readonly description: string; readonly properties: Descriptions }
}

/** The key is the value of `Provider` in a template. */
const PROPERTIES: Readonly<Record<string, Documented>> = {
  AwsCloudFormation: { schema: awsProperties, descriptions: awsDescriptions },
  Heat: { schema: heatProperties, descriptions: heatDescriptions },
  HuaweiRfsStack: { schema: rfsStackProperties, descriptions: rfsStackDescriptions },
  HuaweiRfsStackSet: { schema: stackSetProperties, descriptions: stackSetDescriptions },
  HuaweiRfsStackInstances: { schema: stackInstancesProperties, descriptions: stackInstancesDescriptions },
  HuaweiAosStack: { schema: aosStackProperties, descriptions: aosStackDescriptions },
  AliyunRos: { schema: rosProperties, descriptions: rosDescriptions },
}

export interface ProviderSchema {
  readonly name: string
  readonly resourceTypes: readonly string[]
  readonly parameters: JsonObject
}

/** One for each provider in the registry. Throws for a provider without an entry in `PROPERTIES`. */
export function providerSchemas(): readonly ProviderSchema[] {
  return servedProviders.map(({ name, resourceTypes }) => ({
    name,
    resourceTypes,
    parameters: parametersSchema(name),
  }))
}

function parametersSchema(name: string): JsonObject {
  const documented = PROPERTIES[name]
  if (documented === undefined)
    throw new Error(`The provider ${name} has no entry in PROPERTIES: its JSON Schema would be missing`)
  return described(converted(documented.schema), documented.descriptions)
}

function described(schema: JsonObject, descriptions: Descriptions): JsonObject {
  const properties = Object.entries(propertiesOf(schema)).map(([name, property]): [string, JsonValue] => {
    const text = descriptions[name]
    if (text === undefined || !isJsonObject(property))
      throw new Error(`The property ${name} is not described`)
    return typeof text === 'string'
      ? [name, { description: text, ...property }]
      : [name, { description: text.description, ...described(property, text.properties) }]
  })
  return { ...schema, properties: Object.fromEntries(properties) }
}

export function parametersFile({ name, resourceTypes, parameters }: ProviderSchema): JsonObject {
  return {
    $schema: DRAFT,
    title: `The Parameters of ${resourceTypes.join(' and ')}`,
    description: `Also those of ${GENERIC_TYPE} with Provider: ${name}. An event has them as its ResourceProperties.`,
    ...parameters,
  }
}
