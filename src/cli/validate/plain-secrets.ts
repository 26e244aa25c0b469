import { ownValue } from '../../platform/own-value.ts'
import { asText, isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../platform/json.ts'
import { isSecretName } from '../../platform/secret-names.ts'
import { keyLines, knownTokens } from '../../platform/secret-shapes.ts'
import { isTrue } from '../ros-template/template.ts'
import type { ParameterRules } from '../template-check/checked-template.ts'
import { pathTo, warning, type Finding } from './finding.ts'
import { asRosFunction } from './ros-functions.ts'

/** Documents, and lists of names of secrets. */
const DOCUMENTS =
  /^(?:Template|TemplateBody|Files|Environment|VarsBody|StackPolicy\w*Body|SecretOutputs|SecretParameters)$/
/** Where a cloud finds the secret. */
const REFERENCE = /^(?:\{\{resolve:|arn:|acs:|https?:|\/)/

/**
 * Warns of secrets that everybody can read who may read the template or the stack: written out, or taken from a parameter of
 * ROS without `NoEcho`. `parameters`: the resource's; `declared`: what its stack's template says of them.
 */
export function plainSecrets(
  parameters: JsonObject,
  template: JsonObject,
  declared: ReadonlyMap<string, ParameterRules> | undefined,
): Finding[] {
  const findings: Finding[] = []
  const visit = (value: JsonValue, path: string, name: string, isValue: boolean): void => {
    const found = DOCUMENTS.test(name)
      ? undefined
      : plainly(value, name, template, isValue && declared?.get(name)?.isHidden === true)
    if (found !== undefined) findings.push(warning(path, found))
    else if (typeof value === 'string' && !KEY_ID.test(name)) findings.push(...keysIn(value, path))
    else if (isJsonList(value))
      for (const [index, item] of value.entries()) visit(item, pathTo(path, index), '', false)
    else if (isJsonObject(value) && asRosFunction(value) === undefined)
      for (const [key, item] of Object.entries(value)) visit(item, pathTo(path, key), key, isParameters(path))
  }
  for (const [name, value] of Object.entries(parameters)) visit(value, name, name, false)
  return findings
}

/** The key's id alone gives no access. */
const KEY_ID = /^AccessKey(?:Id)?$/i

const REMEDY =
  'that everybody can read who can read this template; take it from a parameter with NoEcho: true'

function isParameters(path: string): boolean {
  return /^Stack(?:Set)?\.Parameters$/.test(path)
}

function plainly(
  value: JsonValue,
  name: string,
  template: JsonObject,
  isHidden: boolean,
): string | undefined {
  if (KEY_ID.test(name)) return undefined
  const called = asRosFunction(value)
  if (called?.name === 'Ref' && typeof called.argument === 'string')
    return isHidden || isSecretName(name) ? problemOfParameter(called.argument, template) : undefined
  const isText =
    typeof value === 'string' ? value !== '' && !REFERENCE.test(value) : typeof value === 'number'
  if (!isText) return undefined
  if (isHidden) return `is a secret (the template hides it) ${REMEDY}`
  return isSecretName(name, asText(value)) ? `is a secret ${REMEDY}` : undefined
}

function problemOfParameter(name: string, { Parameters: parameters = null }: JsonObject): string | undefined {
  const definition = isJsonObject(parameters) ? ownValue(parameters, name) : undefined
  if (definition === undefined || !isJsonObject(definition)) return undefined
  if (!isTrue(definition['NoEcho']))
    return `takes a secret from the parameter ${name}, which needs NoEcho: true`
  const { Default: byDefault = '' } = definition
  return byDefault === '' || byDefault === null
    ? undefined
    : `takes a secret from the parameter ${name}, whose Default everybody can read who can read this template`
}

/** The first key in a text. AWS's documents have `EXAMPLE` in theirs. */
function keysIn(text: string, path: string): Finding[] {
  const [key] = [...knownTokens(text).filter((token) => !token.includes('EXAMPLE')), ...keyLines(text)]
  if (key === undefined) return []
  const line = text.slice(0, text.indexOf(key)).split('\n').length
  return [{ ...warning(path, `holds a key ${REMEDY}`), inText: { path, line } }]
}
