import { ownValue } from '../../../platform/own-value.ts'
import { createHash } from 'node:crypto'
import {
  asText,
  isJsonList,
  isJsonObject,
  writeJson,
  type JsonObject,
  type JsonValue,
} from '../../../platform/json.ts'
import type { NoteSink } from '../../notes.ts'
import { ResourceFailure } from '../../resource-failure.ts'

/** Resolves the references of a template. Each method throws for an unknown name. */
export interface Scope {
  parameter(name: string): JsonValue
  resource(name: string): JsonValue
  attribute(name: string, attribute: string): JsonValue
  file(name: string): JsonValue
  readonly conditions: ReadonlyMap<string, JsonValue>
  readonly note: NoteSink
}

/** https://docs.openstack.org/heat/latest/template_guide/hot_spec.html#intrinsic-functions */
export function resolve(value: JsonValue, scope: Scope): JsonValue {
  if (isJsonList(value)) return value.map((item) => resolve(item, scope))
  if (!isJsonObject(value)) return value
  const [entry, ...others] = Object.entries(value)
  if (entry !== undefined && others.length === 0) {
    const called = call(entry[0], entry[1], scope)
    if (called !== undefined) return called
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, scope)]))
}

/** The truth of a condition: its name, a truth value or a function. */
export function isMet(condition: JsonValue, scope: Scope): boolean {
  if (typeof condition === 'string') {
    const defined = scope.conditions.get(condition)
    if (defined === undefined) throw new ResourceFailure(`Invalid condition "${condition}"`)
    return isMet(defined, scope)
  }
  if (!isJsonObject(condition)) return condition === true
  const [name = '', argument = null] = Object.entries(condition)[0] ?? []
  switch (name) {
    case 'equals': {
      const [one = null, other = null] = listOf(resolve(argument, scope))
      return asText(one) === asText(other)
    }
    case 'not':
      return !isMet(argument, scope)
    case 'and':
      return listOf(argument).every((one) => isMet(one, scope))
    case 'or':
      return listOf(argument).some((one) => isMet(one, scope))
    default:
      return resolve(condition, scope) === true
  }
}

type Function_ = (argument: JsonValue, scope: Scope) => JsonValue

/** Those that take their argument as it is written. */
const LAZY: ReadonlyMap<string, Function_> = new Map<string, Function_>([
  [
    'get_param',
    (argument, scope) => {
      const [parameter = '', ...path] = listOf(argument)
      return pick(scope.parameter(asText(resolve(parameter, scope))), path, scope)
    },
  ],
  ['get_resource', (argument, scope) => scope.resource(asText(argument))],
  [
    'get_attr',
    (argument, scope) => {
      const [resource = '', attribute, ...path] = listOf(argument)
      const name = attribute === undefined ? 'show' : asText(resolve(attribute, scope))
      // `[group, resource.0, name]` is `[group, resource.0.name]`.
      const [first] = path
      const isOfMember = /^resource\.[^.]+$/.test(name) && first !== undefined
      return isOfMember
        ? pick(scope.attribute(asText(resource), `${name}.${asText(first)}`), path.slice(1), scope)
        : pick(scope.attribute(asText(resource), name), path, scope)
    },
  ],
  ['get_file', (argument, scope) => scope.file(asText(argument))],
  [
    'if',
    (argument, scope) => {
      const [condition = false, yes = null, no = null] = listOf(argument)
      return resolve(isMet(condition, scope) ? yes : no, scope)
    },
  ],
  ['repeat', repeat],
])

/** Those whose argument is resolved first. */
const EAGER: ReadonlyMap<string, Function_> = new Map<string, Function_>([
  ...['str_replace', 'str_replace_strict', 'str_replace_vstrict'].map((name): [string, Function_] => [
    name,
    (argument) => {
      const { template = '', params = {} } = mapOf(argument)
      return replaced(asText(template), mapOf(params))
    },
  ]),
  [
    'list_join',
    (argument) => {
      const [separator = '', ...lists] = listOf(argument)
      return lists.flatMap(listOf).map(asText).join(asText(separator))
    },
  ],
  [
    'str_split',
    (argument) => {
      const [separator = '', text = '', index] = listOf(argument)
      const parts = asText(text).split(asText(separator))
      return index === undefined ? parts : (parts[Number(index)] ?? null)
    },
  ],
  [
    'map_merge',
    (argument) => Object.fromEntries(listOf(argument).flatMap((map) => Object.entries(mapOf(map)))),
  ],
  [
    'map_replace',
    (argument) => {
      const [map = {}, { keys, values }] = [listOf(argument)[0], mapOf(listOf(argument)[1] ?? {})]
      const [newKeys, newValues] = [mapOf(keys ?? {}), mapOf(values ?? {})]
      const entries = Object.entries(mapOf(map)).map(([key, item]): [string, JsonValue] => [
        asText(ownValue(newKeys, key) ?? key),
        ownValue(newValues, asText(item)) ?? item,
      ])
      return Object.fromEntries(entries)
    },
  ],
  ['list_concat', (argument) => listOf(argument).flatMap(listOf)],
  [
    'list_concat_unique',
    (argument) => {
      const items = listOf(argument).flatMap(listOf)
      return items.filter((item, index) => items.findIndex((one) => asText(one) === asText(item)) === index)
    },
  ],
  [
    'contains',
    (argument) => {
      const [item = null, list = []] = listOf(argument)
      return isJsonList(list)
        ? list.some((one) => asText(one) === asText(item))
        : asText(list).includes(asText(item))
    },
  ],
  [
    'filter',
    (argument) => {
      const [removed = [], list = []] = listOf(argument)
      return listOf(list).filter((item) => !listOf(removed).some((one) => asText(one) === asText(item)))
    },
  ],
  [
    'digest',
    (argument) => {
      const [algorithm = '', text = ''] = listOf(argument)
      if (!DIGESTS.includes(asText(algorithm)))
        throw new ResourceFailure(`Algorithm must be one of ${DIGESTS.join(', ')}`)
      return createHash(asText(algorithm)).update(asText(text)).digest('hex')
    },
  ],
  ['make_url', (argument) => urlOf(mapOf(argument))],
])

const DIGESTS: readonly string[] = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512']

/** Functions of Heat that the sandbox does not compute. */
const INVENTED = ['yaql', 'resource_facade']

function call(name: string, argument: JsonValue, scope: Scope): JsonValue | undefined {
  const lazy = LAZY.get(name)
  if (lazy !== undefined) return lazy(argument, scope)
  const eager = EAGER.get(name)
  if (eager !== undefined) return eager(resolve(argument, scope), scope)
  if (!INVENTED.includes(name)) return undefined
  scope.note(`the sandbox does not compute ${name}: its value is invented`)
  return `invented-by-${name}`
}

/** Each combination of the lists of `for_each`, the last list fastest; `permutations: false` walks them side by side. */
function repeat(argument: JsonValue, scope: Scope): JsonValue {
  const { template = null, for_each: forEach = {}, permutations } = mapOf(argument)
  const lists = Object.entries(mapOf(forEach)).map(([key, list]): [string, readonly JsonValue[]] => [
    key,
    listOf(resolve(list, scope)),
  ])
  const rows: JsonObject[] =
    permutations === false
      ? (lists[0]?.[1] ?? []).map((_, index) =>
          Object.fromEntries(lists.map(([key, list]) => [key, list[index] ?? null])),
        )
      : lists.reduce<JsonObject[]>(
          (made, [key, list]) => made.flatMap((row) => list.map((item) => ({ ...row, [key]: item }))),
          [{}],
        )
  return rows.map((row) => resolve(replacedDeep(template, row), scope))
}

function replacedDeep(value: JsonValue, row: JsonObject): JsonValue {
  if (typeof value === 'string') {
    // Heat's own failure: it does not make texts of other values here.
    if (Object.values(row).some((item) => typeof item !== 'string'))
      throw new ResourceFailure('replace() argument 2 must be str, not int')
    return replaced(value, row)
  }
  if (isJsonList(value)) return value.map((item) => replacedDeep(item, row))
  if (!isJsonObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [replaced(key, row), replacedDeep(item, row)]),
  )
}

function replaced(text: string, params: JsonObject): string {
  return Object.entries(params).reduce(
    (made, [key, item]) => made.replaceAll(key, () => pythonText(item)),
    text,
  )
}

/** As Heat writes a list or map into a text: JSON with a space after each comma and colon. */
function pythonText(value: JsonValue): string {
  if (isJsonList(value)) return `[${value.map(pythonJson).join(', ')}]`
  return isJsonObject(value) ? pythonJson(value) : asText(value)
}

function pythonJson(value: JsonValue): string {
  if (isJsonList(value)) return pythonText(value)
  if (!isJsonObject(value)) return writeJson(value)
  const entries = Object.entries(value).map(([key, item]) => `${writeJson(key)}: ${pythonJson(item)}`)
  return `{${entries.join(', ')}}`
}

function urlOf({ scheme, username, password, host, port, path, query, fragment }: JsonObject): string {
  const text = (value: JsonValue | undefined, before = '', after = '') =>
    value === undefined || value === '' ? '' : `${before}${asText(value)}${after}`
  const user = `${text(username)}${text(password, ':')}`
  const pairs = Object.entries(mapOf(query ?? {})).map(([key, item]): [string, string] => [key, asText(item)])
  return [
    text(scheme, '', '://'),
    text(user, '', '@'),
    `${text(host)}${text(port, ':')}${text(path)}`,
    text(new URLSearchParams(pairs).toString(), '?'),
    text(fragment, '#'),
  ].join('')
}

function pick(value: JsonValue, path: readonly JsonValue[], scope: Scope): JsonValue {
  return path.reduce<JsonValue>((inner, step) => {
    const key = resolve(step, scope)
    if (isJsonList(inner)) return inner[Number(key)] ?? null
    return isJsonObject(inner) ? (inner[asText(key)] ?? null) : null
  }, value)
}

function listOf(value: JsonValue): readonly JsonValue[] {
  return isJsonList(value) ? value : [value]
}

function mapOf(value: JsonValue): JsonObject {
  return isJsonObject(value) ? value : {}
}
