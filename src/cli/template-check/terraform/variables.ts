import { asText, isJsonList, isJsonObject, type JsonValue } from '../../../platform/json.ts'
import type { ParameterRules } from '../checked-template.ts'
import { constraintProblem, isNumeric } from '../constraints.ts'

/** What a block `variable` says of its value. */
export interface VariableDeclaration {
  /** `string`, `number`, `bool`, or another type. */
  readonly type: string | undefined
  readonly hasDefault: boolean
  readonly isSensitive: boolean
  /** Where a `validation` lists them. */
  readonly allowedValues: readonly string[] | undefined
}

/** https://developer.hashicorp.com/terraform/language/values/variables */
export function variableRules(declaration: VariableDeclaration): ParameterRules {
  return {
    isRequired: !declaration.hasDefault,
    isHidden: declaration.isSensitive,
    isBoolean: declaration.type === 'bool',
    problemOf: (value) => valueProblem(value, declaration),
  }
}

/** Terraform converts between texts, numbers and truth values. */
function valueProblem(value: JsonValue, { type, allowedValues }: VariableDeclaration): string | undefined {
  const isCollection = isJsonList(value) || isJsonObject(value)
  if (value === null) return undefined
  switch (type) {
    case 'number':
      if (isCollection || !isNumeric(asText(value))) return 'must be a number'
      break
    case 'bool':
      if (isCollection || !/^(?:true|false)$/.test(asText(value))) return 'must be true or false'
      break
    case 'string':
      if (isCollection) return `must be a string, but is a ${isJsonList(value) ? 'list' : 'map'}`
      break
    default:
  }
  return isCollection || allowedValues === undefined
    ? undefined
    : constraintProblem(asText(value), { allowedValues })
}
