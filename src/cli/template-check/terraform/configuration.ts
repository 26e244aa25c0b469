import type { ParameterRules } from '../checked-template.ts'

/** What the files of a configuration of Terraform declare and refer to, in HCL or JSON. */
export interface TerraformConfiguration {
  readonly variables: readonly DeclaredVariable[]
  readonly outputs: readonly DeclaredOutput[]
  /** Addresses, such as `var.size`, `local.name` and `huaweicloud_vpc.main`. */
  readonly declared: readonly Declared[]
  readonly references: readonly TerraformReference[]
  readonly problems: readonly TerraformProblem[]
}

export interface Declared {
  readonly name: string
  readonly line: number
}

export interface DeclaredOutput extends Declared {
  /** Terraform hides its value. */
  readonly isSensitive: boolean
}

export interface DeclaredVariable extends Declared {
  readonly rules: ParameterRules
}

export interface TerraformReference {
  readonly name: string
  readonly line: number
  /** The address of the resource or local value that refers; `undefined` for others. */
  readonly from: string | undefined
}

export interface TerraformProblem {
  readonly severity: 'error' | 'warning'
  readonly line: number
  readonly problem: string
}
