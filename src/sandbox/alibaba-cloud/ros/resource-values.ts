import { asText, type JsonObject, type JsonValue } from '../../../platform/json.ts'
import { inventedAttribute } from '../../invented-attribute.ts'
import { characters, fill, type PatternScope } from '../../value-pattern.ts'
import { RETURN_VALUES, type ReturnValues } from './return-values.ts'

/** What the values of a resource are made from. */
export interface Making {
  readonly type: string
  readonly properties: JsonObject
  readonly accountId: string
  readonly region: string
  readonly stackName: string
  readonly logicalId: string
  /** Resources with different seeds have different ids. */
  readonly seed: string
}

const OWN_TYPE = 'Sandbox::Resource'
/** Any type that `RETURN_VALUES` does not have. */
const UNKNOWN: ReturnValues = { ref: '{name}' }

function returnValues(type: string): ReturnValues {
  return RETURN_VALUES.get(type) ?? UNKNOWN
}

/** Whether the values of the type have the form that Alibaba Cloud documents. */
export function isKnownType(type: string): boolean {
  return type === OWN_TYPE || RETURN_VALUES.has(type)
}

/** The same for the same seed and names. */
export function physicalIdOf(making: Making): string {
  return asText(fill(returnValues(making.type).ref, patternScope(making, '')))
}

/** Properties are attributes of any type that the table does not have, too. */
export function attributesOf(making: Making, physicalId: string): ReadonlyMap<string, JsonValue> {
  const scope = patternScope(making, physicalId)
  const values = returnValues(making.type)
  const own = values === UNKNOWN ? Object.entries(making.properties) : []
  const forms = Object.entries(values.attributes ?? {})
  return new Map([...own, ...forms.map(([name, form]): [string, JsonValue] => [name, fill(form, scope)])])
}

/** A value for an attribute that the table does not have. `undefined`: the sandbox's own type has no others. */
export function inventedAttributeOf(
  making: Making,
  physicalId: string,
  attribute: string,
): JsonValue | undefined {
  return making.type === OWN_TYPE ? undefined : inventedAttribute(attribute, patternScope(making, physicalId))
}

const LOWER = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** The host name and the port of a database of RDS by its engine; the last one for any other. */
const DATABASES: readonly (readonly [engine: RegExp, host: string, port: string])[] = [
  [/^postgresql$/i, 'pg', '5432'],
  [/^sqlserver$/i, 'sqlserver', '1433'],
  [/^mariadb$/i, 'mariadb', '3306'],
  [/^/, 'mysql', '3306'],
]

function patternScope(making: Making, ref: string): PatternScope {
  const { type, properties, accountId, region, stackName, logicalId, seed } = making
  const name = `${stackName}-${logicalId}-${characters(LOWER, 12, seed)}`
  const service = (type.split('::')[1] ?? 'any').toLowerCase()
  const engine = asText(properties['Engine'] ?? '')
  const [, databaseHost = '', databasePort = ''] = DATABASES.find(([engines]) => engines.test(engine)) ?? []
  return {
    seed,
    properties,
    names: {
      ref,
      'ref:lower': ref.toLowerCase(),
      name,
      'name:lower': name.toLowerCase(),
      id: ref,
      arn: `acs:${service}:${region}:${accountId}:${ref}`,
      account: accountId,
      region,
      databaseHost,
      databasePort,
    },
  }
}
