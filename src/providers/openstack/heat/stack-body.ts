import {
  isJsonValue,
  SourceNumber,
  type JsonObject,
  type JsonValue,
  writeJson,
} from '../../../platform/json.ts'
import type { StackProperties } from './properties.ts'

/** Files that the bridge adds to the user's. */
const ENVIRONMENT_FILE = 'stackbridge-environment.yaml'
const PARAMETERS_FILE = 'stackbridge-parameters.yaml'

/**
 * The body of a stack request; `tags` are the user's and the bridge's.
 * https://docs.openstack.org/api-ref/orchestration/v1/#create-stack
 */
export function createBody(stack: StackProperties, name: string, tags: readonly string[]): JsonObject {
  return { ...body(stack, tags), stack_name: name }
}

/** https://docs.openstack.org/api-ref/orchestration/v1/#update-stack, and the one after it for PATCH. */
export function updateBody(stack: StackProperties, tags: readonly string[]): JsonObject {
  const { ClearParameters } = stack
  return {
    ...body(stack, tags),
    ...(ClearParameters === undefined ? {} : { clear_parameters: ClearParameters }),
  }
}

function body(stack: StackProperties, tags: readonly string[]): JsonObject {
  return {
    ...given('template', stack.Template),
    ...given('template_url', stack.TemplateURL),
    ...environmentOf(stack),
    ...given('timeout_mins', stack.TimeoutMins),
    ...given('disable_rollback', stack.DisableRollback),
    // A PUT without tags removes all tags, and with them the owner's mark.
    tags: tags.join(','),
  }
}

/**
 * Parameters win over Environment, and both over EnvironmentFiles. Heat itself ignores an environment beside
 * environment files, and lets the files win over parameters. So with environment files, both are sent as files too,
 * after the user's.
 */
function environmentOf(stack: StackProperties): JsonObject {
  const { EnvironmentFiles, Environment, Parameters } = stack
  const files = Object.entries(stack.Files ?? {}).map(([name, content]) => [name, asText(content)] as const)
  if (EnvironmentFiles === undefined || EnvironmentFiles.length === 0)
    return {
      ...given('parameters', Parameters === undefined ? undefined : writtenNumbers(Parameters)),
      ...given('environment', Environment),
      ...(files.length === 0 ? {} : { files: Object.fromEntries(files) }),
    }
  const added = [
    ...(Environment === undefined ? [] : [[ENVIRONMENT_FILE, asText(Environment)] as const]),
    ...(Parameters === undefined
      ? []
      : [[PARAMETERS_FILE, asText({ parameters: writtenNumbers(Parameters) })] as const]),
  ]
  return {
    files: Object.fromEntries([...files, ...added]),
    environment_files: [...EnvironmentFiles, ...added.map(([name]) => name)],
  }
}

/**
 * A number that is a parameter's whole value is sent as text where Heat, which reads JSON's numbers as doubles, would change
 * it. Heat reads the text of a parameter of each of its types.
 */
function writtenNumbers(parameters: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      value instanceof SourceNumber ? value.text : value,
    ]),
  )
}

/** JSON is valid YAML. */
function asText(document: string | Record<string, unknown>): string {
  return typeof document === 'string' ? document : writeJson(document)
}

function given(name: string, value: unknown): Record<string, JsonValue> {
  return value !== undefined && isJsonValue(value) ? { [name]: value } : {}
}
