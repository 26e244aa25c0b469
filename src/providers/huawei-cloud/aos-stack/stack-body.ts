import { isJsonValue, type JsonObject, type JsonValue } from '../../../platform/json.ts'
import type { Labels } from './owner-labels.ts'
import type { StackProperties } from './properties.ts'

export interface NewStack {
  readonly name: string
  readonly projectId: string
  /** The bridge's own labels. */
  readonly ownerLabels: Labels
}

/** https://support.huaweicloud.com/intl/en-us/api-aos/aos_02_0024.html, in the order of its example. */
export function createBody(stack: StackProperties, { name, projectId, ownerLabels }: NewStack): JsonObject {
  const labels = { ...stack.Labels, ...ownerLabels }
  const { ActionParameters: lifecycle } = stack
  return {
    name,
    template_id: stack.TemplateId,
    project_id: projectId,
    ...given('cluster_id', stack.ClusterId),
    ...given('inputs_json', stack.InputsJson),
    ...given('description', stack.Description),
    ...given('force', stack.Force),
    ...given('labels', Object.keys(labels).length === 0 ? undefined : labels),
    ...given('namespace', stack.Namespace),
    ...(lifecycle === undefined
      ? {}
      : {
          action_parameters: {
            auto_create: runsItself(stack),
            ...given('failure_strategy', lifecycle.FailureStrategy),
            ...given('timeout', lifecycle.Timeout),
          },
        }),
  }
}

/** https://support.huaweicloud.com/intl/en-us/api-aos/aos_02_0025.html: the rest of a stack cannot be upgraded. */
export function upgradeBody({ InputsJson, ActionParameters }: StackProperties): JsonObject {
  return {
    lifecycle: 'upgrade',
    inputs: { ...InputsJson },
    ...given('timeout', ActionParameters?.Timeout),
  }
}

/** Whether AOS itself runs the lifecycle of a new stack. */
export function runsItself({ ActionParameters }: StackProperties): boolean {
  return ActionParameters !== undefined && ActionParameters.AutoCreate !== false
}

/** Whether the lifecycle has to run at all; where the properties do not say, the bridge runs it. */
export function runsAtAll({ ActionParameters }: StackProperties): boolean {
  return ActionParameters?.AutoCreate !== false
}

function given(name: string, value: unknown): Record<string, JsonValue> {
  return value !== undefined && isJsonValue(value) ? { [name]: value } : {}
}
