import type { JsonObject, JsonValue } from '../../../platform/json.ts'
import { badRequest } from '../fault.ts'
import { parseConfiguration } from './json-configuration.ts'
import { evaluate, HclError, parseTfvars, type Expression, type HclBlock } from './hcl.ts'

/** The parts of a Terraform template that the sandbox supports. */
export interface RfsTemplate {
  readonly variables: ReadonlyMap<string, { readonly fallback: JsonValue | undefined }>
  readonly resources: readonly RfsResourceDefinition[]
  readonly locals: ReadonlyMap<string, Expression>
  readonly outputs: readonly RfsOutputDefinition[]
}

export interface RfsResourceDefinition {
  readonly type: string
  readonly name: string
  readonly properties: ReadonlyMap<string, Expression>
}

export interface RfsOutputDefinition {
  readonly name: string
  readonly value: Expression
  readonly sensitive: boolean
}

export const EMPTY_TEMPLATE: RfsTemplate = {
  variables: new Map(),
  resources: [],
  outputs: [],
  locals: new Map(),
}

/** Throws the fault that RFS answers for an invalid template. */
export function parseTemplate(source: string): RfsTemplate {
  const { blocks } = refused(() => parseConfiguration(source), 'RF.10011073', 'Invalid template body')
  const resources = blocksOf(blocks, 'resource').map(
    ({ labels: [type = '', name = ''], body }): RfsResourceDefinition => {
      if (type === '' || name === '')
        throw badRequest('Invalid template body: a resource has a type and a name', 'RF.10011073')
      return { type, name, properties: body.attributes }
    },
  )
  return {
    variables: new Map(
      blocksOf(blocks, 'variable').map(({ labels: [name = ''], body }) => {
        const fallback = body.attributes.get('default')
        return [name, { fallback: fallback === undefined ? undefined : literal(fallback) }]
      }),
    ),
    resources,
    locals: new Map(blocksOf(blocks, 'locals').flatMap(({ body }) => [...body.attributes])),
    outputs: blocksOf(blocks, 'output').map(({ labels: [name = ''], body }) => {
      const value = body.attributes.get('value')
      if (value === undefined)
        throw badRequest(`Invalid template body: output ${name} has no value`, 'RF.10011073')
      const sensitive = body.attributes.get('sensitive')
      return { name, value, sensitive: sensitive !== undefined && literal(sensitive) === true }
    }),
  }
}

/** The value of each variable. Refuses a duplicate or missing value, and ignores variables without a declaration. */
export function variableValues(
  template: RfsTemplate,
  given: { readonly body: string | undefined; readonly structure: JsonObject },
): ReadonlyMap<string, JsonValue> {
  const inBody = refused(() => parseTfvars(given.body ?? ''), 'RF.10011074', 'Invalid vars body')
  const duplicate = Object.keys(inBody).find((name) => Object.hasOwn(given.structure, name))
  if (duplicate !== undefined)
    throw badRequest(`Variable ${duplicate} is declared in both vars_body and vars_structure`)
  const all = new Map(Object.entries({ ...inBody, ...given.structure }))
  return new Map(
    [...template.variables].map(([name, { fallback }]) => {
      const value = all.get(name) ?? fallback
      if (value === undefined) throw badRequest(`Variable ${name} has no value`, 'RF.10011056')
      return [name, value]
    }),
  )
}

function blocksOf(blocks: readonly HclBlock[], type: string): HclBlock[] {
  return blocks.filter((block) => block.type === type)
}

function literal(expression: Expression): JsonValue {
  const refuse = (what: string) =>
    badRequest(`Invalid template body: ${what} may not be used here`, 'RF.10011073')
  return evaluate(expression, {
    lookUp(path) {
      throw refuse(path.join('.'))
    },
    call(name) {
      throw refuse(name)
    },
  })
}

function refused<T>(read: () => T, code: string, what: string): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof HclError) throw badRequest(`${what}: ${error.message}`, code)
    throw error
  }
}
