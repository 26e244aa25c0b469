import { isJsonList, type JsonObject, type JsonValue } from '../../../platform/json.ts'
import { ownValue } from '../../../platform/own-value.ts'
import { inventedAttribute } from '../../invented-attribute.ts'
import type { NoteSink } from '../../notes.ts'
import { ResourceFailure } from '../../resource-failure.ts'
import { evaluate, referencesIn, typeOf, type Expression, type HclScope } from './hcl.ts'
import type { RfsDesign, SandboxRfsStack } from './stack.ts'
import type { RfsResourceDefinition, RfsTemplate } from './template.ts'

const OWN_TYPE = 'sandbox_thing'

/** The values of outputs and properties in a stack, as Terraform computes them. */
export class StackValues {
  readonly #note: NoteSink

  /** `note`: told what the sandbox invents. */
  constructor(note: NoteSink) {
    this.#note = note
  }

  outputs(stack: SandboxRfsStack): { name: string; value: JsonValue; type: string; sensitive: boolean }[] {
    return stack.design.template.outputs.map(({ name, value, sensitive }) => {
      const computed = evaluate(value, this.#scopeOf(stack))
      return { name, value: computed, type: typeOf(computed), sensitive }
    })
  }

  /** Why an output cannot be computed. */
  problemOfOutputs(stack: SandboxRfsStack): string | undefined {
    try {
      this.outputs(stack)
      return undefined
    } catch (error) {
      if (error instanceof ResourceFailure) return error.message
      throw error
    }
  }

  /** The properties that a deployment of `design` would give the resource; null where a resource that they need does not exist. */
  plannedProperties(
    stack: SandboxRfsStack,
    design: RfsDesign,
    { properties }: RfsResourceDefinition,
  ): ReadonlyMap<string, JsonValue> {
    const scope = this.#scopeOf({ ...stack, design })
    return new Map([...properties].map(([key, value]) => [key, evaluateOrNull(value, scope)]))
  }

  /** A failure is Terraform's, of the whole deployment. */
  propertiesOf(stack: SandboxRfsStack, { properties }: RfsResourceDefinition): JsonObject | ResourceFailure {
    try {
      const scope = this.#scopeOf(stack)
      return Object.fromEntries([...properties].map(([key, value]) => [key, evaluate(value, scope)]))
    } catch (error) {
      if (error instanceof ResourceFailure) return error
      throw error
    }
  }

  #scopeOf(stack: SandboxRfsStack): HclScope {
    const scope: HclScope = {
      lookUp: (path) => this.#lookUp(stack, path, scope),
      call: (name) => {
        this.#note(`the sandbox does not compute the function ${name}: its value is invented`)
        return `invented-by-${name}`
      },
    }
    return scope
  }

  #lookUp(stack: SandboxRfsStack, path: readonly string[], scope: HclScope): JsonValue {
    const [first = '', second = '', ...rest] = path
    if (first === 'var') return stack.design.variables.get(second) ?? null
    if (first === 'local') {
      const local = stack.design.template.locals.get(second)
      if (local === undefined) throw undeclared('local value', path)
      return evaluate(local, scope)
    }
    if (first === 'data') return this.#invented(`data.${second}`, stack, path)
    const resource = stack.resources.get(`${first}.${second}`)
    if (resource === undefined) throw undeclared('resource', path)
    // The number of one of several is left out: the sandbox makes one.
    const [attribute = 'id'] = rest.filter((step) => !/^\d+$/.test(step))
    if (attribute === 'id') return resource.id
    const own = ownValue(resource.properties, attribute)
    if (own !== undefined || first === OWN_TYPE) return own ?? null
    return this.#invented(first, stack, path)
  }

  #invented(type: string, stack: SandboxRfsStack, path: readonly string[]): JsonValue {
    const steps = path.filter((step) => !/^\d+$/.test(step))
    const attribute = steps.at(-1) ?? ''
    this.#note(`the sandbox does not know the attribute ${attribute} of ${type}: its value is invented`)
    const [name = '', id] = [steps.at(-2), stack.resources.get(steps.slice(0, 2).join('.'))?.id]
    const value = inventedAttribute(attribute, {
      seed: `${stack.id}/${path.join('.')}`,
      properties: {},
      names: { name, id: id ?? name, arn: id ?? name },
    })
    return isJsonList(value) && path.at(-1) !== attribute ? (value[0] ?? null) : value
  }
}

/** The resources that a value needs, also through local values. */
export function neededBy(value: Expression, template: RfsTemplate, seen: readonly string[] = []): string[] {
  return referencesIn(value).flatMap(([first = '', second = '']) => {
    const local = first === 'local' && !seen.includes(second) ? template.locals.get(second) : undefined
    return local === undefined ? [`${first}.${second}`] : neededBy(local, template, [...seen, second])
  })
}

function evaluateOrNull(value: Expression, scope: HclScope): JsonValue {
  try {
    return evaluate(value, scope)
  } catch (error) {
    if (error instanceof ResourceFailure) return null
    throw error
  }
}

/** https://developer.hashicorp.com/terraform/language/expressions/references */
function undeclared(what: string, path: readonly string[]): ResourceFailure {
  return new ResourceFailure(`Error: Reference to undeclared ${what}, on main.tf: ${path.join('.')}`)
}
