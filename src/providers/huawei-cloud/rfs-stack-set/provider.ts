import * as v from 'valibot'
import { bridgePropertiesOf } from '../../properties/bridge-properties.ts'
import { derivedStackName } from '../../recognition/derived-stack-name.ts'
import { createHuaweiMemory, type HuaweiMemory } from '../client.ts'
import { connectHuawei } from '../connect.ts'
import { changeOfScope } from '../scope.ts'
import { secretVariableValues } from '../secret-variables.ts'
import { rfsEndpoint } from '../region.ts'
import { RfsStackSets } from '../stack-sets.ts'
import { identityProblems } from '../../properties/identity-problems.ts'
import { knownProperties, problemsOf } from '../../properties/property-schema.ts'
import type { PropertyProblem } from '../../properties/property-problem.ts'
import type { Opened, Owner, StackProvider, StackRequest, Surroundings } from '../../provider.ts'
import { standingSetProperties, properties as stackSetProperties } from './properties.ts'
import { ServiceSession } from '../../session/service-session.ts'
import { StackSetService } from './service.ts'
import { parseStackSetId } from './stack-set-id.ts'

/** Stack sets of Huawei Cloud's Resource Formation Service. */
export const provider: StackProvider = createHuaweiRfsStackSet(createHuaweiMemory())

export function createHuaweiRfsStackSet(memory: HuaweiMemory): StackProvider {
  return {
    name: 'HuaweiRfsStackSet',
    open: (request, surroundings) =>
      request.kind === 'delete' || request.follows !== undefined
        ? openForStanding(request, surroundings, memory)
        : openForSet(request, surroundings, memory),
    propertiesToFollow: (properties) => knownProperties(properties, standingSetProperties),
  }
}

function openForSet(request: StackRequest, surroundings: Surroundings, memory: HuaweiMemory): Opened {
  const parsed = v.safeParse(stackSetProperties, request.properties)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.issues, stackSetProperties) }
  const properties = parsed.output
  const { StackSet, Auth, CallIdentity, Region } = properties
  for (const value of secretVariableValues(StackSet, properties.SecretParameters ?? []))
    surroundings.secrets.add(value)
  for (const uri of [StackSet.TemplateUri, StackSet.VarsUri])
    if (uri?.includes('?') === true) surroundings.secrets.add(uri)
  const isUpdate = request.kind === 'update'
  const id = isUpdate ? parseStackSetId(request.physicalResourceId ?? '') : undefined
  const known = id === undefined ? {} : { region: id.region, scope: id.scope }
  const connected = connectHuawei(properties, known, rfsEndpoint, surroundings, memory)
  const problems = [
    ...(isUpdate && id === undefined ? [FOREIGN_ID] : []),
    ...(connected.ok ? [] : connected.problems),
  ]
  if (problems.length > 0 || !connected.ok) return { ok: false, problems }
  const service = new StackSetService({
    sets: new RfsStackSets(connected.huawei, surroundings.secrets, CallIdentity),
    region: connected.region,
    request,
    surroundings,
    stack:
      id === undefined ? { by: 'name', name: StackSet.Name ?? derivedName(request.owner) } : { by: 'id', id },
    wanted: {
      set: StackSet,
      revision: properties.Revision,
      preferences: properties.OperationPreferences,
      callIdentity: CallIdentity,
    },
    identityProblems:
      id === undefined
        ? []
        : identityProblems([
            { path: 'StackSet.Name', from: id.name, to: StackSet.Name },
            { path: 'Region', from: id.region, to: Region },
            changeOfScope(id.scope, Auth),
          ]),
  })
  return { ok: true, session: new ServiceSession(service), bridge: bridgePropertiesOf(properties) }
}

/** For a set that is to be deleted, or whose operation has begun: no template is needed. */
function openForStanding(request: StackRequest, surroundings: Surroundings, memory: HuaweiMemory): Opened {
  const parsed = v.safeParse(standingSetProperties, request.properties)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.issues, standingSetProperties) }
  const properties = parsed.output
  // ROS may have made up an id of its own for a Create that never answered: then the name and the mark are what is left.
  const id = parseStackSetId(request.follows?.id ?? request.physicalResourceId ?? '')
  const known = id === undefined ? {} : { region: id.region, scope: id.scope }
  const connected = connectHuawei(properties, known, rfsEndpoint, surroundings, memory)
  if (!connected.ok) return connected
  const service = new StackSetService({
    sets: new RfsStackSets(connected.huawei, surroundings.secrets, properties.CallIdentity),
    region: connected.region,
    request,
    surroundings,
    stack:
      id === undefined
        ? { by: 'name', name: properties.StackSet.Name ?? derivedName(request.owner) }
        : { by: 'id', id },
    wanted: undefined,
    identityProblems: [],
  })
  return { ok: true, session: new ServiceSession(service), bridge: { Timeout: properties.Timeout } }
}

/** Fits the PhysicalResourceId, and that of the set's instances, whatever the region. */
const LONGEST_NAME = 90

function derivedName(owner: Owner): string {
  return derivedStackName(owner, { invalid: /[^a-zA-Z0-9_]/g, longest: LONGEST_NAME })
}

const FOREIGN_ID: PropertyProblem = {
  path: 'PhysicalResourceId',
  problem: 'is not the id of an RFS stack set: this resource was not created by this provider',
}
