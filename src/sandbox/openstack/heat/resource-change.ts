import { asText, isJsonObject, type JsonObject, type JsonValue } from '../../../platform/json.ts'
import type { ResourceType } from '../../../resource-types/resource-types.ts'
import { changedProperties } from '../../changed-properties.ts'
import { schemaOf } from './resource-types.ts'
import { isKnownType, isPluginType } from './resource-values.ts'
import { isDeleted, type SandboxHeatResource, type SandboxHeatStack } from './stack.ts'
import type { ResourceDefinition } from './template.ts'

/** What an update does to a resource. */
export type ResourceChange =
  | { readonly kind: 'none' | 'in-place' }
  | { readonly kind: 'refused'; readonly reason: string }
  /** `statusReason`: that of the old resource, on which an update has started; without one Heat replaces at once. */
  | { readonly kind: 'replace'; readonly statusReason: string | undefined }

const AT_ONCE: ResourceChange = { kind: 'replace', statusReason: undefined }

/**
 * As a Heat of release 19 decides: `_needs_update` and `update_template_diff_properties` of heat/engine/resource.py, with what
 * types override. Of a nested stack it always updates the stack.
 */
export function changeOf(
  stack: Pick<SandboxHeatStack, 'id' | 'name'>,
  resource: SandboxHeatResource,
  { mapped, metadata }: Pick<ResourceDefinition, 'mapped' | 'metadata'>,
  properties: JsonObject,
): ResourceChange {
  if (classOf(resource.mapped) !== classOf(mapped)) return AT_ONCE
  const statusReason = `The Resource ${resource.name} requires replacement.`
  const isSame =
    JSON.stringify([resource.properties, resource.metadata]) === JSON.stringify([properties, metadata])
  if (resource.nested !== undefined) {
    if (isDeleted(resource.nested)) return { kind: 'replace', statusReason }
  } else {
    if (mapped === 'OS::Heat::None') return { kind: 'none' }
    if (isReplacedAsFailed(resource) || properties['replacement_policy'] === 'REPLACE_ALWAYS') return AT_ONCE
    if (isSame) return { kind: resource.failed ? 'in-place' : 'none' }
  }
  const schema = schemaOf(mapped)
  const changed = changedProperties(translated(resource.properties, schema), translated(properties, schema))
  const immutable = changed.filter((name) => schema?.immutable.has(name)).sort()
  if (immutable.length > 0)
    return {
      kind: 'refused',
      reason: `Update to properties ${immutable.join(', ')} of ${resource.name} (${mapped}) is not supported.`,
    }
  if (isReplacedByOwnRule(resource, properties, changed, metadata)) {
    const { name, physicalId } = resource
    const itself = `${mapped.split('::').at(-1) ?? ''} "${name}" [${physicalId}] Stack "${stack.name}" [${stack.id}]`
    return { kind: 'replace', statusReason: `The Resource ${itself} requires replacement.` }
  }
  return changed.some((name) => schema?.replacing.has(name))
    ? { kind: 'replace', statusReason }
    : { kind: 'in-place' }
}

/** All templates are of one class. */
function classOf(mapped: string): string {
  return isKnownType(mapped) || isPluginType(mapped) ? mapped : 'TemplateResource'
}

/** `needs_replace_failed`: these types ask the service whether the resource is in order. Here it is, once it was made. */
const ASKS_ITS_SERVICE = /^OS::(?:Neutron::.+|Nova::Server(?:Group)?|Cinder::Volume|Mistral::Workflow)$/

function isReplacedAsFailed({ failed, mapped, status }: SandboxHeatResource): boolean {
  if (!failed) return false
  return !ASKS_ITS_SERVICE.test(mapped) || status === 'CREATE_FAILED' || status === 'CHECK_FAILED'
}

/** `needs_replace_with_prop_diff` and `needs_replace_with_tmpl_diff` of the types that have them. */
function isReplacedByOwnRule(
  { mapped, properties: before, metadata: metadataBefore }: SandboxHeatResource,
  properties: JsonObject,
  changed: readonly string[],
  metadata: JsonObject,
): boolean {
  const given = (name: string): JsonValue => properties[name] ?? null
  switch (mapped) {
    case 'OS::Nova::Server':
      return (['flavor', 'image', 'user_data'] as const).some((name) => {
        const policy = properties[`${name}_update_policy`] ?? DEFAULT_POLICIES[name]
        return changed.includes(name) && policy === 'REPLACE'
      })
    case 'AWS::EC2::EIPAssociation':
      return (
        ['AllocationId', 'EIP'].some((name) => changed.includes(name)) &&
        ['InstanceId', 'NetworkInterfaceId'].some((name) => changed.includes(name) && given(name) !== null)
      )
    case 'OS::Heat::Stack':
      return regionOf(before) !== regionOf(properties)
    case 'OS::Heat::TestResource':
      return changed.includes('value') && asText(given('update_replace') ?? '').toLowerCase() === 'true'
    case 'AWS::AutoScaling::LaunchConfiguration':
      return JSON.stringify(metadataBefore) !== JSON.stringify(metadata)
    default:
      return false
  }
}

/** Of OS::Nova::Server. */
const DEFAULT_POLICIES = { flavor: 'RESIZE', image: 'REBUILD', user_data: 'REPLACE' } as const

function regionOf({ context = null }: JsonObject): string {
  return asText(isJsonObject(context) ? (context['region_name'] ?? '') : '')
}

/** With deprecated names such as `network_id` translated into `network`. */
function translated(properties: JsonObject, schema: ResourceType | undefined): JsonObject {
  const isName = (name: string): boolean => schema?.properties.includes(name) ?? false
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => {
      const newer = name.replace(/_id$/, '')
      return [isName(newer) ? newer : name, value]
    }),
  )
}
