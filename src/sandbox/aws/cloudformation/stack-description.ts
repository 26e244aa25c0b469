import type { XmlValue } from './query-protocol.ts'
import type { SandboxEvent, SandboxStack } from './stack.ts'

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Stack.html */
export function describeStack(stack: SandboxStack): XmlValue {
  const { template, parameters } = stack.design
  return {
    StackId: stack.id,
    StackName: stack.name,
    CreationTime: new Date(stack.createdAt),
    LastUpdatedTime: stack.updatedAt === undefined ? undefined : new Date(stack.updatedAt),
    DeletionTime: stack.deletedAt === undefined ? undefined : new Date(stack.deletedAt),
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    DisableRollback: stack.onFailure === 'DO_NOTHING',
    EnableTerminationProtection: stack.terminationProtection,
    RoleARN: stack.roleArn,
    ParentId: stack.parentId,
    TimeoutInMinutes: stack.timeoutMinutes,
    NotificationARNs: [],
    Capabilities: [],
    Tags: [...stack.tags].map(([Key, Value]) => ({ Key, Value })),
    Parameters: [...parameters].map(([ParameterKey, value]) => ({
      ParameterKey,
      ParameterValue: template.parameters.get(ParameterKey)?.noEcho === true ? '****' : value,
    })),
    Outputs: [...stack.outputs].map(([OutputKey, { value, exportName }]) => ({
      OutputKey,
      OutputValue: value,
      ExportName: exportName,
    })),
  }
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackEvent.html */
export function describeEvent(event: SandboxEvent): XmlValue {
  return {
    EventId: event.id,
    StackId: event.stackId,
    StackName: event.stackName,
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    Timestamp: new Date(event.at),
    ResourceStatus: event.status,
    ResourceStatusReason: event.reason,
    ClientRequestToken: event.token,
  }
}
