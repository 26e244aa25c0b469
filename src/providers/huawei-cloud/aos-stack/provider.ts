import { asText } from '../../../platform/json.ts'
import { createHuaweiMemory, type HuaweiMemory } from '../client.ts'
import { connecting, type HuaweiReach } from '../connect.ts'
import { changesOfProjectStack, placeOfProject } from '../project-stack.ts'
import { AOS_ENDPOINT } from '../region.ts'
import type { StackProvider, StackRequest } from '../../provider.ts'
import { AosClient } from './client.ts'
import {
  properties,
  existingProperties,
  type ExistingAosStackProperties,
  type AosStackProperties,
} from './properties.ts'
import type { SessionSetup } from './session-setup.ts'
import { serviceProvider } from '../../session/service-provider.ts'
import { ServiceSession } from '../../session/service-session.ts'
import { AosStackService } from './service.ts'
import { parseStackId, type AosStackId } from './stack-id.ts'
import { derivedStackName } from './stack-name.ts'

/** Stacks of Huawei Cloud's Application Orchestration Service, which the Resource Formation Service has replaced. */
export const provider: StackProvider = createHuaweiAosStack(createHuaweiMemory())

export function createHuaweiAosStack(memory: HuaweiMemory): StackProvider {
  return serviceProvider<AosStackProperties, ExistingAosStackProperties, AosStackId, HuaweiReach<AosClient>>({
    name: 'HuaweiAosStack',
    properties,
    existingProperties,
    parseId: parseStackId,
    idMeaning: 'the id of an AOS stack',
    keepSecret({ Stack: { InputsJson = {} }, SecretParameters = [] }, { secrets }) {
      for (const name of SecretParameters) {
        const value = InputsJson[name]
        if (value !== undefined) secrets.addHidden(asText(value))
      }
    },
    problems: () => [],
    connect: connecting({
      memory,
      endpoint: AOS_ENDPOINT,
      placeOf: placeOfProject,
      clientOf: (huawei, secrets) => new AosClient(huawei, secrets),
    }),
    nameOf: ({ Stack }) => Stack.Name,
    immovable: 'AOS has no call that changes the labels of a stack, which hold the mark of its owner',
    identityChanges: changesOfProjectStack,
    session: ({ id, properties, desired, connection, ...bound }) =>
      new ServiceSession(
        new AosStackService({
          ...bound,
          ...connection,
          stack: id === undefined ? named(properties.Stack.Name, bound.request) : { by: 'id', id },
          desired: desired?.Stack,
          marksByLabels: desired?.OwnerLabels !== false,
          onDeleteFailed: properties.OnDeleteFailed ?? [],
        }),
      ),
  })
}

function named(name: string | undefined, { owner }: StackRequest): SessionSetup['stack'] {
  return { by: 'name', name: name ?? derivedStackName(owner), derived: name === undefined }
}
