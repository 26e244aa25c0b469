import { asText, type JsonObject, type JsonValue } from '../platform/json.ts'
import { inventedAttribute } from './invented-attribute.ts'
import { fill, type PatternScope, type ValuePattern } from './value-pattern.ts'

/** What the values of a resource are made from. */
export interface ResourceContext {
  readonly type: string
  readonly properties: JsonObject
  readonly accountId: string
  readonly region: string
  readonly stackName: string
  readonly logicalId: string
  /** Resources with different seeds have different ids. */
  readonly seed: string
}

/** The type that all embedded clouds have beside their own. */
export const OWN_TYPE = 'Sandbox::Resource'

/** The forms of a cloud's values. */
interface ValueForms {
  /** What `Ref` and `Fn::GetAtt` give for the type. */
  formsOf(type: string): {
    readonly ref: ValuePattern
    readonly attributes?: Readonly<Record<string, ValuePattern>>
  }
  /** Whether the properties of the type are attributes, too. */
  hasPropertiesAsAttributes(type: string): boolean
  /** `ref`: the physical id; empty as long as there is none. */
  scope(resourceContext: ResourceContext, ref: string): PatternScope
}

export interface ResourceValues {
  /** The same for the same seed and names. */
  readonly physicalIdOf: (resourceContext: ResourceContext) => string
  readonly attributesOf: (
    resourceContext: ResourceContext,
    physicalId: string,
  ) => ReadonlyMap<string, JsonValue>
  /** A value for an attribute that the table does not have. `undefined`: the sandbox's own type has no others. */
  readonly inventedAttributeOf: (
    resourceContext: ResourceContext,
    physicalId: string,
    attribute: string,
  ) => JsonValue | undefined
}

export function resourceValues(forms: ValueForms): ResourceValues {
  return {
    physicalIdOf: (resourceContext) =>
      asText(fill(forms.formsOf(resourceContext.type).ref, forms.scope(resourceContext, ''))),
    attributesOf(resourceContext, physicalId) {
      const { type, properties } = resourceContext
      const scope = forms.scope(resourceContext, physicalId)
      const own = forms.hasPropertiesAsAttributes(type) ? Object.entries(properties) : []
      const documented = Object.entries(forms.formsOf(type).attributes ?? {})
      return new Map([
        ...own,
        ...documented.map(([name, form]): [string, JsonValue] => [name, fill(form, scope)]),
      ])
    },
    inventedAttributeOf: (resourceContext, physicalId, attribute) =>
      resourceContext.type === OWN_TYPE
        ? undefined
        : inventedAttribute(attribute, forms.scope(resourceContext, physicalId)),
  }
}
