import type { EpochMs } from '../../../platform/clock.ts'
import { asText, type JsonObject, type JsonValue } from '../../../platform/json.ts'
import type { SandboxRosEvent, SandboxRosResource, SandboxRosStack } from './stack.ts'

const HIDDEN = '******'

/** https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-getstack */
export function describeStack(stack: SandboxRosStack, rootId: string | undefined): JsonObject {
  const { template, parameters } = stack.design
  return asObject({
    StackId: stack.id,
    StackName: stack.name,
    RegionId: stack.region,
    Status: stack.status,
    StatusReason: stack.statusReason,
    CreateTime: timeText(stack.createdAt),
    UpdateTime: stack.updatedAt === undefined ? undefined : timeText(stack.updatedAt),
    DisableRollback: stack.disableRollback,
    DeletionProtection: stack.deletionProtection,
    TimeoutInMinutes: stack.timeoutInMinutes,
    ParentStackId: stack.parentId,
    RootStackId: rootId,
    RamRoleName: stack.settings.get('RamRoleName'),
    OperationInfo: operationInfo(stack),
    Tags: [...stack.tags].map(([Key, Value]) => ({ Key, Value })),
    Parameters: [...parameters].map(([ParameterKey, value]) => ({
      ParameterKey,
      ParameterValue: template.parameters.get(ParameterKey)?.noEcho === true ? HIDDEN : asText(value),
    })),
  })
}

function operationInfo({ failedCall }: SandboxRosStack): JsonObject | undefined {
  if (failedCall === undefined) return undefined
  const { logicalId, type, message } = failedCall
  return { Code: 'SandboxFailure', Message: message, LogicalResourceId: logicalId, ResourceType: type }
}

export function outputsOf({ outputs, design }: SandboxRosStack): JsonValue {
  return [...outputs].map(([OutputKey, OutputValue]) => ({
    OutputKey,
    OutputValue,
    Description: design.template.outputs.get(OutputKey)?.description ?? 'No description given',
  }))
}

/** https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-liststackevents */
export function describeEvent(stack: SandboxRosStack, event: SandboxRosEvent): JsonObject {
  return {
    EventId: event.id,
    StackId: stack.id,
    StackName: stack.name,
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    Status: event.status,
    StatusReason: event.reason,
    CreateTime: timeText(event.at),
  }
}

export function describeResource(stack: SandboxRosStack, resource: SandboxRosResource): JsonObject {
  return {
    StackId: stack.id,
    StackName: stack.name,
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.physicalId,
    ResourceType: resource.type,
    Status: resource.status,
    StatusReason: resource.statusReason,
    ResourceDriftStatus: resource.driftStatus ?? 'NOT_CHECKED',
  }
}

/** UTC in whole seconds, without a Z. */
export function timeText(at: EpochMs): string {
  return new Date(at).toISOString().slice(0, 19)
}

export function asObject(fields: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  const given = Object.entries(fields).filter((field): field is [string, JsonValue] => field[1] !== undefined)
  return Object.fromEntries(given)
}
