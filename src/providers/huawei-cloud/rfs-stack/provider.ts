import { createHuaweiMemory, type HuaweiMemory } from '../client.ts'
import { connectHuawei, placeOfProject } from '../connect.ts'
import type { HuaweiConnection } from '../connection.ts'
import { RFS_ENDPOINT } from '../region.ts'
import { type IdentityChange } from '../../properties/identity-problems.ts'
import type { StackProvider, Surroundings } from '../../provider.ts'
import { RfsClient } from './client.ts'
import {
  properties,
  standingProperties,
  type StandingRfsStackProperties,
  type RfsStackProperties,
} from './properties.ts'
import { keepSignedUrisSecret, keepVariablesSecret } from '../secret-variables.ts'
import { serviceProvider, type Connected } from '../../session/service-provider.ts'
import { ServiceSession } from '../../session/service-session.ts'
import { RfsStackService } from './service.ts'
import { parseStackId, type RfsStackId } from './stack-id.ts'
import { derivedStackName } from './stack-name.ts'

/** Stacks of Huawei Cloud's Resource Formation Service. */
export const provider: StackProvider = createHuaweiRfsStack(createHuaweiMemory())

interface RfsConnection {
  readonly client: RfsClient
  readonly region: string
}

export function createHuaweiRfsStack(memory: HuaweiMemory): StackProvider {
  return serviceProvider<RfsStackProperties, StandingRfsStackProperties, RfsStackId, RfsConnection>({
    name: 'HuaweiRfsStack',
    properties,
    standingProperties,
    parseId: parseStackId,
    idMeaning: 'the id of an RFS stack',
    keepSecret({ Stack, SecretParameters }, surroundings) {
      keepVariablesSecret(Stack, SecretParameters, surroundings)
      keepSignedUrisSecret([Stack.TemplateUri, Stack.VarsUri], surroundings)
    },
    problems: () => [],
    connect: (properties, id, _request, surroundings) => connect(properties, id, surroundings, memory),
    identityChanges,
    session: ({ id, properties, wanted, connection, ...bound }) =>
      new ServiceSession(
        new RfsStackService({
          ...bound,
          ...connection,
          stack:
            id === undefined
              ? { by: 'name', name: properties.Stack.Name ?? derivedStackName(bound.request.owner) }
              : { by: 'id', id },
          wanted: wanted?.Stack,
          deletion: {
            retain: properties.RetainAllResources === true,
            ladder: properties.OnDeleteFailed ?? [],
          },
          continuesRollback: wanted?.ContinueRollback === true,
        }),
      ),
  })
}

function connect(
  connection: HuaweiConnection,
  id: RfsStackId | undefined,
  surroundings: Surroundings,
  memory: HuaweiMemory,
): Connected<RfsConnection> {
  const connected = connectHuawei(connection, placeOfProject(id), RFS_ENDPOINT, surroundings, memory)
  if (!connected.ok) return connected
  const { huawei, region } = connected
  return { ok: true, connection: { client: new RfsClient(huawei, surroundings.secrets), region } }
}

function identityChanges({ Stack, Auth, Region }: RfsStackProperties, id: RfsStackId): IdentityChange[] {
  return [
    { path: 'Stack.Name', from: id.name, to: Stack.Name },
    { path: 'Auth.ProjectId', from: id.project, to: Auth?.ProjectId },
    { path: 'Region', from: id.region, to: Region },
  ]
}
