import { asText, type JsonObject, type JsonValue } from '../../../platform/json.ts'
import type { NoteSink } from '../../notes.ts'
import type { Scope } from './functions.ts'
import { referencesIn } from './references.ts'
import { RpcError, type RpcRequest } from './rpc.ts'
import { asObject } from './stack-description.ts'
import { designOf, stackName, templateBody, type TemplateStore } from './stack-request.ts'
import { isIncluded, resolve, scopeOf } from './stack-scope.ts'
import { createOnlyProperties, isReplaced } from './resource-types.ts'
import { isSameDesign, STACK_TYPE, type Design, type SandboxRosStack } from './stack.ts'
import { parseTemplate, type Template } from './template.ts'

/**
 * The parameters, resource types and outputs of a template. Throws what CreateStack throws for a template that is not valid.
 * https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-validatetemplate
 */
export function validateTemplate(request: RpcRequest, store: TemplateStore): JsonObject {
  const template = parseTemplate(templateBody(request, store))
  const types = [...new Set([...template.resources.values()].map(({ type }) => type))]
  return {
    Description: template.description ?? 'No description',
    Parameters: [...template.parameters].map(([ParameterKey, parameter]) =>
      asObject({
        ParameterKey,
        Type: parameter.type,
        Description: parameter.description,
        Label: parameter.label,
        NoEcho: String(parameter.noEcho),
        Default: parameter.defaultValue,
        AllowedValues: parameter.allowedValues,
      }),
    ),
    Resources: [...template.resources].map(([name, { type }]) => ({
      ResourceType: type,
      ResourcePath: name,
      LogicalResourceIdPattern: name,
    })),
    ResourceTypes: {
      Resources: types.filter((type) => !isDataSource(type)),
      DataSources: types.filter(isDataSource),
    },
    Outputs: [...template.outputs].map(([OutputKey, { description }]) =>
      asObject({ OutputKey, Description: description }),
    ),
  }
}

function isDataSource(type: string): boolean {
  return type.startsWith('DATASOURCE::')
}

export interface PreviewPlace {
  readonly accountId: string
  readonly region: string
  readonly store: TemplateStore
  /** The stack that `StackId` names. */
  readonly existing: SandboxRosStack | undefined
  readonly note: NoteSink
}

/**
 * What CreateStack or UpdateStack would do to each resource. Properties that depend on resources that do not exist yet stay as
 * they are written.
 * https://www.alibabacloud.com/help/en/ros/developer-reference/api-ros-2019-09-10-previewstack
 */
export function previewStack(request: RpcRequest, place: PreviewPlace): JsonObject {
  const { existing, region, store } = place
  if (request.has('StackName') && request.has('StackId'))
    throw new RpcError(
      400,
      'MultipleParameter',
      'Multiple parameters are specified where only one is allowed: StackName, StackId.',
    )
  const name = existing?.name ?? stackName(request)
  const design = designOf(request, store, existing?.design)
  const scope = scopeOf(existing ?? plannedStack(name, design, place), design, place.note)
  const parameters: JsonValue[] = [...design.parameters].map(([ParameterKey, value]) => ({
    ParameterKey,
    ParameterValue: design.template.parameters.get(ParameterKey)?.noEcho === true ? '******' : asText(value),
  }))
  return {
    Stack: {
      StackName: name,
      RegionId: region,
      Description: design.template.description ?? 'No description',
      TemplateDescription: design.template.description ?? 'No description',
      DisableRollback: request.flag('DisableRollback') ?? existing?.disableRollback ?? false,
      TimeoutInMinutes: request.integer('TimeoutInMinutes', 10, 1440) ?? existing?.timeoutInMinutes ?? 60,
      Parameters: parameters,
      Resources: plannedResources(design, scope, existing),
    },
  }
}

function plannedResources(design: Design, scope: Scope, existing: SandboxRosStack | undefined): JsonValue[] {
  const { template } = design
  const isSame = existing !== undefined && isSameDesign(existing.design, design)
  const desired = [...template.resources].filter(([, definition]) => isIncluded(definition, scope))
  const planned = desired.map(([logicalId, { type, properties }]): JsonValue => {
    const known = existing?.resources.get(logicalId)
    const shown = preview(properties, scope)
    const isChanged = JSON.stringify(shown) !== JSON.stringify(known?.properties)
    // The resources of a nested stack are not previewed.
    const isLeft = isSame || (!isChanged && type !== STACK_TYPE)
    const action = known === undefined ? 'Add' : isLeft ? 'None' : 'Modify'
    return asObject({
      LogicalResourceId: logicalId,
      ResourceType: type,
      Action: action,
      PhysicalResourceId: action === 'Modify' ? known?.physicalId : undefined,
      Replacement: action === 'Modify' ? replacementOf(type, known?.properties ?? {}, shown) : undefined,
      Properties: shown,
      RequiredBy: requiredBy(logicalId, template),
    })
  })
  const removed = [...(existing?.resources.values() ?? [])]
    .filter(({ logicalId }) => !desired.some(([name]) => name === logicalId))
    .map(({ logicalId, type, physicalId }) => ({
      LogicalResourceId: logicalId,
      ResourceType: type,
      Action: 'Remove',
      PhysicalResourceId: physicalId,
    }))
  return [...planned, ...removed]
}

/** For types whose reference the sandbox does not know, ROS has to say it during the update. */
function replacementOf(
  type: string,
  before: JsonObject,
  after: JsonObject,
): 'True' | 'False' | 'Conditional' {
  if (isReplaced(type, before, after)) return 'True'
  return type === STACK_TYPE || createOnlyProperties(type).length > 0 ? 'False' : 'Conditional'
}

function preview(properties: JsonObject, scope: Scope): JsonObject {
  const shown = Object.entries(properties).map(([name, value]): [string, JsonValue] => {
    try {
      return [name, resolve(value, scope)]
    } catch (error) {
      // It refers to a resource that does not exist yet.
      if (error instanceof TypeError) return [name, value]
      throw error
    }
  })
  return Object.fromEntries(shown)
}

function requiredBy(logicalId: string, { resources }: Template): string[] {
  return [...resources].flatMap(([name, { properties, dependsOn }]) =>
    referencesIn(properties).some((one) => one.name === logicalId) || dependsOn.includes(logicalId)
      ? [name]
      : [],
  )
}

/** A stack that does not exist: it has no resources, and its id is not known. */
function plannedStack(name: string, design: Design, { accountId, region }: PreviewPlace): SandboxRosStack {
  return {
    id: '',
    name,
    accountId,
    region,
    design,
    status: '',
    statusReason: '',
    createdAt: 0,
    tags: new Map(),
    resources: new Map(),
    events: [],
    outputs: new Map(),
    settings: new Map(),
    disableRollback: false,
    deletionProtection: 'Disabled',
    timeoutInMinutes: 60,
    parentId: undefined,
    operation: undefined,
    failedCall: undefined,
  }
}
