import { asText } from '../../../platform/json.ts'
import { OWN_TYPE, resourceValues, type ResourceContext } from '../../resource-values.ts'
import { characters, type PatternScope } from '../../value-pattern.ts'
import { RETURN_VALUES, type ReturnValues } from './return-values.ts'

/** Any type that `RETURN_VALUES` does not have. */
const UNKNOWN: ReturnValues = { ref: '{name}' }

function returnValues(type: string): ReturnValues {
  return RETURN_VALUES.get(type) ?? UNKNOWN
}

/** Whether the values of the type have the form that Alibaba Cloud documents. */
export function isKnownType(type: string): boolean {
  return type === OWN_TYPE || RETURN_VALUES.has(type)
}

/** Properties are attributes of any type that the table does not have, too. */
export const { physicalIdOf, attributesOf, inventedAttributeOf } = resourceValues({
  formsOf: returnValues,
  hasPropertiesAsAttributes: (type) => returnValues(type) === UNKNOWN,
  scope: patternScope,
})

const LOWER = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** The host name and the port of a database of RDS by its engine; the last one for any other. */
const DATABASES: readonly (readonly [engine: RegExp, host: string, port: string])[] = [
  [/^postgresql$/i, 'pg', '5432'],
  [/^sqlserver$/i, 'sqlserver', '1433'],
  [/^mariadb$/i, 'mariadb', '3306'],
  [/^/, 'mysql', '3306'],
]

function patternScope(resourceContext: ResourceContext, ref: string): PatternScope {
  const { type, properties, accountId, region, stackName, logicalId, seed } = resourceContext
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
