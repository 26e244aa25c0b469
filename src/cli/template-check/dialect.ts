import type { JsonObject } from '../../platform/json.ts'
import type { VendorLimits } from '../../platform/limits/vendor-limit.ts'

/** What the templates of CloudFormation and of ROS, which have one form, differ in. */
export interface Dialect {
  readonly cloud: 'CloudFormation' | 'ROS' | 'Heat'
  /** Whether the cloud refuses fields that it does not know. */
  readonly isStrict: boolean
  /** Whether `Resources` must not be empty. */
  readonly needsResources: boolean
  readonly sections: readonly string[]
  /** How many entries a section may have, by section. */
  readonly sectionLimits: VendorLimits
  /** Sections whose keys `Ref` accepts. */
  readonly named: readonly string[]
  /** What the names of pseudo parameters begin with. */
  readonly pseudo: string
  readonly resourceFields: readonly string[]
  readonly parameterFields: readonly string[]
  readonly outputFields: readonly string[]
  readonly functions: readonly string[]
  readonly parameterTypes: readonly string[]
  /** Whether a type of parameters with another name may be right. */
  readonly isParameterType: (type: string) => boolean
  /** Whether the pattern of a parameter must match the whole value. */
  readonly matchesWhole: boolean
  /** A rule for the names of resources, in words. */
  readonly logicalId: { readonly pattern: RegExp; readonly rule: string } | undefined
  /** What a transform may do to the template, beside what is written in it. */
  readonly transformed: (document: JsonObject) => Transformed
}

export interface Transformed {
  /** Names that are not written in the template may exist. */
  readonly names: boolean
  readonly parameters: boolean
  readonly outputs: boolean
  /** There may be other sections and fields. */
  readonly sections: boolean
}

export const NOT_TRANSFORMED: Transformed = {
  names: false,
  parameters: false,
  outputs: false,
  sections: false,
}
export const TRANSFORMED: Transformed = { names: true, parameters: true, outputs: true, sections: true }
