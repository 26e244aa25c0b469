import { asText, type JsonObject } from '../../../platform/json.ts'
import { OWN_TYPE, resourceValues, type ResourceContext } from '../../resource-values.ts'
import { characters, type PatternScope } from '../../value-pattern.ts'
import { partitionOf } from '../partition.ts'
import { RETURN_VALUES, type ReturnValues } from './return-values.ts'

/** The sandbox's own type. Its properties are attributes, too. */
const OWN: ReturnValues = {
  ref: '{name}',
  attributes: { Arn: 'arn:{partition}:sandbox:{region}:{account}:{name}' },
}
/** Any type that `RETURN_VALUES` does not have. */
const UNKNOWN: ReturnValues = { nameFrom: 'Name', ref: '{name}' }

function returnValues(type: string): ReturnValues {
  return type === OWN_TYPE ? OWN : (RETURN_VALUES.get(type) ?? UNKNOWN)
}

/** Whether the values of the type have the form that AWS documents. */
export function isKnownType(type: string): boolean {
  return returnValues(type) !== UNKNOWN
}

/** The name that the properties give the resource; `undefined`: CloudFormation makes one up. */
export function givenName(type: string, properties: JsonObject): string | undefined {
  const name = properties[returnValues(type).nameFrom ?? '']
  return typeof name === 'string' ? name : undefined
}

export const { physicalIdOf, attributesOf, inventedAttributeOf } = resourceValues({
  formsOf: returnValues,
  hasPropertiesAsAttributes: (type) => type === OWN_TYPE,
  scope: patternScope,
})

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const HEX = '0123456789abcdef'

/** The default port of a database of RDS, by its engine's name; the last one for any other. */
const DATABASE_PORTS: readonly (readonly [engine: RegExp, port: string])[] = [
  [/postgres/, '5432'],
  [/oracle/, '1521'],
  [/sqlserver/, '1433'],
  [/^db2/, '50000'],
  [/^/, '3306'],
]

/** How an ARN names a load balancer's type; `app` for any other. */
const BALANCER_KINDS: Readonly<Record<string, string>> = { network: 'net', gateway: 'gwy' }

function patternScope(resourceContext: ResourceContext, ref: string): PatternScope {
  const { type, properties, accountId, region, stackName, logicalId, seed } = resourceContext
  const given = (name: string, otherwise = ''): string => {
    const value = properties[name]
    return value === undefined ? otherwise : asText(value)
  }
  const generated = `${stackName}-${logicalId}-${characters(UPPER, 12, seed)}`
  const name = given(returnValues(type).nameFrom ?? '', generated)
  const partition = partitionOf(region)
  const service = (type.split('::')[1] ?? 'any').toLowerCase()
  const target = given('FunctionName', given('TargetFunctionArn', name))
  const engine = given('Engine')
  const port = DATABASE_PORTS.find(([engines]) => engines.test(engine))?.[1]
  return {
    seed,
    properties,
    names: {
      ref,
      name,
      'name:lower': name.toLowerCase(),
      account: accountId,
      region,
      partition: partition.name,
      dnsSuffix: partition.dnsSuffix,
      databaseZone: region.startsWith('cn-') ? `rds.${region}` : `${region}.rds`,
      cacheZone: cacheZone(region),
      stack: stackName,
      logicalId,
      arn: `arn:${partition.name}:${service}:${region}:${accountId}:${name}`,
      id: characters(HEX, 17, seed),
      functionArn: target.startsWith('arn:')
        ? target
        : `arn:${partition.name}:lambda:${region}:${accountId}:function:${target}`,
      clusterName: given('Cluster', given('ClusterName', 'default')).split('/').at(-1) ?? '',
      balancerKind: BALANCER_KINDS[given('Type')] ?? 'app',
      databasePort: given('Port', port),
    },
  }
}

const DIRECTIONS: Readonly<Record<string, string>> = {
  northeast: 'ne',
  southeast: 'se',
  southwest: 'sw',
  northwest: 'w',
}

/**
 * The region in ElastiCache's host names, such as `use1` and `cnn1`.
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Endpoints.html
 */
function cacheZone(region: string): string {
  const [area = '', ...rest] = region.replace(/^us-gov/, 'u-g').split('-')
  return [area, ...rest.map((part) => DIRECTIONS[part] ?? part.charAt(0))].join('')
}
