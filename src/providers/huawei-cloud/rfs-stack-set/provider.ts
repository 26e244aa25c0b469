import { derivedStackName } from '../../recognition/derived-stack-name.ts'
import { createHuaweiMemory, type HuaweiMemory } from '../client.ts'
import { connecting, type HuaweiReach } from '../connect.ts'
import { changeOfScope } from '../scope.ts'
import { keepSignedUrisSecret, keepVariablesSecret } from '../secret-variables.ts'
import { RFS_ENDPOINT } from '../region.ts'
import { RfsStackSets } from '../stack-sets.ts'
import type { Owner, StackProvider } from '../../provider.ts'
import {
  properties,
  existingProperties,
  type StackSetProperties,
  type ExistingStackSetProperties,
} from './properties.ts'
import { namedStack } from '../../session/named-stack.ts'
import { serviceProvider } from '../../session/service-provider.ts'
import { ServiceSession } from '../../session/service-session.ts'
import type { SetDeployment } from './session-setup.ts'
import { StackSetService } from './service.ts'
import { parseStackSetId, type StackSetId } from './stack-set-id.ts'

/** Stack sets of Huawei Cloud's Resource Formation Service. */
export const provider: StackProvider = createHuaweiRfsStackSet(createHuaweiMemory())

export function createHuaweiRfsStackSet(memory: HuaweiMemory): StackProvider {
  return serviceProvider<
    StackSetProperties,
    ExistingStackSetProperties,
    StackSetId,
    HuaweiReach<RfsStackSets>
  >({
    name: 'HuaweiRfsStackSet',
    properties,
    existingProperties,
    parseId: parseStackSetId,
    idMeaning: 'the id of an RFS stack set',
    keepSecret({ StackSet, SecretParameters }, surroundings) {
      keepVariablesSecret(StackSet, SecretParameters, surroundings)
      keepSignedUrisSecret([StackSet.TemplateUri, StackSet.VarsUri], surroundings)
    },
    problems: () => [],
    connect: connecting({
      memory,
      endpoint: RFS_ENDPOINT,
      placeOf: ({ region, scope }) => ({ region, scope }),
      clientOf: (huawei, secrets, { CallIdentity }) => new RfsStackSets(huawei, secrets, CallIdentity),
    }),
    nameOf: ({ StackSet }) => StackSet.Name,
    identityChanges: ({ StackSet, Region, Auth }, id) => [
      { path: 'StackSet.Name', from: id.name, to: StackSet.Name },
      { path: 'Region', from: id.region, to: Region },
      changeOfScope(id.scope, Auth),
    ],
    session: ({ id, properties, desired, connection, ...bound }) =>
      new ServiceSession(
        new StackSetService({
          ...bound,
          sets: connection.client,
          region: connection.region,
          stack: namedStack(id, () => properties.StackSet.Name ?? derivedName(bound.request.owner)),
          desired: desired === undefined ? undefined : desiredOf(desired),
        }),
      ),
  })
}

function desiredOf({
  StackSet,
  Revision,
  OperationPreferences,
  CallIdentity,
}: StackSetProperties): SetDeployment {
  return { set: StackSet, revision: Revision, preferences: OperationPreferences, callIdentity: CallIdentity }
}

/** Fits into the PhysicalResourceIds of the set and of its instances, in every region. */
const LONGEST_NAME = 90

function derivedName(owner: Owner): string {
  return derivedStackName(owner, { invalid: /[^a-zA-Z0-9_]/g, longest: LONGEST_NAME })
}
