import { isJsonValue, type JsonObject, type JsonValue } from '../../../platform/json.ts'
import type { RfsStack } from './client.ts'
import type { StackProperties } from './properties.ts'
import { tfvars } from '../tfvars.ts'

/**
 * The body of CreateStack. `description` contains the user's text and the bridge's marks.
 * https://support.huaweicloud.com/intl/en-us/api-aos/CreateStack.html
 */
export function createBody(stack: StackProperties, name: string, description: string): JsonObject {
  return {
    stack_name: name,
    description,
    ...attributes(stack),
    ...deployment(stack),
  }
}

/**
 * https://support.huaweicloud.com/intl/en-us/api-aos/DeployStack.html: each call sends the whole template and all
 * variables.
 */
export function deployBody(stack: StackProperties, stackId: string): JsonObject {
  return { ...deployment(stack), stack_id: stackId }
}

/** https://support.huaweicloud.com/intl/en-us/api-aos/CreateExecutionPlan.html */
export function planBody(stack: StackProperties, stackId: string, name: string): JsonObject {
  return { ...deployBody(stack, stackId), execution_plan_name: name }
}

/**
 * The attributes that a deployment does not change and that differ from the stack's. In some states RFS refuses even to
 * set an attribute to its current value. https://support.huaweicloud.com/intl/en-us/api-aos/UpdateStack.html
 */
export function attributesBody(stack: StackProperties, before: RfsStack, description: string): JsonObject {
  return { description, ...Object.fromEntries(differingIn(stack, before)), stack_id: before.stack_id }
}

/** RFS's names of these attributes. */
export function changedAttributes(stack: StackProperties, before: RfsStack): string[] {
  return differingIn(stack, before).map(([name]) => name)
}

function differingIn(stack: StackProperties, before: RfsStack): [string, JsonValue][] {
  const current = new Map<string, unknown>([
    ['enable_deletion_protection', before.enable_deletion_protection ?? false],
    ['enable_auto_rollback', before.enable_auto_rollback ?? false],
    ['agencies', agenciesIn(before)],
  ])
  return Object.entries(attributes(stack)).filter(
    ([name, value]) => JSON.stringify(current.get(name)) !== JSON.stringify(value),
  )
}

export function deploysSomething({ TemplateBody, TemplateUri }: StackProperties): boolean {
  return TemplateBody !== undefined || TemplateUri !== undefined
}

function attributes({
  Agencies,
  EnableDeletionProtection,
  EnableAutoRollback,
}: StackProperties): Record<string, JsonValue> {
  return {
    ...(Agencies === undefined
      ? {}
      : {
          agencies: Agencies.map(({ ProviderName, AgencyName, AgencyUrn }) => ({
            provider_name: ProviderName,
            ...given('agency_name', AgencyName),
            ...given('agency_urn', AgencyUrn),
          })),
        }),
    ...given('enable_deletion_protection', EnableDeletionProtection),
    ...given('enable_auto_rollback', EnableAutoRollback),
  }
}

function agenciesIn({ agencies }: RfsStack): unknown {
  return (agencies ?? []).map(({ provider_name, agency_name, agency_urn }) => ({
    provider_name,
    ...given('agency_name', agency_name ?? undefined),
    ...given('agency_urn', agency_urn ?? undefined),
  }))
}

function deployment(stack: StackProperties): JsonObject {
  const { Parameters, VarsStructure } = stack
  return {
    ...given('template_body', stack.TemplateBody),
    ...given('template_uri', stack.TemplateUri),
    ...(VarsStructure === undefined
      ? {}
      : {
          vars_structure: VarsStructure.map(({ VarKey, VarValue, Encryption }) => ({
            var_key: VarKey,
            var_value: VarValue,
            ...(Encryption === undefined
              ? {}
              : { encryption: { kms: { id: Encryption.Kms.Id, cipher_text: Encryption.Kms.CipherText } } }),
          })),
        }),
    ...given('vars_body', Parameters === undefined ? stack.VarsBody : tfvars(Parameters)),
    ...given('vars_uri', stack.VarsUri),
  }
}

function given(name: string, value: unknown): Record<string, JsonValue> {
  return value !== undefined && isJsonValue(value) ? { [name]: value } : {}
}
