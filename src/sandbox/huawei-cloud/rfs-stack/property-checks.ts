import { isIP } from 'node:net'
import { asText, type JsonObject } from '../../../platform/json.ts'
import { nearest } from '../../../platform/nearest-name.ts'

/**
 * What a provider of Terraform says of wrong properties of a resource; `undefined` if they are right, or not checked here.
 * https://github.com/huaweicloud/terraform-provider-huaweicloud/blob/master/huaweicloud/utils/validators.go (`ValidateCIDR`)
 */
export function propertyProblem(type: string, properties: JsonObject): string | undefined {
  if (type === 'sandbox_thing') return misspeltArgument(Object.keys(properties))
  const { cidr } = properties
  if (type !== 'huaweicloud_vpc' || cidr === undefined || isCidr(asText(cidr))) return undefined
  return `"cidr" must contain a valid CIDR, got error parsing: invalid CIDR address: ${asText(cidr)}`
}

/**
 * Arguments of the sandbox's own type. A misspelt argument that should make a resource slow or fail must be reported.
 */
const ARGUMENTS = ['value', 'wait_seconds', 'fail', 'keeps', 'replaced_by']

function misspeltArgument(names: readonly string[]): string | undefined {
  const unknown = names.find((name) => !ARGUMENTS.includes(name))
  if (unknown === undefined) return undefined
  const meant = nearest(unknown, ARGUMENTS)
  return `An argument named "${unknown}" is not expected here.${meant === undefined ? '' : ` Did you mean "${meant}"?`}`
}

function isCidr(text: string): boolean {
  const [address = '', length = '', ...rest] = text.split('/')
  const family = isIP(address)
  const longest = family === 4 ? 32 : 128
  return family !== 0 && rest.length === 0 && /^\d{1,3}$/.test(length) && Number(length) <= longest
}
