import { existingStack, unseenRights } from '../../session/check-wording.ts'
import { huaweiCheck } from '../checks.ts'
import type { Check } from '../../provider.ts'
import { statusOf } from './poll-rules.ts'
import { ownershipOf, readLabels } from './owner-labels.ts'
import type { SessionSetup } from './session-setup.ts'

/** What the bridge needs of IAM and AOS, checked by calls that change nothing. */
export async function* checkAos({ client, request, stack: asked }: SessionSetup): AsyncGenerator<Check> {
  const project = await huaweiCheck('project', () => client.projectId())
  yield project
  if (project.result !== 'ok') return
  const name = asked.by === 'id' ? asked.id.name : asked.name
  let guid: string | undefined = asked.by === 'id' ? asked.id.guid : undefined
  const listed = await huaweiCheck('stack list', async () => {
    guid ??= await client.guidOf(project.detail, name)
    return 'allowed'
  })
  yield listed
  if (listed.result !== 'ok') return
  yield await huaweiCheck('stack query', async () => {
    const stack = guid === undefined ? undefined : await client.stack(guid)
    return stack === undefined
      ? `there is no stack ${name}`
      : existingStack(name, statusOf(stack), ownershipOf(readLabels(stack.labels), request.owner))
  })
  yield unseenRights('stack create …', 'docs/providers/huawei-cloud/aos-stack.md')
}
