import { derivedStackName } from '../../recognition/derived-stack-name.ts'
import { createHuaweiMemory, type HuaweiMemory } from '../client.ts'
import { connectHuawei } from '../connect.ts'
import type { HuaweiConnection } from '../connection.ts'
import { changeOfScope } from '../scope.ts'
import { keepSignedUrisSecret, keepVariablesSecret } from '../secret-variables.ts'
import { RFS_ENDPOINT } from '../region.ts'
import { RfsStackSets } from '../stack-sets.ts'
import type { Owner, StackProvider, Surroundings } from '../../provider.ts'
import {
  properties,
  standingProperties,
  type StackSetProperties,
  type StandingStackSetProperties,
} from './properties.ts'
import { serviceProvider, type Connected } from '../../session/service-provider.ts'
import { ServiceSession } from '../../session/service-session.ts'
import type { SetWish } from './session-setup.ts'
import { StackSetService } from './service.ts'
import { parseStackSetId, type StackSetId } from './stack-set-id.ts'

/** Stack sets of Huawei Cloud's Resource Formation Service. */
export const provider: StackProvider = createHuaweiRfsStackSet(createHuaweiMemory())

interface SetConnection {
  readonly sets: RfsStackSets
  readonly region: string
}

export function createHuaweiRfsStackSet(memory: HuaweiMemory): StackProvider {
  return serviceProvider<StackSetProperties, StandingStackSetProperties, StackSetId, SetConnection>({
    name: 'HuaweiRfsStackSet',
    properties,
    standingProperties,
    parseId: parseStackSetId,
    idMeaning: 'the id of an RFS stack set',
    keepSecret({ StackSet, SecretParameters }, surroundings) {
      keepVariablesSecret(StackSet, SecretParameters, surroundings)
      keepSignedUrisSecret([StackSet.TemplateUri, StackSet.VarsUri], surroundings)
    },
    problems: () => [],
    connect: (properties, id, _request, surroundings) => connect(properties, id, surroundings, memory),
    identityChanges: ({ StackSet, Region, Auth }, id) => [
      { path: 'StackSet.Name', from: id.name, to: StackSet.Name },
      { path: 'Region', from: id.region, to: Region },
      changeOfScope(id.scope, Auth),
    ],
    session: ({ id, properties, wanted, connection, ...bound }) =>
      new ServiceSession(
        new StackSetService({
          ...bound,
          ...connection,
          stack:
            id === undefined
              ? { by: 'name', name: properties.StackSet.Name ?? derivedName(bound.request.owner) }
              : { by: 'id', id },
          wanted: wanted === undefined ? undefined : wantedOf(wanted),
        }),
      ),
  })
}

function connect(
  connection: HuaweiConnection & { readonly CallIdentity?: string | undefined },
  id: StackSetId | undefined,
  surroundings: Surroundings,
  memory: HuaweiMemory,
): Connected<SetConnection> {
  const known = id === undefined ? {} : { region: id.region, scope: id.scope }
  const connected = connectHuawei(connection, known, RFS_ENDPOINT, surroundings, memory)
  if (!connected.ok) return connected
  const { huawei, region } = connected
  const sets = new RfsStackSets(huawei, surroundings.secrets, connection.CallIdentity)
  return { ok: true, connection: { sets, region } }
}

function wantedOf({ StackSet, Revision, OperationPreferences, CallIdentity }: StackSetProperties): SetWish {
  return { set: StackSet, revision: Revision, preferences: OperationPreferences, callIdentity: CallIdentity }
}

/** Fits into the PhysicalResourceIds of the set and of its instances, in every region. */
const LONGEST_NAME = 90

function derivedName(owner: Owner): string {
  return derivedStackName(owner, { invalid: /[^a-zA-Z0-9_]/g, longest: LONGEST_NAME })
}
