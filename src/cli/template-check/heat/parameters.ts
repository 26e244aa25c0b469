import {
  asText,
  isJsonList,
  isJsonObject,
  parseJson,
  SourceNumber,
  type JsonObject,
  type JsonValue,
} from '../../../platform/json.ts'
import { error, pathTo, type Finding } from '../../validate/finding.ts'
import { isTrue } from '../../ros-template/template.ts'
import type { ParameterRules } from '../checked-template.ts'
import { constraintProblem, isNumeric, type Constraints } from '../constraints.ts'
import { checkFields } from '../fields.ts'
import { entriesOf } from '../sections.ts'
import type { Spelling } from '../spelling.ts'

/** https://docs.openstack.org/heat/latest/template_guide/hot_spec.html#parameters-section */
const FIELDS = ['type', 'label', 'description', 'default', 'hidden', 'constraints', 'immutable', 'tags']
const TYPES = ['string', 'number', 'json', 'comma_delimited_list', 'boolean']

/** The parameters that a HOT template declares, and what is wrong with the declarations. */
export function heatParameters(
  section: JsonValue | undefined,
  spelling: Spelling,
): { readonly rules: ReadonlyMap<string, ParameterRules>; readonly findings: readonly Finding[] } {
  const rules = new Map<string, ParameterRules>()
  const findings: Finding[] = []
  for (const [name, definition] of entriesOf(section)) {
    const path = pathTo('parameters', name)
    if (!isJsonObject(definition)) {
      findings.push(error(path, 'must be a map with a type'))
      continue
    }
    const fields = { of: 'a parameter', known: FIELDS, required: ['type'], isStrict: true }
    const checked = checkFields(definition, path, fields, spelling)
    const { type, default: given } = definition
    const wrong = [
      ...checked.findings,
      ...checked.missing.map(() => error(path, 'must have a type')),
      ...(typeof type === 'string' && !TYPES.includes(type)
        ? [error(pathTo(path, 'type'), `must be one of ${TYPES.join(', ')}${spelling.hint(type, TYPES)}`)]
        : []),
    ]
    findings.push(...wrong)
    const declared = rulesOf(definition)
    rules.set(name, declared)
    const problem =
      wrong.length > 0 || given === undefined || given === null ? undefined : declared.problemOf(given)
    if (problem !== undefined) findings.push(error(pathTo(path, 'default'), problem))
  }
  return { rules, findings }
}

function rulesOf(definition: JsonObject): ParameterRules {
  const { type, default: given, hidden, constraints } = definition
  const rules = constraints !== undefined && isJsonList(constraints) ? constraints.map(constraintOf) : []
  return {
    isRequired: given === undefined,
    isHidden: isTrue(hidden),
    isBoolean: type === 'boolean',
    problemOf: (value) => valueProblem(value, typeof type === 'string' ? type : '', rules),
  }
}

function valueProblem(value: JsonValue, type: string, rules: readonly Constraints[]): string | undefined {
  const isScalar = value === null || typeof value !== 'object' || value instanceof SourceNumber
  switch (type) {
    case 'number':
      return isScalar && !isNumeric(asText(value)) ? 'must be a number' : scalarProblem(value, rules)
    case 'boolean':
      // https://docs.openstack.org/oslo.utils/latest/reference/strutils.html#oslo_utils.strutils.bool_from_string
      return isScalar && !/^(?:t|true|on|y|yes|1|f|false|off|n|no|0)$/i.test(asText(value).trim())
        ? 'must be true or false'
        : undefined
    case 'json':
      return typeof value === 'string' && !parseJson(Buffer.from(value)).ok ? 'must be JSON' : undefined
    case 'comma_delimited_list': {
      const items = isJsonList(value) ? value : asText(value).split(',')
      // `length` is about the number of the items.
      const forItems = rules.filter(
        ({ minLength, maxLength }) => minLength === undefined && maxLength === undefined,
      )
      return items
        .flatMap((item) => scalarProblem(item, forItems) ?? [])
        .map((one) => `has an item that ${one}`)[0]
    }
    default:
      return scalarProblem(value, rules)
  }
}

function scalarProblem(value: JsonValue, rules: readonly Constraints[]): string | undefined {
  if (typeof value === 'object' && !(value instanceof SourceNumber)) return undefined
  const text = asText(value).trim()
  return rules.flatMap((one) => constraintProblem(text, one) ?? [])[0]
}

/** A custom constraint, and a rule whose limits are computed, cannot be checked here. */
function constraintOf(constraint: JsonValue): Constraints {
  if (!isJsonObject(constraint)) return {}
  const { length = null, range = null, allowed_values: values, allowed_pattern: pattern } = constraint
  return {
    ...(isJsonObject(length) ? limits('minLength', length['min'], 'maxLength', length['max']) : {}),
    ...(isJsonObject(range) ? limits('minValue', range['min'], 'maxValue', range['max']) : {}),
    ...(values !== undefined &&
    isJsonList(values) &&
    !values.some((one) => isJsonObject(one) || isJsonList(one))
      ? { allowedValues: values.map(asText) }
      : {}),
    // Heat matches from the beginning to the end.
    ...(typeof pattern === 'string' ? { pattern: { source: pattern, matchesWhole: true } } : {}),
  }
}

function limits(
  least: keyof Constraints,
  min: JsonValue | undefined,
  most: keyof Constraints,
  max: JsonValue | undefined,
): Constraints {
  return {
    ...(min !== undefined && isNumeric(asText(min)) ? { [least]: Number(asText(min)) } : {}),
    ...(max !== undefined && isNumeric(asText(max)) ? { [most]: Number(asText(max)) } : {}),
  }
}
