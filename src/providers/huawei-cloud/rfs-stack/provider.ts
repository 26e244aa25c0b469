import { createHuaweiMemory, type HuaweiMemory } from '../client.ts'
import { connecting, type HuaweiReach } from '../connect.ts'
import { changesOfProjectStack, placeOfProject } from '../project-stack.ts'
import { RFS_ENDPOINT } from '../region.ts'
import { refusalsOf } from '../../properties/plan-policy.ts'
import type { StackProvider } from '../../provider.ts'
import { RfsClient } from './client.ts'
import {
  properties,
  existingProperties,
  type ExistingRfsStackProperties,
  type RfsStackProperties,
} from './properties.ts'
import { keepSignedUrisSecret, keepVariablesSecret } from '../secret-variables.ts'
import { namedStack } from '../../session/named-stack.ts'
import { serviceProvider } from '../../session/service-provider.ts'
import { ServiceSession } from '../../session/service-session.ts'
import { RfsStackService } from './service.ts'
import { parseStackId, type RfsStackId } from './stack-id.ts'
import { derivedStackName } from './stack-name.ts'

/** Stacks of Huawei Cloud's Resource Formation Service. */
export const provider: StackProvider = createHuaweiRfsStack(createHuaweiMemory())

export function createHuaweiRfsStack(memory: HuaweiMemory): StackProvider {
  return serviceProvider<RfsStackProperties, ExistingRfsStackProperties, RfsStackId, HuaweiReach<RfsClient>>({
    name: 'HuaweiRfsStack',
    properties,
    existingProperties,
    parseId: parseStackId,
    idMeaning: 'the id of an RFS stack',
    keepSecret({ Stack, SecretParameters }, surroundings) {
      keepVariablesSecret(Stack, SecretParameters, surroundings)
      keepSignedUrisSecret([Stack.TemplateUri, Stack.VarsUri], surroundings)
    },
    problems: () => [],
    connect: connecting({
      memory,
      endpoint: RFS_ENDPOINT,
      placeOf: placeOfProject,
      clientOf: (huawei, secrets) => new RfsClient(huawei, secrets),
    }),
    nameOf: ({ Stack }) => Stack.Name,
    identityChanges: changesOfProjectStack,
    session: ({ id, properties, desired, connection, ...bound }) =>
      new ServiceSession(
        new RfsStackService({
          ...bound,
          ...connection,
          stack: namedStack(id, () => properties.Stack.Name ?? derivedStackName(bound.request.owner)),
          desired: desired?.Stack,
          refuses: refusalsOf(desired ?? {}),
          deletion: {
            retain: properties.RetainAllResources === true,
            onDeleteFailed: properties.OnDeleteFailed ?? [],
          },
          continuesRollback: desired?.ContinueRollback === true,
        }),
      ),
  })
}
