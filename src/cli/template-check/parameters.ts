import { ownValue } from '../../platform/own-value.ts'
import {
  asText,
  isJsonList,
  isJsonObject,
  SourceNumber,
  type JsonObject,
  type JsonValue,
} from '../../platform/json.ts'
import { isTrue } from '../ros-template/template.ts'
import { asRosFunction } from '../validate/ros-functions.ts'
import { error, pathTo, type Finding } from '../validate/finding.ts'
import type { ParameterRules } from './checked-template.ts'
import { constraintProblem, isNumeric, type Constraints } from './constraints.ts'
import type { Dialect } from './dialect.ts'
import { checkFields } from './fields.ts'
import { entriesOf } from './sections.ts'
import type { Spelling } from './spelling.ts'

export interface Declared {
  readonly rules: ReadonlyMap<string, ParameterRules>
  readonly findings: readonly Finding[]
}

/** The parameters that a template of CloudFormation or ROS declares, and what is wrong with the declarations. */
export function parameterRules(
  section: JsonValue | undefined,
  dialect: Dialect,
  isOpen: boolean,
  spelling: Spelling,
): Declared {
  const rules = new Map<string, ParameterRules>()
  const findings: Finding[] = []
  for (const [name, definition] of entriesOf(section)) {
    const path = pathTo('Parameters', name)
    if (!isJsonObject(definition)) {
      findings.push(error(path, 'must be a map with a Type'))
      continue
    }
    const declared = rulesOf(definition, dialect)
    rules.set(name, declared)
    const wrong = isOpen ? [] : declarationFindings(definition, path, dialect, spelling)
    findings.push(...wrong)
    const { Default: given } = definition
    const problem =
      given === undefined || given === null || wrong.length > 0 ? undefined : declared.problemOf(given)
    if (problem !== undefined) findings.push(error(pathTo(path, 'Default'), problem))
  }
  return { rules, findings }
}

function declarationFindings(
  definition: JsonObject,
  path: string,
  { parameterFields, parameterTypes, isParameterType, isStrict }: Dialect,
  spelling: Spelling,
): Finding[] {
  const fields = { of: 'a parameter', known: parameterFields, required: ['Type'], isStrict }
  const { findings, missing } = checkFields(definition, path, fields, spelling)
  const { Type: type } = definition
  if (type === undefined)
    return [...findings, ...missing.map(() => error(path, 'must have a Type, which is a string'))]
  if (typeof type !== 'string') return [...findings, error(pathTo(path, 'Type'), 'must be a string')]
  if (isParameterType(type)) return [...findings]
  const hint = spelling.hint(type, parameterTypes)
  return [...findings, error(pathTo(path, 'Type'), `is not a type of parameters${hint}`)]
}

function rulesOf(definition: JsonObject, dialect: Dialect): ParameterRules {
  const constraints = constraintsOf(definition, dialect)
  const type = typeof definition['Type'] === 'string' ? definition['Type'] : ''
  return {
    isRequired: definition['Default'] === undefined,
    isHidden: isTrue(definition['NoEcho']),
    isBoolean: type === 'Boolean',
    problemOf: (value) => valueProblem(value, type, constraints),
  }
}

const LIST = /^(?:CommaDelimitedList$|List<)/

function valueProblem(value: JsonValue, type: string, constraints: Constraints): string | undefined {
  if (asRosFunction(value) !== undefined) return undefined
  if (LIST.test(type)) {
    // An allowed value may hold a comma itself.
    if (constraints.allowedValues?.includes(asText(value)) === true) return undefined
    const items = isJsonList(value)
      ? value
      : asText(value)
          .split(',')
          .map((item) => item.trim())
    return firstProblem(items, (item) => scalarProblem(item, itemType(type), itemConstraints(constraints)))
  }
  if (type === 'Json') return undefined
  if (type === 'Boolean') return /^(?:true|false)$/i.test(asText(value)) ? undefined : 'must be true or false'
  // The bridge joins a list with commas.
  if (isJsonList(value) || isJsonObject(value)) return undefined
  return scalarProblem(value, type, constraints)
}

function firstProblem(
  items: readonly JsonValue[],
  problemOf: (item: JsonValue) => string | undefined,
): string | undefined {
  for (const item of items) {
    const problem = problemOf(item)
    if (problem !== undefined) return `has an item that ${problem}`
  }
  return undefined
}

function scalarProblem(value: JsonValue, type: string, constraints: Constraints): string | undefined {
  if (asRosFunction(value) !== undefined || value === null) return undefined
  const text = asText(value).trim()
  if (type === 'Number' && !isNumeric(text)) return 'must be a number'
  const form = ownValue(FORMS, type)
  // CloudFormation reads the value of a parameter of SSM, and checks what it finds there.
  if (form !== undefined && text !== '' && !form.pattern.test(text)) return `must be ${form.what}`
  return type.startsWith('AWS::SSM::') ? undefined : constraintProblem(asText(value), constraints)
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html */
const FORMS: Readonly<Record<string, { readonly pattern: RegExp; readonly what: string }>> = {
  'AWS::EC2::Image::Id': { pattern: /^ami-/, what: 'the id of an image, such as ami-0123456789abcdef0' },
  'AWS::EC2::Instance::Id': { pattern: /^i-/, what: 'the id of an instance, such as i-0123456789abcdef0' },
  'AWS::EC2::SecurityGroup::Id': {
    pattern: /^sg-/,
    what: 'the id of a security group, such as sg-0123456789abcdef0',
  },
  'AWS::EC2::Subnet::Id': {
    pattern: /^subnet-/,
    what: 'the id of a subnet, such as subnet-0123456789abcdef0',
  },
  'AWS::EC2::VPC::Id': { pattern: /^vpc-/, what: 'the id of a VPC, such as vpc-0123456789abcdef0' },
}

function itemType(type: string): string {
  return /^List<(.+)>$/.exec(type)?.[1] ?? 'String'
}

/** CloudFormation and ROS apply the lengths of a list in different ways. */
function itemConstraints({ allowedValues, pattern, minValue, maxValue }: Constraints): Constraints {
  return {
    ...(allowedValues === undefined ? {} : { allowedValues }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(minValue === undefined ? {} : { minValue }),
    ...(maxValue === undefined ? {} : { maxValue }),
  }
}

function constraintsOf(definition: JsonObject, { matchesWhole }: Dialect): Constraints {
  const { AllowedValues, AllowedPattern, MinLength, MaxLength, MinValue, MaxValue } = definition
  return {
    ...(AllowedValues !== undefined && isJsonList(AllowedValues) && AllowedValues.every(isScalar)
      ? { allowedValues: AllowedValues.map(asText) }
      : {}),
    ...(typeof AllowedPattern === 'string' ? { pattern: { source: AllowedPattern, matchesWhole } } : {}),
    ...limit('minLength', MinLength),
    ...limit('maxLength', MaxLength),
    ...limit('minValue', MinValue),
    ...limit('maxValue', MaxValue),
  }
}

function isScalar(value: JsonValue): boolean {
  return value === null || typeof value !== 'object' || value instanceof SourceNumber
}

function limit(name: keyof Constraints, value: JsonValue | undefined): Constraints {
  return value !== undefined && isScalar(value) && isNumeric(asText(value))
    ? { [name]: Number(asText(value)) }
    : {}
}
