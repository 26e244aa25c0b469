import type { XmlValue } from './query-protocol.ts'
import type { Design, HookResult, SandboxEvent, SandboxResource, SandboxStack } from './stack.ts'

/**
 * Fields without a value are left out as AWS does: LocalStack's tests/aws/services/cloudformation/api/test_stacks.snapshot.json.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Stack.html
 */
export function describeStack(stack: SandboxStack): XmlValue {
  const { template } = stack.design
  return {
    StackId: stack.id,
    StackName: stack.name,
    CreationTime: new Date(stack.createdAt),
    LastUpdatedTime: stack.updatedAt === undefined ? undefined : new Date(stack.updatedAt),
    DeletionTime: stack.deletedAt === undefined ? undefined : new Date(stack.deletedAt),
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    LastOperations: lastOperations(stack),
    DisableRollback: stack.onFailure === 'DO_NOTHING',
    EnableTerminationProtection: stack.deletedAt === undefined ? stack.terminationProtection : undefined,
    RoleARN: stack.roleArn,
    ParentId: stack.parentId,
    TimeoutInMinutes: stack.timeoutMinutes,
    NotificationARNs: stack.options.notificationArns,
    Capabilities: unlessEmpty(stack.options.capabilities),
    ChangeSetId: stack.changeSetId,
    RollbackConfiguration: {
      RollbackTriggers: stack.options.rollbackTriggers,
      MonitoringTimeInMinutes: stack.options.monitoringMinutes,
    },
    DeploymentConfig:
      stack.options.deploymentMode === undefined ? undefined : { Mode: stack.options.deploymentMode },
    Description: template.description,
    DriftInformation: stackDriftInformation(stack),
    Tags: [...stack.tags].map(([Key, Value]) => ({ Key, Value })),
    Parameters: describeParameters(stack.design),
    Outputs: unlessEmpty(
      [...stack.outputs].map(([OutputKey, { value, exportName }]) => ({
        OutputKey,
        OutputValue: value,
        Description: template.outputs.get(OutputKey)?.description,
        ExportName: exportName,
      })),
    ),
  }
}

export function describeParameters({ template, parameters }: Design): XmlValue {
  return unlessEmpty(
    [...parameters].map(([ParameterKey, value]) => ({
      ParameterKey,
      ParameterValue: template.parameters.get(ParameterKey)?.noEcho === true ? '****' : value,
    })),
  )
}

function unlessEmpty(items: readonly XmlValue[]): XmlValue {
  return items.length === 0 ? undefined : items
}

export function stackDriftInformation({ drift }: SandboxStack): XmlValue {
  return {
    StackDriftStatus: drift?.status ?? 'NOT_CHECKED',
    LastCheckTimestamp: drift === undefined ? undefined : new Date(drift.checkedAt),
  }
}

/** The latest operation, and the one that it rolls back. */
function lastOperations({ operations }: SandboxStack): XmlValue {
  const shown = operations.at(-1)?.type === 'ROLLBACK' ? operations.slice(-2) : operations.slice(-1)
  return [...shown].reverse().map(({ id, type }) => ({ OperationType: type, OperationId: id }))
}

export function describeHook(hook: HookResult | undefined): { readonly [name: string]: XmlValue } {
  return hook === undefined
    ? {}
    : {
        HookType: hook.type,
        HookStatus: 'HOOK_COMPLETE_FAILED',
        HookStatusReason: hook.reason,
        HookFailureMode: hook.mode,
        HookInvocationPoint: 'PRE_PROVISION',
      }
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackResourceDriftInformationSummary.html */
export function driftInformation({ drift }: SandboxStack, { driftStatus }: SandboxResource): XmlValue {
  const isChecked = drift !== undefined && driftStatus !== undefined && driftStatus !== 'NOT_CHECKED'
  return {
    StackResourceDriftStatus: driftStatus ?? 'NOT_CHECKED',
    LastCheckTimestamp: isChecked ? new Date(drift.checkedAt) : undefined,
  }
}

/** Of DescribeStackResources, and of DescribeStackResource, which names the time differently. */
export function describeResource(
  stack: SandboxStack,
  resource: SandboxResource,
  timeField: 'Timestamp' | 'LastUpdatedTimestamp',
): XmlValue {
  return {
    StackName: stack.name,
    StackId: stack.id,
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.physicalId,
    ResourceType: resource.type,
    [timeField]: new Date(resource.changedAt),
    ResourceStatus: resource.status,
    ResourceStatusReason: resource.statusReason,
    DriftInformation: driftInformation(stack, resource),
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
    ResourceProperties: event.properties,
    ClientRequestToken: event.operation.token,
    OperationId: event.operation.id,
    ...describeHook(event.hook),
  }
}
