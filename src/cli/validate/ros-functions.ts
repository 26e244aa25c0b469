import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../platform/json.ts'
import { error, pathTo, type Finding } from './finding.ts'

/** A value in a template that ROS computes at deployment. */
export interface RosFunction {
  /** `Ref` or `Fn::…`. */
  readonly name: string
  readonly argument: JsonValue
}

/** https://www.alibabacloud.com/help/en/ros/user-guide/function-overview */
export function asRosFunction(value: JsonValue | undefined): RosFunction | undefined {
  if (value === undefined || !isJsonObject(value)) return undefined
  const [entry, ...others] = Object.entries(value)
  if (entry === undefined || others.length > 0) return undefined
  const [name, argument] = entry
  return name === 'Ref' || name.startsWith('Fn::') ? { name, argument } : undefined
}

/** As the value of a property it removes the property. */
const NO_VALUE = 'ALIYUN::NoValue'

export function isNoValue(value: JsonValue | undefined): boolean {
  const called = asRosFunction(value)
  return called?.name === 'Ref' && called.argument === NO_VALUE
}

/** Whether a function can give `ALIYUN::NoValue`. */
export function mayBeNoValue({ name }: RosFunction): boolean {
  return name === 'Fn::If'
}

/** A copy of `value` in which `replace` gave a value for each function; `undefined` removes it. */
export function replaceFunctions(
  value: JsonValue,
  path: string,
  replace: (called: RosFunction, path: string) => JsonValue | undefined,
): JsonValue | undefined {
  const called = asRosFunction(value)
  if (called !== undefined) return replace(called, path)
  if (isJsonList(value))
    return value.flatMap((item, index) => replaceFunctions(item, pathTo(path, index), replace) ?? [])
  if (!isJsonObject(value)) return value
  const entries = Object.entries(value).flatMap(([name, item]): [string, JsonValue][] => {
    const replaced = replaceFunctions(item, pathTo(path, name), replace)
    return replaced === undefined ? [] : [[name, replaced]]
  })
  return Object.fromEntries(entries)
}

/** The names in a template that functions can refer to. */
export interface TemplateNames {
  has(name: string): boolean
}

export function namesOf(template: JsonObject): TemplateNames {
  const sections = ['Parameters', 'Resources', 'Locals'].map((section) => template[section])
  const names = new Set(sections.flatMap((map) => (map === undefined ? [] : Object.keys(map ?? {}))))
  // A transform can add names that are not written in the template.
  const isTransformed = template['Transform'] !== undefined
  return {
    has: (name) => isTransformed || name.startsWith('ALIYUN::') || names.has(withoutIndex(name)),
  }
}

/** Finds functions that refer to a name that the template does not have. */
export function unknownReferences(value: JsonValue, path: string, names: TemplateNames): Finding[] {
  const called = functionsAt(value)
  const missing = called.flatMap(referencesOf).filter((name) => !names.has(name))
  const here = [...new Set(missing)].map((name) =>
    error(
      path,
      `refers to ${name}, which is neither a parameter nor a resource of this template${foreignHint(path)}`,
    ),
  )
  if (called.length > 0) return here
  return childrenOf(value, path).flatMap(([at, child]) => unknownReferences(child, at, names))
}

/** The function that `value` is, with those in its argument; none for a plain value. */
function functionsAt(value: JsonValue): RosFunction[] {
  const called = asRosFunction(value)
  return called === undefined ? [] : [called, ...functionsIn(called.argument)]
}

function functionsIn(value: JsonValue): RosFunction[] {
  const here = functionsAt(value)
  return here.length > 0 ? here : childrenOf(value, '').flatMap(([, child]) => functionsIn(child))
}

/** ROS evaluates functions everywhere, also in a template for another cloud. */
function foreignHint(path: string): string {
  return /\bTemplate(Body)?\b/.test(path)
    ? '; ROS evaluates the functions in a template that is a map: give the template as a string'
    : ''
}

function referencesOf({ name, argument }: RosFunction): string[] {
  switch (name) {
    case 'Ref':
      return typeof argument === 'string' ? [argument] : []
    case 'Fn::GetAtt': {
      const [resource] = isJsonList(argument) ? argument : [argument]
      return typeof resource === 'string' ? [beforeDot(resource)] : []
    }
    case 'Fn::Sub': {
      const [text, variables] = isJsonList(argument) ? argument : [argument]
      const own = variables === undefined ? [] : Object.keys(variables ?? {})
      return typeof text === 'string' ? variablesOf(text).filter((variable) => !own.includes(variable)) : []
    }
    default:
      return []
  }
}

/** `${Name}` and `${Resource.Attribute}`; `${!Name}` is an escape, and no reference. */
function variablesOf(text: string): string[] {
  return [...text.matchAll(/\$\{([^!{}][^{}]*)\}/g)].map(([, variable = '']) => beforeDot(variable).trim())
}

/** `A` for `A[0]`, an instance of a resource with `Count`. */
function withoutIndex(name: string): string {
  return name.endsWith(']') ? (name.split('[', 1)[0] ?? '') : name
}

function beforeDot(reference: string): string {
  return reference.split('.', 1)[0] ?? ''
}

function childrenOf(value: JsonValue, path: string): [string, JsonValue][] {
  if (isJsonList(value)) return value.map((item, index) => [pathTo(path, index), item])
  return isJsonObject(value) ? Object.entries(value).map(([name, item]) => [pathTo(path, name), item]) : []
}
