import type { Tag } from './marks.ts'
import { toParameters } from './parameters.ts'
import type { StackProperties } from './properties.ts'
import type { Deletion } from './session-setup.ts'
import type { RpcCall } from './rpc.ts'
import { documentText, templateOf } from './template.ts'

/** https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-createstack */
export function createStack(
  stack: StackProperties,
  StackName: string,
  Tags: readonly Tag[],
  ClientToken: string,
): RpcCall {
  const { DisableRollback, DeletionProtection, NotificationURLs } = stack
  const own = {
    StackName,
    ClientToken,
    Tags: written(Tags),
    DisableRollback,
    DeletionProtection,
    NotificationURLs,
  }
  return { action: 'CreateStack', parameters: { ...shared(stack), ...own }, form: templateForm(stack) }
}

/**
 * https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-updatestack. `DryRun`: only ask what ROS
 * would say.
 */
export function updateStack(
  stack: StackProperties,
  StackId: string,
  Tags: readonly Tag[],
  how: { readonly ClientToken: string } | { readonly DryRun: true },
): RpcCall {
  const {
    UsePreviousParameters,
    ReplacementOption,
    StackPolicyDuringUpdateBody,
    StackPolicyDuringUpdateURL,
  } = stack
  const own = {
    StackId,
    ...how,
    Tags: written(Tags),
    UsePreviousParameters,
    ReplacementOption,
    StackPolicyDuringUpdateBody: documentText(StackPolicyDuringUpdateBody),
    StackPolicyDuringUpdateURL,
  }
  return { action: 'UpdateStack', parameters: { ...shared(stack), ...own }, form: templateForm(stack) }
}

/**
 * `of`: the stack to create or to update. PreviewStack has not all parameters of these calls.
 * https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-previewstack
 */
export function previewStack(
  stack: StackProperties,
  of: { readonly StackName: string } | { readonly StackId: string },
): RpcCall {
  const { TemplateURL, TemplateId, TemplateVersion, TimeoutInMinutes, StackPolicyURL, Parallelism } = stack
  return {
    action: 'PreviewStack',
    parameters: {
      ...of,
      TemplateURL,
      TemplateId,
      TemplateVersion,
      Parameters: toParameters(stack.Parameters),
      TimeoutInMinutes,
      DisableRollback: stack.DisableRollback,
      StackPolicyBody: documentText(stack.StackPolicyBody),
      StackPolicyURL,
      Parallelism,
    },
    form: templateForm(stack),
  }
}

/** https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-continuecreatestack */
export function continueCreateStack(stack: StackProperties, StackId: string): RpcCall {
  const { TemplateURL, TemplateId, TemplateVersion, Parameters, RamRoleName, Parallelism } = stack
  return {
    action: 'ContinueCreateStack',
    parameters: {
      StackId,
      Mode: 'Recreate',
      RecreatingResources: stack.RecreatingResources,
      Parameters: toParameters(Parameters),
      TemplateURL,
      TemplateId,
      TemplateVersion,
      RamRoleName,
      Parallelism,
    },
    form: templateForm(stack),
  }
}

/**
 * `failed`: resources that an earlier deletion could not delete, and that are retained.
 * https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-deletestack
 */
export function deleteStack(StackId: string, deletion: Deletion, failed: readonly string[]): RpcCall {
  return {
    action: 'DeleteStack',
    parameters: {
      StackId,
      RamRoleName: deletion.ramRoleName,
      RetainAllResources: deletion.retainAll,
      RetainResources: [...deletion.retain, ...failed],
      DeleteOptions: deletion.options,
    },
  }
}

function shared(stack: StackProperties) {
  const { TemplateURL, TemplateId, TemplateVersion, TimeoutInMinutes, RamRoleName, ResourceGroupId } = stack
  const { StackPolicyURL, Parallelism } = stack
  return {
    TemplateURL,
    TemplateId,
    TemplateVersion,
    Parameters: toParameters(stack.Parameters),
    TimeoutInMinutes,
    RamRoleName,
    ResourceGroupId,
    StackPolicyBody: documentText(stack.StackPolicyBody),
    StackPolicyURL,
    Parallelism,
  }
}

function templateForm(stack: StackProperties) {
  return { TemplateBody: documentText(templateOf(stack)) }
}

function written(tags: readonly Tag[]) {
  return tags.map(({ Key, Value }) => ({ Key, Value }))
}
