import { ownValue } from '../../../platform/own-value.ts'
import { stringify } from 'yaml'
import { asText, isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../../platform/json.ts'
import { inventedAttribute } from '../../invented-attribute.ts'
import { characters, fill, type PatternScope } from '../../value-pattern.ts'
import { ATTRIBUTE_FORMS } from './attribute-forms.ts'
import { TYPE_ATTRIBUTES } from './type-attributes.ts'

/** What the values of a resource are made from. */
export interface ResourceContext {
  readonly type: string
  readonly name: string
  readonly properties: JsonObject
  readonly stackName: string
  readonly project: string
  /** Resources with different seeds have different ids. */
  readonly seed: string
}

export interface ResourceValues {
  readonly physicalId: string
  readonly reference: JsonValue
  readonly attributes: ReadonlyMap<string, JsonValue>
}

/** Types whose attributes depend on what they are given. Any attribute of another type that Heat does not have is an error. */
const ANY_ATTRIBUTE = /^OS::Heat::(?:None|Stack|(?:Software|Structured)Deployment(?:s|Group)?)$/

const SERVICES = new Set(Object.keys(TYPE_ATTRIBUTES).map(serviceOf))

/** `OS::Nova` of `OS::Nova::Server`. */
function serviceOf(type: string): string {
  return type.split('::', 2).join('::')
}

export function isKnownType(type: string): boolean {
  return Object.hasOwn(TYPE_ATTRIBUTES, type)
}

/** A type of a plug-in: of a service that Heat itself has no types of. */
export function isPluginType(type: string): boolean {
  return /^OS::\w+(?:::\w+)+$/.test(type) && !SERVICES.has(serviceOf(type))
}

export function hasAttribute(type: string, attribute: string): boolean {
  return (
    !isKnownType(type) ||
    ANY_ATTRIBUTE.test(type) ||
    attribute === 'show' ||
    attributesWithKinds(type).some(([name]) => name === attribute)
  )
}

export function valuesOf(resourceContext: ResourceContext): ResourceValues {
  const { type } = resourceContext
  const forms = ATTRIBUTE_FORMS.get(type)
  const physicalId = asText(fill(forms?.id ?? '{uuid}', patternScope(resourceContext, '')))
  const scope = patternScope(resourceContext, physicalId)
  const attributes = attributesWithKinds(type).map(([name, kind]): [string, JsonValue] => {
    const form = forms?.attributes?.[name]
    const value = form === undefined ? otherValue(name, kind, scope) : fill(form, scope)
    return [name, value === '' ? emptyOf(kind) : value]
  })
  return {
    physicalId,
    reference: fill(forms?.reference ?? '{ref}', scope),
    attributes: new Map([...attributes, ['show', { ...Object.fromEntries(attributes), id: physicalId }]]),
  }
}

/** A value for an attribute that is in no table. */
export function inventedAttributeOf(
  resourceContext: ResourceContext,
  physicalId: string,
  attribute: string,
): JsonValue {
  return resourceContext.type === 'OS::Heat::None'
    ? null
    : inventedAttribute(attribute, patternScope(resourceContext, physicalId))
}

/** Many attributes repeat a property. */
function otherValue(name: string, kind: string, scope: PatternScope): JsonValue {
  const property = ownValue(scope.properties, name)
  if (property !== undefined) return property
  return kind === '' ? inventedAttribute(name, scope) : emptyOf(kind)
}

function emptyOf(kind: string): JsonValue {
  switch (kind) {
    case 'map':
      return {}
    case 'list':
      return []
    case 'boolean':
      return false
    case 'number':
      return 0
    default:
      return ''
  }
}

function attributesWithKinds(type: string): [name: string, kind: string][] {
  const written = Object.hasOwn(TYPE_ATTRIBUTES, type) ? (TYPE_ATTRIBUTES[type] ?? '') : ''
  return written
    .split(' ')
    .filter((one) => one !== '')
    .map((one) => {
      const [name = '', kind = ''] = one.split(':')
      return [name, kind]
    })
}

/** As Heat writes the short id of a resource: heat/common/short_id.py. */
export function shortId(seed: string): string {
  return characters(BASE32, 12, seed)
}

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'
const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
/** heat/engine/resources/openstack/heat/random_string.py */
const RANDOM_LENGTH = { byDefault: '32', most: 512 } as const

function patternScope(
  { name, properties, stackName, project, seed }: ResourceContext,
  ref: string,
): PatternScope {
  const madeName = `${stackName}-${name}-${shortId(seed)}`
  const given = (property: string, otherwise: string): string => asText(properties[property] ?? otherwise)
  const networks = properties['networks'] ?? []
  const [network = {}] = isJsonList(networks) ? networks : []
  const networkName = isJsonObject(network) ? (network['network'] ?? network['uuid'] ?? 'private') : 'private'
  const length = Math.max(1, Number(given('length', RANDOM_LENGTH.byDefault)) || 1)
  const savesKey = ['true', 'True', '1'].includes(given('save_private_key', 'false'))
  return {
    seed,
    properties,
    names: {
      ref,
      madeName,
      name: given('name', madeName),
      id: ref,
      arn: ref,
      project,
      value: properties['value'] ?? null,
      networkName,
      firstHosts: given('cidr', '192.0.2.0/24').split('.').slice(0, 3).join('.'),
      cloudConfig: `#cloud-config\n${stringify(properties['cloud_config'] ?? {})}`,
      privateKey: savesKey ? 'sandbox-private-key-of-no-value' : '',
      randomText: characters(LETTERS_AND_DIGITS, Math.min(length, RANDOM_LENGTH.most), seed),
    },
  }
}
