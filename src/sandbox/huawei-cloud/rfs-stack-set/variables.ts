import type { JsonObject } from '../../../platform/json.ts'
import { badRequest } from '../fault.ts'
import { objectAt } from '../rfs-request.ts'
import { HclError, parseTfvars } from '../rfs-stack/hcl.ts'
import { parseTemplate } from '../rfs-stack/template.ts'
import type { SandboxStackSet } from './engine.ts'
import type { Overrides, SetDesign } from './request-schemas.ts'

/**
 * The overriding variables. A request must declare all variables of the set, and no others.
 * https://support.huaweicloud.com/intl/en-us/api-aos/CreateStackInstance.html
 */
export function overridesOf(
  set: SandboxStackSet,
  given: Overrides | undefined,
  objects: ReadonlyMap<string, string>,
): JsonObject | undefined {
  if (given === undefined || Object.keys(given).length === 0) return undefined
  const inBody = tfvarsOf(given.vars_body ?? '')
  const inFile = tfvarsOf(given.vars_uri === undefined ? '' : objectAt(objects, given.vars_uri))
  const names = [...Object.keys(inBody), ...Object.keys(inFile), ...(given.use_stack_set_vars ?? [])]
  const duplicate = names.find((name, index) => names.indexOf(name) !== index)
  if (duplicate !== undefined) throw badRequest(`Variable ${duplicate} is declared twice in var_overrides`)
  const unknown = names.find((name) => !Object.hasOwn(set.variables, name))
  if (unknown !== undefined) throw badRequest(`Variable ${unknown} is not recorded in the stack set`)
  const missing = Object.keys(set.variables).find((name) => !names.includes(name))
  if (missing !== undefined) throw badRequest(`Variable ${missing} is missing in var_overrides`)
  return { ...inBody, ...inFile }
}

export function designOf(requested: SetDesign, objects: ReadonlyMap<string, string>) {
  const { template_body, template_uri, vars_body, vars_uri } = requested
  if ((template_body === undefined) === (template_uri === undefined))
    throw badRequest('Exactly one of template_body and template_uri must be given')
  const template = parseTemplate(template_body ?? objectAt(objects, template_uri ?? ''))
  const inBody = tfvarsOf(vars_body ?? '')
  const inFile = tfvarsOf(vars_uri === undefined ? '' : objectAt(objects, vars_uri))
  const duplicate = Object.keys(inBody).find((name) => Object.hasOwn(inFile, name))
  if (duplicate !== undefined)
    throw badRequest(`Variable ${duplicate} is declared in both vars_body and vars_uri`)
  return { template, variables: { ...inBody, ...inFile } }
}

function tfvarsOf(source: string): JsonObject {
  try {
    return parseTfvars(source)
  } catch (error) {
    if (error instanceof HclError) throw badRequest(`Invalid vars: ${error.message}`, 'RF.10011074')
    throw error
  }
}
