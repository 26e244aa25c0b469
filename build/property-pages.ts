import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { JsonObject } from '../src/platform/json.ts'
import { root } from './bundle.ts'
import {
  bridgeDescriptions,
  driftPolicyDescriptions,
  planPolicyDescriptions,
} from '../src/providers/properties/property-descriptions.ts'
import { mapOf, mapValues, propertiesOf, without } from './json-schemas/json-maps.ts'
import { documentedProperties, type DocumentedProperties } from './json-schemas/parameters.ts'
import { formatted, propertyList, withBlocks } from './property-lists.ts'

/**
 * The pages of properties. `docs/properties.md` has those that all resource types have with the same meaning, and
 * `docs/providers` the others: each property of a resource type is on one of its pages, once.
 */

/** The properties that `docs/properties.md` describes, by the sections of that page. */
const COMMON = {
  request: ['Provider', 'Timeout', 'OnTimeout', 'Revision'],
  outputs: ['Outputs', 'SecretOutputs', 'StoredOutputs'],
  stack: ['Mode', 'StackId', 'OnBusy', 'OnExisting', 'TakeOverFrom', 'OnDelete'],
  update: ['RefuseReplacement', 'RefuseRemoval', 'OnDrift'],
} as const

/** Of the others, those that say what the bridge does, and not what is asked of the cloud. */
const BEHAVIOUR = new Set([
  'OnTimeout',
  'OnDeleteFailed',
  'SecretParameters',
  'ContinueRollback',
  'RetainAllResources',
  'OwnerLabels',
  'MaxDepth',
])

/** Of the others, those that say where the stack is and with which credentials it is reached. */
const CONNECTION = new Set([
  'AccessKeyId',
  'AccessKeySecret',
  'SecurityToken',
  'RegionId',
  'AssumeRole',
  'UseDualstackEndpoint',
  'UseFipsEndpoint',
  'Endpoint',
  'StsEndpoint',
  'Auth',
  'AuthType',
  'Region',
  'RegionName',
  'Interface',
  'CACert',
  'Insecure',
])

/** Where a page refers to another one of the same vendor for properties that are the same there. */
const SHOWN_ON_OTHER_PAGES: Readonly<Record<string, readonly string[]>> = {
  'huawei-cloud/rfs-stack-set': ['Auth', 'AssumeRole', 'Region', 'Endpoint', 'CACert', 'CallIdentity'],
  'huawei-cloud/rfs-stack-instances': ['Auth', 'AssumeRole', 'Region', 'Endpoint', 'CACert'],
  'huawei-cloud/aos-stack': ['Auth', 'AssumeRole', 'Region', 'Endpoint', 'CACert'],
}

/** Maps whose inner properties another page of the same vendor lists. */
const INNER_SHOWN_ON_OTHER_PAGES: Readonly<Record<string, readonly string[]>> = {
  'huawei-cloud/rfs-stack-set': ['OperationPreferences'],
}

/** The template of which a page shows the resource, within `examples/templates`, and the options with which it is run. */
const EXAMPLES: Readonly<Record<string, string>> = {
  'aws/cloudformation': 'aws/cloudformation/s3-bucket.yml --parameter BucketName=bucket-by-ros',
  'openstack/heat': 'openstack/heat/network.yml',
  'huawei-cloud/rfs-stack': 'huawei-cloud/rfs-stack/vpc.yml',
  'huawei-cloud/rfs-stack-set': 'huawei-cloud/rfs-stack-set/two-accounts.yml',
  'huawei-cloud/rfs-stack-instances': 'huawei-cloud/rfs-stack-set/two-accounts.yml',
  'huawei-cloud/aos-stack': 'huawei-cloud/aos-stack/application.yml',
  'alibaba-cloud/ros': 'alibaba-cloud/ros/bucket.yml --parameter BucketName=bucket-by-ros',
}

/** Path of a page within `docs/` to its text. A service without a page has none here: a test asks for it. */
export async function propertyPages(): Promise<ReadonlyMap<string, string>> {
  const services = await documentedProperties()
  const pages = services
    .map((service) => ({ service, path: join('providers', `${service.folder}.md`) }))
    .filter(({ path }) => existsSync(join(root, 'docs', path)))
  return new Map([
    ['properties.md', await commonPage(services)],
    ...(await Promise.all(
      pages.map(async ({ service, path }): Promise<[string, string]> => {
        const page = await readFile(join(root, 'docs', path), 'utf8')
        const blocks = new Map([...blocksOf(service), ['example', await exampleOf(service)]])
        return [path, await formatted(withBlocks(page, blocks))]
      }),
    )),
  ])
}

/** The resource of this type in its template, and how to run that template. */
async function exampleOf({ folder, resourceTypes: [type] }: DocumentedProperties): Promise<string> {
  const example = EXAMPLES[folder]
  if (example === undefined) throw new Error(`No template shows ${folder}`)
  const [path = ''] = `examples/templates/${example}`.split(' ')
  const [, resources = ''] = (await readFile(join(root, path), 'utf8')).split(/^Resources:\n/m)
  const resource = resources.split(/^(?= {0,2}\S)/m).find((text) => text.includes(`    Type: ${type}\n`))
  if (resource === undefined) throw new Error(`${path} has no ${type}`)
  return `\`\`\`yaml
Resources:
${resource.trimEnd()}
\`\`\`

The whole template is [${basename(path)}](${'../'.repeat(folder.split('/').length + 1)}${path}). To run it without an
account:

\`\`\`sh
node dist/cli.mjs up --sandbox examples/templates/${example}
\`\`\``
}

/** The property lists of one service's page, by the name of their block. */
export function blocksOf({ folder, properties }: DocumentedProperties): ReadonlyMap<string, string> {
  const schema = withoutInner(properties, INNER_SHOWN_ON_OTHER_PAGES[folder] ?? [])
  const own = Object.keys(propertiesOf(schema)).filter(
    (name) => !isCommon(name, properties) && SHOWN_ON_OTHER_PAGES[folder]?.includes(name) !== true,
  )
  const lists = {
    connection: own.filter((name) => CONNECTION.has(name)),
    stack: own.filter((name) => !CONNECTION.has(name) && !BEHAVIOUR.has(name)),
    behaviour: own.filter((name) => BEHAVIOUR.has(name)),
  }
  return new Map(
    Object.entries(lists)
      .filter(([, names]) => names.length > 0)
      .map(([block, names]) => [block, propertyList(schema, names)]),
  )
}

const COMMON_TEXTS: Readonly<Record<string, unknown>> = {
  ...bridgeDescriptions,
  ...planPolicyDescriptions,
  ...driftPolicyDescriptions,
}

/** Whether `docs/properties.md` says all of this property. A service may give one of them another meaning. */
function isCommon(name: string, properties: JsonObject): boolean {
  const text = COMMON_TEXTS[name]
  if (text === undefined) return false
  return typeof text !== 'string' || text === mapOf(propertiesOf(properties)[name])['description']
}

/** The schema, with these maps as if they had no fixed names. */
function withoutInner(schema: JsonObject, names: readonly string[]): JsonObject {
  const properties = mapValues(propertiesOf(schema), (property, name) =>
    names.includes(name) ? without(mapOf(property), 'properties') : property,
  )
  return { ...schema, properties }
}

/** The list of a section's properties, each as the first service has it that has it with the common meaning. */
function commonList(services: readonly DocumentedProperties[], names: readonly string[]): string {
  return names
    .map((name) => {
      const service = servicesWith(services, name).find(({ properties }) => isCommon(name, properties))
      if (service === undefined) throw new Error(`No service has ${name} with the common meaning`)
      return propertyList(service.properties, [name])
    })
    .join('\n')
}

function servicesWith(
  services: readonly DocumentedProperties[],
  name: string,
): readonly DocumentedProperties[] {
  return services.filter(({ properties }) => name in propertiesOf(properties))
}

/** The resource types that have a property, as the end of a sentence. */
function typesWith(services: readonly DocumentedProperties[], name: string): string {
  const types = servicesWith(services, name).map(({ resourceTypes: [type] }) => `\`${type}\``)
  return `${types.slice(0, -1).join(', ')} and ${types.at(-1) ?? ''}`
}

/** `docs/properties.md`, formatted as the rest of the documents. */
function commonPage(services: readonly DocumentedProperties[]): Promise<string> {
  return formatted(`# Properties of all resource types

English | [简体中文](zh-CN/properties.md)

\`npm run schemas\` writes this page from \`src/providers/properties\`; edit those files instead. The properties stand in
the \`Parameters\` of the custom resource:

\`\`\`yaml
Network:
  Type: Custom::HeatStack
  Properties:
    ServiceToken: acs:fc:cn-hangzhou:1234567890123456:functions/stackbridge
    Timeout: 1800
    Parameters:
      Timeout: 1800
      Outputs: [network_id]
      Stack: { Name: network, Template: file://network.yml }
\`\`\`

Each resource type has further ones: its connection, its stack, and what the bridge does about a failed deletion and about
secret parameters. Their names and limits are those of the cloud's own API. They are on the page of the resource type:

${services.map(({ resourceTypes: [type], folder }) => `- [\`${type}\`](providers/${folder}.md)`).join('\n')}

A property that no list has is refused, with the name that was probably meant. What is marked as required is required
unless \`Mode\` is \`read-only\`. An optional property may be empty or null:
it counts as not given. Numbers and true or false may also be text, as they are when they come from a ROS parameter.
Editors complete and check all properties with the [JSON Schemas](schemas.md).

## Of the request

${commonList(services, COMMON.request)}

## Outputs

${commonList(services, COMMON.outputs)}

More: [stored outputs](security.md#stored-outputs). An answer to ROS has at most 4,096 bytes. Outputs that do not fit are left out
whole, and the output \`OmittedOutputs\` names them.

## Which stack, and who owns it

${commonList(services, COMMON.stack)}

More: [read a stack, keep a stack](read-and-retain.md); [take a stack over, move a stack](take-over.md).

## Before an Update

${commonList(services, COMMON.update)}

\`RefuseReplacement\` and \`RefuseRemoval\` are properties of ${typesWith(services, 'RefuseReplacement')}: see
[plan](plan.md#refuse-an-update-by-its-plan). \`OnDrift\` is a property of ${typesWith(services, 'OnDrift')}: see
[drift](drift.md#ondrift-what-an-update-does-about-drift).
`)
}
