import type { JsonValue } from '../../platform/json.ts'
import type { Finding } from '../validate/finding.ts'

/** What a template says, as far as it can be known without a call to its cloud. */
export interface CheckedTemplate {
  /** Their paths are within the template. */
  readonly findings: readonly Finding[]
  /** By name; `undefined` where they cannot be known, as where a transform may add some. */
  readonly parameters: ReadonlyMap<string, ParameterRules> | undefined
  /** The names of its outputs; `undefined` where they cannot be known. */
  readonly outputs: ReadonlySet<string> | undefined
  /** Those of them that their cloud shows to nobody. */
  readonly sensitiveOutputs?: ReadonlySet<string>
  /** What the stack's properties must grant; of AWS only. */
  readonly capabilities?: readonly NeededCapability[]
}

/** What a template declares of a parameter. */
export interface ParameterRules {
  readonly isRequired: boolean
  /** Whether its cloud hides the value. */
  readonly isHidden: boolean
  readonly isBoolean: boolean
  /** What is wrong with a value, without the value; `undefined` for a right one. */
  problemOf(value: JsonValue): string | undefined
}

export interface NeededCapability {
  readonly name: 'CAPABILITY_IAM' | 'CAPABILITY_NAMED_IAM' | 'CAPABILITY_AUTO_EXPAND'
  /** What in the template needs it. */
  readonly because: string
  /** Whether it is needed whatever the parameters are. */
  readonly isCertain: boolean
}

export const UNKNOWN_TEMPLATE: CheckedTemplate = { findings: [], parameters: undefined, outputs: undefined }
