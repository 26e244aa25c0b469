import type { JsonObject } from '../../../platform/json.ts'
import { present } from '../stack-set-properties.ts'
import { tfvars } from '../tfvars.ts'
import type { VarOverrides } from './properties.ts'

/** `var_overrides`, in the order of the document. */
export function overridesBody({ Parameters, VarsUri, VarsBody, UseStackSetVars }: VarOverrides): JsonObject {
  return present({
    vars_uri: VarsUri,
    vars_body: Parameters === undefined ? VarsBody : tfvars(Parameters),
    use_stack_set_vars: UseStackSetVars,
  })
}
