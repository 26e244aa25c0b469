import { asText, isJsonObject, type JsonObject, type JsonValue } from '../../src/platform/json.ts'
import type { RosTemplate } from './ros-template.ts'

/** Evaluates a template with values for its parameters and attributes of its resources, for the functions used here. */

export interface Scope {
  readonly template: RosTemplate
  /** Values of parameters; the others have their defaults. */
  readonly values: JsonObject
  /** What `Fn::GetAtt` reads. */
  readonly attributes: (resource: string, attribute: string) => JsonValue
}

export const ACCOUNT = '1234567890123456'
export const REGION = 'cn-hangzhou'
const PSEUDO_PARAMETERS: JsonObject = {
  'ALIYUN::Region': REGION,
  'ALIYUN::TenantId': ACCOUNT,
  'ALIYUN::StackName': 'my-ros-stack',
}

/** `undefined` is the result of `ALIYUN::NoValue`: the property is omitted. */
export function evaluate(value: JsonValue | undefined, scope: Scope): JsonValue | undefined {
  if (Array.isArray(value))
    return value.flatMap((item) => {
      const inner = evaluate(item, scope)
      return inner === undefined ? [] : [inner]
    })
  if (!isJsonObject(value)) return value
  const [first, ...more] = Object.entries(value)
  if (first !== undefined && more.length === 0 && /^(Ref$|Fn::)/.test(first[0]))
    return call(first[0], first[1], scope)
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => {
      const inner = evaluate(item, scope)
      return inner === undefined ? [] : [[key, inner]]
    }),
  )
}

function call(name: string, argument: JsonValue | undefined, scope: Scope): JsonValue | undefined {
  const [first, second, third] = Array.isArray(argument) ? argument : [argument]
  switch (name) {
    case 'Ref':
      return reference(textOf(argument), scope)
    case 'Fn::GetAtt':
      return scope.attributes(textOf(first), textOf(second))
    case 'Fn::Sub':
      return textOf(first).replaceAll(/\$\{([^}]*)\}/g, (_all, variable: string) => {
        const own = isJsonObject(second) ? second[variable] : undefined
        return textOf(own === undefined ? reference(variable, scope) : evaluate(own, scope))
      })
    case 'Fn::If':
      return evaluate(holds(scope.template.Conditions[textOf(first)], scope) ? second : third, scope)
    case 'Fn::Add':
      return merged(evaluate(argument, scope))
    default:
      throw new TypeError(`${name} is not evaluated here`)
  }
}

/** https://www.alibabacloud.com/help/en/ros/user-guide/function-add: if a key is repeated, the later value counts. */
function merged(maps: JsonValue | undefined): JsonObject {
  if (!Array.isArray(maps) || !maps.every(isJsonObject)) throw new TypeError('Fn::Add has no list of maps')
  return Object.assign({}, ...maps)
}

function holds(condition: JsonValue | undefined, scope: Scope): boolean {
  if (!isJsonObject(condition)) throw new TypeError('There is no such condition')
  if ('Fn::Not' in condition) return !holds(condition['Fn::Not'], scope)
  const [left, right] = Array.isArray(condition['Fn::Equals']) ? condition['Fn::Equals'] : []
  return evaluate(left, scope) === evaluate(right, scope)
}

function reference(name: string, { template, values }: Scope): JsonValue | undefined {
  if (name === 'ALIYUN::NoValue') return undefined
  const value = PSEUDO_PARAMETERS[name] ?? values[name] ?? template.Parameters[name]?.['Default']
  if (value === undefined) throw new TypeError(`${name} has no value`)
  return value
}

function textOf(value: JsonValue | undefined): string {
  if (value === undefined) throw new TypeError('A text is missing')
  return asText(value)
}
