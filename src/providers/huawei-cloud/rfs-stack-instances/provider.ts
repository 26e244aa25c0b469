import * as v from 'valibot'
import { bridgePropertiesOf } from '../../properties/bridge-properties.ts'
import { createHuaweiMemory, type HuaweiMemory } from '../client.ts'
import { connectHuawei } from '../connect.ts'
import type { HuaweiConnection } from '../connection.ts'
import { changeOfScope } from '../scope.ts'
import { secretVariableValues } from '../secret-variables.ts'
import { rfsEndpoint } from '../region.ts'
import { RfsStackSets } from '../stack-sets.ts'
import { identityProblems } from '../../properties/identity-problems.ts'
import { knownProperties, problemsOf } from '../../properties/property-schema.ts'
import type { PropertyProblem } from '../../properties/property-problem.ts'
import type { Opened, StackProvider, StackRequest, Surroundings } from '../../provider.ts'
import { parseInstancesId, type InstancesId } from './instances-id.ts'
import { NothingToDelete } from './nothing-to-delete.ts'
import {
  standingInstancesProperties,
  properties as stackInstancesProperties,
  type StackInstancesProperties,
  type VarOverrides,
} from './properties.ts'
import { StackInstancesSession } from './session.ts'
import type { Wanted } from './session-setup.ts'
import type { Overriding } from './steps.ts'
import { targetsOf, type Targets } from './targets.ts'

/** Instances of a stack set of Huawei Cloud's Resource Formation Service. */
export const provider: StackProvider = createHuaweiRfsStackInstances(createHuaweiMemory())

export function createHuaweiRfsStackInstances(memory: HuaweiMemory): StackProvider {
  return {
    name: 'HuaweiRfsStackInstances',
    open: (request, surroundings) =>
      request.kind === 'delete' || request.follows !== undefined
        ? openForStanding(request, surroundings, memory)
        : openForInstances(request, surroundings, memory),
    propertiesToFollow: (properties) => knownProperties(properties, standingInstancesProperties),
  }
}

function openForInstances(request: StackRequest, surroundings: Surroundings, memory: HuaweiMemory): Opened {
  const parsed = v.safeParse(stackInstancesProperties, request.properties)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.issues, stackInstancesProperties) }
  const properties = parsed.output
  keepSecret(properties.VarOverrides, properties.SecretParameters ?? [], surroundings)
  keepUrisSecret([properties.DeploymentTargets.DomainIdsUri, properties.VarOverrides?.VarsUri], surroundings)
  const isUpdate = request.kind === 'update'
  const id = isUpdate ? parseInstancesId(request.physicalResourceId ?? '') : undefined
  const old = isUpdate ? oldOf(request) : NO_OLD
  const targets = targetsOf(properties.DeploymentTargets)
  const connected = connect(properties, properties.CallIdentity, id, surroundings, memory)
  const problems = [
    ...(isUpdate && id === undefined ? [FOREIGN_ID] : []),
    ...(connected.ok ? [] : connected.problems),
  ]
  if (problems.length > 0 || !connected.ok) return { ok: false, problems }
  const session = new StackInstancesSession({
    sets: connected.sets,
    region: connected.region,
    request,
    surroundings,
    setName: id?.setName ?? properties.StackSetName,
    setId: id?.setId ?? properties.StackSetId,
    by: id === undefined ? 'name' : 'id',
    wanted: wantedOf(properties, targets),
    oldTargets: old.targets,
    overriding: overridingOf(properties, request, old),
    identityProblems: id === undefined ? [] : changesOfIdentity(properties, id),
  })
  return { ok: true, session, bridge: bridgePropertiesOf(properties) }
}

/** For instances that are to be deleted, or whose operation has begun. */
function openForStanding(request: StackRequest, surroundings: Surroundings, memory: HuaweiMemory): Opened {
  const parsed = v.safeParse(standingInstancesProperties, request.properties)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.issues, standingInstancesProperties) }
  const properties = parsed.output
  const bridge = { Timeout: properties.Timeout }
  // ROS may have made up an id of its own for a Create that never answered: then the name and the mark are what is left.
  const id = parseInstancesId(request.follows?.id ?? request.physicalResourceId ?? '')
  const { DeploymentTargets, CallIdentity } = properties
  const setName = id?.setName ?? properties.StackSetName
  if (DeploymentTargets === undefined || setName === undefined)
    return id === undefined
      ? { ok: true, session: new NothingToDelete(), bridge }
      : { ok: false, problems: [UNKNOWN_TARGETS] }
  keepUrisSecret([DeploymentTargets.DomainIdsUri, properties.VarOverrides?.VarsUri], surroundings)
  const connected = connect(properties, CallIdentity, id, surroundings, memory)
  if (!connected.ok) return connected
  const session = new StackInstancesSession({
    sets: connected.sets,
    region: connected.region,
    request,
    surroundings,
    setName,
    setId: id?.setId,
    by: id === undefined ? 'name' : 'id',
    wanted: wantedOf(properties, targetsOf(DeploymentTargets)),
    oldTargets: undefined,
    overriding: 'none',
    identityProblems: [],
  })
  return { ok: true, session, bridge }
}

type Connected =
  | { readonly ok: true; readonly sets: RfsStackSets; readonly region: string }
  | { readonly ok: false; readonly problems: readonly PropertyProblem[] }

function connect(
  connection: HuaweiConnection,
  callIdentity: string | undefined,
  id: InstancesId | undefined,
  surroundings: Surroundings,
  memory: HuaweiMemory,
): Connected {
  const known = id === undefined ? {} : { region: id.region, scope: id.scope }
  const connected = connectHuawei(connection, known, rfsEndpoint, surroundings, memory)
  if (!connected.ok) return connected
  const { huawei, region } = connected
  return { ok: true, sets: new RfsStackSets(huawei, surroundings.secrets, callIdentity), region }
}

function wantedOf(
  properties: Pick<
    Partial<StackInstancesProperties>,
    'StackSetId' | 'VarOverrides' | 'OperationPreferences' | 'CallIdentity'
  >,
  targets: Targets,
): Wanted {
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

/** What ROS says the properties were: valid once, but perhaps not by now. */
function oldOf({ oldProperties }: StackRequest): Old {
  const parsed = v.safeParse(standingInstancesProperties, oldProperties ?? {})
  if (!parsed.success) return NO_OLD
  const { DeploymentTargets, VarOverrides } = parsed.output
  return {
    targets: DeploymentTargets === undefined ? undefined : targetsOf(DeploymentTargets),
    overrides: VarOverrides,
    revision: oldProperties?.['Revision'],
  }
}

function overridingOf(
  { VarOverrides, Revision }: StackInstancesProperties,
  { kind }: StackRequest,
  old: Old,
): Overriding {
  // What was taken over may have had other variables.
  if (kind === 'create') return 'given'
  if (VarOverrides === undefined && old.overrides !== undefined) return 'revert'
  const isSame = JSON.stringify(VarOverrides) === JSON.stringify(old.overrides) && Revision === old.revision
  return isSame ? 'none' : 'given'
}

function keepSecret(
  overrides: VarOverrides | undefined,
  named: readonly string[],
  { secrets }: Surroundings,
): void {
  for (const value of secretVariableValues(overrides ?? {}, named)) secrets.add(value)
}

/** OBS signs an address in its query. */
function keepUrisSecret(uris: readonly (string | undefined)[], { secrets }: Surroundings): void {
  for (const uri of uris) if (uri?.includes('?') === true) secrets.add(uri)
}

function changesOfIdentity(
  { StackSetName, StackSetId, Auth, Region }: StackInstancesProperties,
  id: InstancesId,
): PropertyProblem[] {
  return identityProblems([
    { path: 'StackSetName', from: id.setName, to: StackSetName },
    { path: 'StackSetId', from: id.setId, to: StackSetId },
    { path: 'Region', from: id.region, to: Region },
    changeOfScope(id.scope, Auth),
  ])
}

const FOREIGN_ID: PropertyProblem = {
  path: 'PhysicalResourceId',
  problem: 'is not the id of stack instances: this resource was not created by this provider',
}

const UNKNOWN_TARGETS: PropertyProblem = {
  path: 'DeploymentTargets',
  problem: 'cannot be read, and without it nobody knows which instances of the stack set are meant',
}
