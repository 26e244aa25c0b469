import { asText } from '../../../platform/json.ts'
import { createHuaweiMemory, type HuaweiMemory } from '../client.ts'
import { connectHuawei, placeOfProject } from '../connect.ts'
import type { HuaweiConnection } from '../connection.ts'
import { AOS_ENDPOINT } from '../region.ts'
import { type IdentityChange } from '../../properties/identity-problems.ts'
import type { StackProvider, StackRequest, Surroundings } from '../../provider.ts'
import { AosClient } from './client.ts'
import {
  properties,
  standingProperties,
  type StandingAosStackProperties,
  type AosStackProperties,
} from './properties.ts'
import type { SessionSetup } from './session-setup.ts'
import { serviceProvider, type Connected } from '../../session/service-provider.ts'
import { ServiceSession } from '../../session/service-session.ts'
import { AosStackService } from './service.ts'
import { parseStackId, type AosStackId } from './stack-id.ts'
import { derivedStackName } from './stack-name.ts'

/** Stacks of Huawei Cloud's Application Orchestration Service, which the Resource Formation Service has replaced. */
export const provider: StackProvider = createHuaweiAosStack(createHuaweiMemory())

interface AosConnection {
  readonly client: AosClient
  readonly region: string
}

export function createHuaweiAosStack(memory: HuaweiMemory): StackProvider {
  return serviceProvider<AosStackProperties, StandingAosStackProperties, AosStackId, AosConnection>({
    name: 'HuaweiAosStack',
    properties,
    standingProperties,
    parseId: parseStackId,
    idMeaning: 'the id of an AOS stack',
    keepSecret({ Stack: { InputsJson = {} }, SecretParameters = [] }, { secrets }) {
      for (const name of SecretParameters) {
        const value = InputsJson[name]
        if (value !== undefined) secrets.add(asText(value))
      }
    },
    problems: () => [],
    connect: (properties, id, _request, surroundings) => connect(properties, id, surroundings, memory),
    identityChanges,
    session: ({ id, properties, wanted, connection, ...bound }) =>
      new ServiceSession(
        new AosStackService({
          ...bound,
          ...connection,
          stack: id === undefined ? named(properties.Stack.Name, bound.request) : { by: 'id', id },
          wanted: wanted?.Stack,
          marksByLabels: wanted?.OwnerLabels !== false,
          ladder: properties.OnDeleteFailed ?? [],
        }),
      ),
  })
}

function connect(
  connection: HuaweiConnection,
  id: AosStackId | undefined,
  surroundings: Surroundings,
  memory: HuaweiMemory,
): Connected<AosConnection> {
  const connected = connectHuawei(connection, placeOfProject(id), AOS_ENDPOINT, surroundings, memory)
  if (!connected.ok) return connected
  const { huawei, region } = connected
  return { ok: true, connection: { client: new AosClient(huawei, surroundings.secrets), region } }
}

function named(name: string | undefined, { owner }: StackRequest): SessionSetup['stack'] {
  return { by: 'name', name: name ?? derivedStackName(owner), derived: name === undefined }
}

function identityChanges({ Stack, Auth, Region }: AosStackProperties, id: AosStackId): IdentityChange[] {
  return [
    { path: 'Stack.Name', from: id.name, to: Stack.Name },
    { path: 'Auth.ProjectId', from: id.project, to: Auth?.ProjectId },
    { path: 'Region', from: id.region, to: Region },
  ]
}
