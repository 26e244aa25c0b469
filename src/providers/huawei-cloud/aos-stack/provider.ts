import * as v from 'valibot'
import { asText } from '../../../platform/json.ts'
import { bridgePropertiesOf } from '../../properties/bridge-properties.ts'
import { createHuaweiMemory, type HuaweiMemory } from '../client.ts'
import { connectHuawei } from '../connect.ts'
import type { KnownPlace } from '../credentials.ts'
import { aosEndpoint } from '../region.ts'
import { identityProblems, type IdentityChange } from '../../properties/identity-problems.ts'
import type { PropertyProblem } from '../../properties/property-problem.ts'
import { knownProperties, problemsOf } from '../../properties/property-schema.ts'
import type { Opened, StackProvider, StackRequest, Surroundings } from '../../provider.ts'
import { AosClient } from './client.ts'
import {
  aosStackDeleteProperties,
  properties as aosStackProperties,
  type AosStackProperties,
} from './properties.ts'
import type { SessionSetup } from './session-setup.ts'
import { ServiceSession } from '../../session/service-session.ts'
import { AosStackService } from './service.ts'
import { parseStackId, type AosStackId } from './stack-id.ts'
import { derivedStackName } from './stack-name.ts'

/** Stacks of Huawei Cloud's Application Orchestration Service, which the Resource Formation Service has replaced. */
export const provider: StackProvider = createHuaweiAosStack(createHuaweiMemory())

export function createHuaweiAosStack(memory: HuaweiMemory): StackProvider {
  return {
    name: 'HuaweiAosStack',
    open: (request, surroundings) =>
      request.kind === 'delete' || request.follows !== undefined
        ? openForStanding(request, surroundings, memory)
        : openForStack(request, surroundings, memory),
    propertiesToFollow: (properties) => knownProperties(properties, aosStackDeleteProperties),
  }
}

function openForStack(request: StackRequest, surroundings: Surroundings, memory: HuaweiMemory): Opened {
  const parsed = v.safeParse(aosStackProperties, request.properties)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.issues, aosStackProperties) }
  const properties = parsed.output
  const { InputsJson = {} } = properties.Stack
  for (const name of properties.SecretParameters ?? []) {
    const value = InputsJson[name]
    if (value !== undefined) surroundings.secrets.add(asText(value))
  }
  const id = parseStackId(request.physicalResourceId ?? '')
  const connected = connectHuawei(properties, knownFrom(id), aosEndpoint, surroundings, memory)
  const problems = [
    ...(request.kind === 'update' && id === undefined ? [FOREIGN_ID] : []),
    ...(connected.ok ? [] : connected.problems),
  ]
  if (problems.length > 0 || !connected.ok) return { ok: false, problems }
  const service = new AosStackService({
    client: new AosClient(connected.huawei, surroundings.secrets),
    region: connected.region,
    request,
    surroundings,
    stack:
      request.kind === 'update' && id !== undefined
        ? { by: 'id', id }
        : named(properties.Stack.Name, request),
    wanted: properties.Stack,
    marksByLabels: properties.OwnerLabels !== false,
    ladder: properties.OnDeleteFailed ?? [],
    identityProblems: id === undefined ? [] : identityProblems(changesOfIdentity(properties, id)),
  })
  return { ok: true, session: new ServiceSession(service), bridge: bridgePropertiesOf(properties) }
}

/** For a stack that is to be deleted, or whose operation has begun: no template is needed. */
function openForStanding(request: StackRequest, surroundings: Surroundings, memory: HuaweiMemory): Opened {
  const parsed = v.safeParse(aosStackDeleteProperties, request.properties)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.issues, aosStackDeleteProperties) }
  const properties = parsed.output
  // ROS may have made up an id of its own for a Create that never answered: then the name and the mark are what is left.
  const id = parseStackId(request.follows?.id ?? request.physicalResourceId ?? '')
  const connected = connectHuawei(properties, knownFrom(id), aosEndpoint, surroundings, memory)
  if (!connected.ok) return connected
  const service = new AosStackService({
    client: new AosClient(connected.huawei, surroundings.secrets),
    region: connected.region,
    request,
    surroundings,
    stack: id === undefined ? named(properties.Stack.Name, request) : { by: 'id', id },
    wanted: undefined,
    marksByLabels: true,
    ladder: properties.OnDeleteFailed ?? [],
    identityProblems: [],
  })
  return { ok: true, session: new ServiceSession(service), bridge: { Timeout: properties.Timeout } }
}

function named(name: string | undefined, { owner }: StackRequest): SessionSetup['stack'] {
  return { by: 'name', name: name ?? derivedStackName(owner), derived: name === undefined }
}

function knownFrom(id: AosStackId | undefined): KnownPlace {
  return id === undefined ? {} : { region: id.region, scope: { of: 'project', projectId: id.project } }
}

const FOREIGN_ID: PropertyProblem = {
  path: 'PhysicalResourceId',
  problem: 'is not the id of an AOS stack: this resource was not created by this provider',
}

function changesOfIdentity({ Stack, Auth, Region }: AosStackProperties, id: AosStackId): IdentityChange[] {
  return [
    { path: 'Stack.Name', from: id.name, to: Stack.Name },
    { path: 'Auth.ProjectId', from: id.project, to: Auth?.ProjectId },
    { path: 'Region', from: id.region, to: Region },
  ]
}
