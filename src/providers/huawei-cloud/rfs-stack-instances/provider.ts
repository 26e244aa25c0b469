import { writeJson } from '../../../platform/json.ts'
import type { IdentityChange } from '../../properties/identity-problems.ts'
import type { PropertyProblem } from '../../properties/property-problem.ts'
import type { StackProvider, StackRequest, Surroundings } from '../../provider.ts'
import { readProperties } from '../../properties/read-properties.ts'
import { NothingToDelete } from '../../session/nothing-to-delete.ts'
import { serviceProvider, type Connected } from '../../session/service-provider.ts'
import { createHuaweiMemory, type HuaweiMemory } from '../client.ts'
import { connectHuawei } from '../connect.ts'
import { RFS_ENDPOINT } from '../region.ts'
import { changeOfScope } from '../scope.ts'
import { keepSignedUrisSecret, keepVariablesSecret } from '../secret-variables.ts'
import { RfsStackSets } from '../stack-sets.ts'
import { nameOf } from './creation.ts'
import { parseInstancesId, type InstancesId } from './instances-id.ts'
import {
  properties,
  existingProperties,
  type StackInstancesProperties,
  type ExistingStackInstancesProperties,
  type VarOverrides,
} from './properties.ts'
import { StackInstancesSession } from './session.ts'
import type { InstancesSetup, Desired } from './session-setup.ts'
import type { Overriding } from './steps.ts'
import { targetsOf, type Targets } from './targets.ts'

/** `undefined`: the properties of a Delete without an id name no instances, so there is nothing to delete. */
type InstancesConnection =
  (Pick<InstancesSetup, 'sets' | 'region' | 'setName'> & { readonly targets: Targets }) | undefined

/** Instances of a stack set of Huawei Cloud's Resource Formation Service. */
export const provider: StackProvider = createHuaweiRfsStackInstances(createHuaweiMemory())

export function createHuaweiRfsStackInstances(memory: HuaweiMemory): StackProvider {
  return serviceProvider<
    StackInstancesProperties,
    ExistingStackInstancesProperties,
    InstancesId,
    InstancesConnection
  >({
    name: 'HuaweiRfsStackInstances',
    properties,
    existingProperties,
    parseId: parseInstancesId,
    idMeaning: 'the id of stack instances',
    keepSecret({ VarOverrides, SecretParameters }, surroundings) {
      keepVariablesSecret(VarOverrides ?? {}, SecretParameters, surroundings)
    },
    problems: () => [],
    connect: (properties, id, _request, surroundings) => connect(properties, id, surroundings, memory),
    nameOf: ({ StackSetName: set }) => (set === undefined ? undefined : nameOf({ stack_set_name: set })),
    immovable:
      'RFS has no mark of instances; the note of their owner in the stack set belongs to the Create that made them',
    identityChanges,
    session({ id, properties, desired, connection, ...bound }) {
      // The Create before this Delete was refused: it made no instances, and its properties name none.
      if (connection === undefined) return new NothingToDelete()
      const { targets, ...reach } = connection
      const old = desired !== undefined && bound.request.kind === 'update' ? oldOf(bound.request) : NO_OLD
      return new StackInstancesSession({
        ...bound,
        ...reach,
        setId: id?.setId ?? desired?.StackSetId,
        id,
        by: id === undefined ? 'name' : 'id',
        desired: desiredOf(properties, targets),
        oldTargets: old.targets,
        overriding: overridingOf(desired, bound.request, old),
      })
    },
  })
}

function connect(
  properties: StackInstancesProperties | ExistingStackInstancesProperties,
  id: InstancesId | undefined,
  surroundings: Surroundings,
  memory: HuaweiMemory,
): Connected<InstancesConnection> {
  const { DeploymentTargets, VarOverrides, CallIdentity } = properties
  const setName = id?.setName ?? properties.StackSetName
  if (DeploymentTargets === undefined || setName === undefined)
    return id === undefined ? { ok: true, connection: undefined } : { ok: false, problems: [UNKNOWN_TARGETS] }
  keepSignedUrisSecret([DeploymentTargets.DomainIdsUri, VarOverrides?.VarsUri], surroundings)
  const known = id === undefined ? {} : { region: id.region, scope: id.scope }
  const connected = connectHuawei(properties, known, RFS_ENDPOINT, surroundings, memory)
  if (!connected.ok) return connected
  const { huawei, region } = connected
  const sets = new RfsStackSets(huawei, surroundings.secrets, CallIdentity)
  return { ok: true, connection: { sets, region, setName, targets: targetsOf(DeploymentTargets) } }
}

function desiredOf(
  properties: Pick<
    Partial<StackInstancesProperties>,
    'StackSetId' | 'VarOverrides' | 'OperationPreferences' | 'CallIdentity'
  >,
  targets: Targets,
): Desired {
  return {
    targets,
    stackSetId: properties.StackSetId,
    overrides: properties.VarOverrides,
    preferences: properties.OperationPreferences,
    callIdentity: properties.CallIdentity,
  }
}

interface Old {
  readonly targets: Targets | undefined
  readonly overrides: VarOverrides | undefined
  readonly revision: unknown
}

const NO_OLD: Old = { targets: undefined, overrides: undefined, revision: undefined }

/** The old properties of an Update, which may be invalid for the current version. */
function oldOf({ oldProperties }: StackRequest): Old {
  const read = readProperties(existingProperties, oldProperties ?? {})
  if (!read.ok) return NO_OLD
  const { DeploymentTargets, VarOverrides } = read.properties
  return {
    targets: DeploymentTargets === undefined ? undefined : targetsOf(DeploymentTargets),
    overrides: VarOverrides,
    revision: oldProperties?.['Revision'],
  }
}

/** How an Update changes the variables of the instances that stay; a followed operation changes none. */
function overridingOf(
  desired: StackInstancesProperties | undefined,
  { kind }: StackRequest,
  old: Old,
): Overriding {
  if (desired === undefined) return 'none'
  // Instances that a Create took over may have other variables.
  if (kind === 'create') return 'given'
  const { VarOverrides, Revision } = desired
  if (VarOverrides === undefined && old.overrides !== undefined) return 'revert'
  const isSame = isEqual(VarOverrides, old.overrides) && isEqual(Revision, old.revision)
  return isSame ? 'none' : 'given'
}

/** As JSON; a number is not equal to the text that spells it. */
function isEqual(one: unknown, other: unknown): boolean {
  return writeJson(one ?? null) === writeJson(other ?? null)
}

function identityChanges(
  {
    StackSetName,
    StackSetId,
    Auth,
    Region,
  }: Pick<Partial<StackInstancesProperties>, 'StackSetName' | 'StackSetId' | 'Auth' | 'Region'>,
  id: InstancesId,
): IdentityChange[] {
  return [
    { path: 'StackSetName', from: id.setName, to: StackSetName },
    { path: 'StackSetId', from: id.setId, to: StackSetId },
    { path: 'Region', from: id.region, to: Region },
    changeOfScope(id.scope, Auth),
  ]
}

const UNKNOWN_TARGETS: PropertyProblem = {
  path: 'DeploymentTargets',
  problem: 'cannot be read, and without it nothing says which instances of the stack set are meant',
}
