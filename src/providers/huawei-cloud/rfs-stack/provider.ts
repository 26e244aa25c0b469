import * as v from 'valibot'
import { bridgePropertiesOf } from '../../properties/bridge-properties.ts'
import { createHuaweiMemory, type HuaweiMemory } from '../client.ts'
import { connectHuawei } from '../connect.ts'
import type { HuaweiConnection } from '../connection.ts'
import { rfsEndpoint } from '../region.ts'
import { identityProblems, type IdentityChange } from '../../properties/identity-problems.ts'
import { knownProperties, problemsOf } from '../../properties/property-schema.ts'
import type { PropertyProblem } from '../../properties/property-problem.ts'
import type { Opened, StackProvider, StackRequest, Surroundings } from '../../provider.ts'
import { RfsClient } from './client.ts'
import {
  rfsStackDeleteProperties,
  properties as rfsStackProperties,
  type RfsStackProperties,
} from './properties.ts'
import { secretVariableValues } from '../secret-variables.ts'
import { ServiceSession } from '../../session/service-session.ts'
import { RfsStackService } from './service.ts'
import { parseStackId, type RfsStackId } from './stack-id.ts'
import { derivedStackName } from './stack-name.ts'

/** Stacks of Huawei Cloud's Resource Formation Service. */
export const provider: StackProvider = createHuaweiRfsStack(createHuaweiMemory())

export function createHuaweiRfsStack(memory: HuaweiMemory): StackProvider {
  return {
    name: 'HuaweiRfsStack',
    open: (request, surroundings) =>
      request.kind === 'delete' || request.follows !== undefined
        ? openForStanding(request, surroundings, memory)
        : openForStack(request, surroundings, memory),
    propertiesToFollow: (properties) => knownProperties(properties, rfsStackDeleteProperties),
  }
}

function openForStack(request: StackRequest, surroundings: Surroundings, memory: HuaweiMemory): Opened {
  const parsed = v.safeParse(rfsStackProperties, request.properties)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.issues, rfsStackProperties) }
  const properties = parsed.output
  const wanted = properties.Stack
  for (const value of secretVariableValues(wanted, properties.SecretParameters ?? []))
    surroundings.secrets.add(value)
  for (const uri of [wanted.TemplateUri, wanted.VarsUri])
    if (uri?.includes('?') === true) surroundings.secrets.add(uri)
  const id = parseStackId(request.physicalResourceId ?? '')
  const connected = connect(properties, id, surroundings, memory)
  const problems = [
    ...(request.kind === 'update' && id === undefined ? [FOREIGN_ID] : []),
    ...(connected.ok ? [] : connected.problems),
  ]
  if (problems.length > 0 || !connected.ok) return { ok: false, problems }
  const service = new RfsStackService({
    client: connected.client,
    region: connected.region,
    request,
    surroundings,
    stack:
      request.kind === 'update' && id !== undefined
        ? { by: 'id', id }
        : { by: 'name', name: wanted.Name ?? derivedStackName(request.owner) },
    wanted,
    deletion: { retain: properties.RetainAllResources === true, ladder: properties.OnDeleteFailed ?? [] },
    continuesRollback: properties.ContinueRollback === true,
    identityProblems: id === undefined ? [] : identityProblems(changesOfIdentity(properties, id)),
  })
  return { ok: true, session: new ServiceSession(service), bridge: bridgePropertiesOf(properties) }
}

/** For a stack that is to be deleted, or whose operation has begun: no template is needed. */
function openForStanding(request: StackRequest, surroundings: Surroundings, memory: HuaweiMemory): Opened {
  const parsed = v.safeParse(rfsStackDeleteProperties, request.properties)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.issues, rfsStackDeleteProperties) }
  const properties = parsed.output
  // ROS may have made up an id of its own for a Create that never answered: then the name and the mark are what is left.
  const id = parseStackId(request.follows?.id ?? request.physicalResourceId ?? '')
  const connected = connect(properties, id, surroundings, memory)
  if (!connected.ok) return connected
  const service = new RfsStackService({
    client: connected.client,
    region: connected.region,
    request,
    surroundings,
    stack:
      id === undefined
        ? { by: 'name', name: properties.Stack.Name ?? derivedStackName(request.owner) }
        : { by: 'id', id },
    wanted: undefined,
    deletion: { retain: properties.RetainAllResources === true, ladder: properties.OnDeleteFailed ?? [] },
    continuesRollback: false,
    identityProblems: [],
  })
  return { ok: true, session: new ServiceSession(service), bridge: { Timeout: properties.Timeout } }
}

type Connected =
  | { readonly ok: true; readonly client: RfsClient; readonly region: string }
  | { readonly ok: false; readonly problems: readonly PropertyProblem[] }

function connect(
  connection: HuaweiConnection,
  id: RfsStackId | undefined,
  surroundings: Surroundings,
  memory: HuaweiMemory,
): Connected {
  const known =
    id === undefined ? {} : { region: id.region, scope: { of: 'project', projectId: id.project } as const }
  const connected = connectHuawei(connection, known, rfsEndpoint, surroundings, memory)
  if (!connected.ok) return connected
  const { huawei, region } = connected
  return { ok: true, client: new RfsClient(huawei, surroundings.secrets), region }
}

const FOREIGN_ID: PropertyProblem = {
  path: 'PhysicalResourceId',
  problem: 'is not the id of an RFS stack: this resource was not created by this provider',
}

function changesOfIdentity({ Stack, Auth, Region }: RfsStackProperties, id: RfsStackId): IdentityChange[] {
  return [
    { path: 'Stack.Name', from: id.name, to: Stack.Name },
    { path: 'Auth.ProjectId', from: id.project, to: Auth?.ProjectId },
    { path: 'Region', from: id.region, to: Region },
  ]
}
