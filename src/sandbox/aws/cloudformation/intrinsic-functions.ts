import { ownValue } from '../../../platform/own-value.ts'
import {
  asText,
  isJsonList,
  isJsonObject,
  writeJson,
  type JsonObject,
  type JsonValue,
} from '../../../platform/json.ts'
import { dependencyLevels } from '../../dependency-levels.ts'
import type { NoteSink } from '../../notes.ts'
import { splitAtFirstDot } from '../../tagged-yaml.ts'
import { cidrBlocks } from './cidr-blocks.ts'
import { QueryError, validationError } from './query-protocol.ts'
import { formatError, type Template } from './template.ts'

/** Resolves the references of a template. */
export interface Scope {
  /** A parameter, a pseudo parameter, or a resource's physical id. `undefined`: the name is unknown. */
  ref(name: string): JsonValue | undefined
  attribute(logicalId: string, attribute: string): JsonValue | undefined
  importValue(name: string): JsonValue | undefined
  readonly conditions: ReadonlyMap<string, JsonValue>
  readonly mappings: ReadonlyMap<string, JsonValue>
  readonly region: string
  readonly note: NoteSink
}

/** The value of AWS::NoValue. Lists and maps drop it. */
const NO_VALUE = Symbol('AWS::NoValue')
type Resolved = JsonValue | typeof NO_VALUE

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html */
export function resolve(value: JsonValue, scope: Scope): JsonValue {
  const resolved = evaluate(value, scope)
  return resolved === NO_VALUE ? null : resolved
}

export function holds(condition: string, scope: Scope): boolean {
  const definition = scope.conditions.get(condition)
  if (definition === undefined) throw formatError(`Unresolved condition dependency ${condition}`)
  return evaluate(definition, scope) === true
}

function evaluate(value: JsonValue, scope: Scope): Resolved {
  if (isJsonList(value))
    return value
      .map((item: JsonValue) => evaluate(item, scope))
      .filter((item): item is JsonValue => item !== NO_VALUE)
  if (!isJsonObject(value)) return value
  const call = callOf(value)
  return call === undefined ? evaluateMap(value, scope) : apply(call.name, call.argument, scope)
}

function evaluateMap(value: JsonObject, scope: Scope): JsonObject {
  const entries = Object.entries(value).map(([key, item]) => [key, evaluate(item, scope)] as const)
  return Object.fromEntries(entries.filter((entry): entry is [string, JsonValue] => entry[1] !== NO_VALUE))
}

function apply(name: string, argument: JsonValue, scope: Scope): Resolved {
  switch (name) {
    case 'Ref':
      return reference(asText(argument), scope)
    case 'Fn::GetAtt':
      return attribute(argument, scope)
    case 'Fn::Sub':
      return substitute(argument, scope)
    case 'Fn::Join': {
      const [separator, items] = pair(name, argument, scope)
      return list(name, items).map(asText).join(asText(separator))
    }
    case 'Fn::Select': {
      const [index, items] = pair(name, argument, scope)
      return list(name, items)[Number(index)] ?? null
    }
    case 'Fn::Split': {
      const [separator, text] = pair(name, argument, scope)
      return asText(text).split(asText(separator))
    }
    case 'Fn::Base64':
      return Buffer.from(asText(resolve(argument, scope))).toString('base64')
    case 'Fn::ImportValue': {
      const exported = asText(resolve(argument, scope))
      const value = scope.importValue(exported)
      if (value === undefined)
        throw new TypeError(`No export named ${exported} found. Rollback requested by user.`)
      return value
    }
    case 'Fn::FindInMap':
      return mappedValue(list(name, resolve(argument, scope)), scope)
    case 'Fn::GetAZs': {
      const region = asText(resolve(argument, scope) ?? '')
      return ['a', 'b', 'c'].map((zone) => `${region === '' ? scope.region : region}${zone}`)
    }
    case 'Fn::Cidr':
      return cidrBlocks(list(name, resolve(argument, scope)))
    case 'Fn::If': {
      const [condition, yes, no] = list(name, argument)
      return evaluate((holds(asText(condition ?? ''), scope) ? yes : no) ?? null, scope)
    }
    case 'Condition':
      return holds(asText(argument), scope)
    case 'Fn::Equals': {
      const [one, other] = pair(name, argument, scope)
      return asText(one) === asText(other)
    }
    case 'Fn::Not':
      return list(name, resolve(argument, scope))[0] !== true
    case 'Fn::And':
      return list(name, resolve(argument, scope)).every((item) => item === true)
    case 'Fn::Or':
      return list(name, resolve(argument, scope)).some((item) => item === true)
    case 'Fn::Length':
      return list(name, resolve(argument, scope)).length
    case 'Fn::ToJsonString':
      return writeJson(resolve(argument, scope))
    default:
      scope.note(
        `the sandbox does not compute ${name}: its value is invented. AWS refuses a function that it does not have`,
      )
      return `invented-by-${name.slice('Fn::'.length).toLowerCase()}`
  }
}

/** The text is AWS's: LocalStack's tests/aws/services/cloudformation/engine/test_mappings.snapshot.json. */
function mappedValue(keys: readonly JsonValue[], scope: Scope): JsonValue {
  const [map = '', top = '', second = '', options] = keys.map((key) =>
    isJsonObject(key) ? key : asText(key),
  )
  const rows = scope.mappings.get(asText(map))
  const row = isJsonObject(rows) ? rows[asText(top)] : undefined
  const value = isJsonObject(row) ? row[asText(second)] : undefined
  const fallback = isJsonObject(options) ? options['DefaultValue'] : undefined
  const found = value ?? fallback
  if (found === undefined)
    throw validationError(
      `Template error: Unable to get mapping for ${asText(map)}::${asText(top)}::${asText(second)}`,
    )
  return found
}

function reference(name: string, scope: Scope): Resolved {
  if (name === 'AWS::NoValue') return NO_VALUE
  const value = scope.ref(name)
  if (value === undefined) throw unresolved(name)
  return value
}

function attribute(argument: JsonValue, scope: Scope): JsonValue {
  const [logicalId = '', name = ''] =
    typeof argument === 'string' ? splitAtFirstDot(argument) : list('Fn::GetAtt', argument).map(asText)
  const value = scope.attribute(logicalId, name)
  // A resource that a condition excludes.
  if (value === undefined && scope.ref(logicalId) === undefined) throw unresolved(logicalId)
  if (value === undefined)
    throw formatError(`Requested attribute ${name} does not exist in schema for the resource ${logicalId}.`)
  return value
}

function substitute(argument: JsonValue, scope: Scope): string {
  const [text, extra] = isJsonList(argument)
    ? [asText(argument[0] ?? ''), argument[1] ?? {}]
    : [asText(argument), {}]
  const variables = isJsonObject(extra) ? evaluateMap(extra, scope) : {}
  return text.replaceAll(/\$\{(!?)([^{}]+)\}/g, (_whole, literal: string, name: string) => {
    if (literal !== '') return `\${${name}}`
    const own = ownValue(variables, name)
    if (own !== undefined) return asText(own)
    return asText(name.includes('.') ? attribute(name, scope) : resolve({ Ref: name }, scope))
  })
}

/** The parameters, resources and pseudo parameters that a value refers to, by name. */
export function referencesIn(value: JsonValue): string[] {
  if (isJsonList(value)) return value.flatMap(referencesIn)
  if (!isJsonObject(value)) return []
  const call = callOf(value)
  if (call?.name === 'Ref') return [asText(call.argument)]
  if (call?.name === 'Fn::GetAtt') {
    const [logicalId = ''] =
      typeof call.argument === 'string'
        ? splitAtFirstDot(call.argument)
        : list(call.name, call.argument).map(asText)
    return [logicalId]
  }
  if (call?.name === 'Fn::Sub') {
    const [text, extra] = isJsonList(call.argument) ? call.argument : [call.argument, {}]
    const own = isJsonObject(extra) ? Object.keys(extra) : []
    const names = [...asText(text ?? '').matchAll(/\$\{([^!{}][^{}]*)\}/g)].map(
      ([, name = '']) => splitAtFirstDot(name)[0] ?? '',
    )
    return [...names.filter((name) => !own.includes(name)), ...referencesIn(extra ?? {})]
  }
  return Object.values(value).flatMap(referencesIn)
}

/** Throws for a reference to an undefined name. CloudFormation checks this before it creates resources. */
export function checkReferences(template: Template): void {
  const known = new Set([...template.parameters.keys(), ...template.resources.keys()])
  const values = [
    ...[...template.resources.values()].map(({ properties }) => properties),
    ...[...template.outputs.values()].map(({ value }) => value),
  ]
  const missing = values.flatMap(referencesIn).filter((name) => !known.has(name) && !name.startsWith('AWS::'))
  const depends = [...template.resources.values()].flatMap(({ dependsOn }) => dependsOn)
  const all = [...new Set([...missing, ...depends.filter((name) => !template.resources.has(name))])]
  if (all.length > 0) throw unresolved(all.join(', '))
  const circular = circularResources(template)
  if (circular.length > 0)
    throw validationError(`Circular dependency between resources: [${circular.join(', ')}]`)
}

/** The resources that wait for each other, and those that wait for them. */
function circularResources({ resources }: Template): string[] {
  const levels = dependencyLevels(resources, ({ properties, dependsOn }, name) =>
    [...referencesIn(properties), ...dependsOn].filter((need) => need !== name),
  )
  const made = new Set(levels.flat().map(([name]) => name))
  return [...resources.keys()].filter((name) => !made.has(name))
}

function unresolved(names: string) {
  return formatError(`Unresolved resource dependencies [${names}] in the Resources block of the template`)
}

function callOf(value: JsonObject): { name: string; argument: JsonValue } | undefined {
  const [entry, ...others] = Object.entries(value)
  if (entry === undefined || others.length > 0) return undefined
  const [name, argument] = entry
  return name === 'Ref' || name === 'Condition' || name.startsWith('Fn::') ? { name, argument } : undefined
}

function pair(name: string, argument: JsonValue, scope: Scope): [JsonValue, JsonValue] {
  const [one, other] = list(name, resolve(argument, scope))
  if (one === undefined || other === undefined) throw formatError(`${name} requires two arguments.`)
  return [one, other]
}

function list(name: string, value: JsonValue): readonly JsonValue[] {
  if (!isJsonList(value)) throw formatError(`${name} requires a list.`)
  return value
}

/** `undefined` where the value refers to a resource that has not been made, or to an export that does not exist. */
export function resolvedIfKnown(value: JsonValue | undefined, scope: Scope): JsonValue | undefined {
  if (value === undefined) return undefined
  try {
    return resolve(value, scope) ?? undefined
  } catch (error) {
    if (error instanceof QueryError || error instanceof TypeError) return undefined
    throw error
  }
}
