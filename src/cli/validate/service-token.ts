import { ownValue } from '../../platform/own-value.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../platform/json.ts'
import { ALIBABA_CLOUD_REGIONS } from '../../providers/alibaba-cloud/known-regions.ts'
import { unknownRegion } from '../../providers/identifiers/known-regions.ts'
import { isServiceToken, LONGEST_SERVICE_TOKEN } from '../../ros/custom-resource.ts'
import { error, warning, type Finding } from './finding.ts'
import { asRosFunction, isNoValue } from './ros-functions.ts'

const RULE =
  "must be the ARN of Stackbridge's function, such as acs:fc:cn-hangzhou:1234567890123456:functions/stackbridge"

/** Checks a `ServiceToken`: its form, its region and its account. `template`: the one around it. */
export function serviceTokenFindings(given: JsonValue | undefined, template: JsonObject): Finding[] {
  if (given === undefined || isNoValue(given)) return [error('ServiceToken', `is missing; it ${RULE}`)]
  const token = asRosFunction(given) === undefined ? given : defaultOf(given, template)
  if (token === undefined) return []
  if (typeof token !== 'string') return [error('ServiceToken', `${RULE}, but is not a string`)]
  if (token.length > LONGEST_SERVICE_TOKEN)
    return [error('ServiceToken', `must be at most ${String(LONGEST_SERVICE_TOKEN)} characters long`)]
  return isServiceToken(token) ? placeFindings(token) : [error('ServiceToken', RULE)]
}

/** The default of the parameter that a `Ref` names: the deployment may give another value. */
function defaultOf(token: JsonValue, { Parameters: parameters = null }: JsonObject): string | undefined {
  const called = asRosFunction(token)
  const name = called?.name === 'Ref' && typeof called.argument === 'string' ? called.argument : ''
  const definition = isJsonObject(parameters) ? ownValue(parameters, name) : undefined
  const byDefault = definition !== undefined && isJsonObject(definition) ? definition['Default'] : undefined
  return typeof byDefault === 'string' && byDefault !== '' ? byDefault : undefined
}

/** https://www.alibabacloud.com/help/en/ram/product-overview/limits: an account's id has 16 digits. */
const ACCOUNT_DIGITS = 16

function placeFindings(token: string): Finding[] {
  const [, region = '', account = ''] = /^acs:\w+:([^:]*):([^:]*):/.exec(token) ?? []
  if (region === '') return []
  const ofRegion = unknownRegion(region, ALIBABA_CLOUD_REGIONS)
  return [
    ...(ofRegion === undefined
      ? []
      : [warning('ServiceToken', `names the region ${region}, which ${ofRegion}`)]),
    ...(account.length === ACCOUNT_DIGITS
      ? []
      : [
          warning(
            'ServiceToken',
            `names the account ${account}; the id of an account of Alibaba Cloud has ${String(ACCOUNT_DIGITS)} digits`,
          ),
        ]),
  ]
}
