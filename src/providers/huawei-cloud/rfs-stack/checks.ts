import { existingStack, unseenRights } from '../../session/check-wording.ts'
import { huaweiCheck } from '../checks.ts'
import type { Check } from '../../provider.ts'
import { ownershipOf, readMarks } from './marks.ts'
import type { SessionSetup } from './session-setup.ts'

/** What the bridge needs of IAM and RFS, checked by calls that change nothing. */
export async function* checkRfs({ client, request, stack: asked }: SessionSetup): AsyncGenerator<Check> {
  const project = await huaweiCheck('project', () => client.projectId())
  yield project
  if (project.result !== 'ok') return
  const name = asked.by === 'id' ? asked.id.name : asked.name
  const place = asked.by === 'id' ? asked.id : { project: project.detail, name }
  const metadata = await huaweiCheck('GetStackMetadata', async () => {
    const stack = await client.metadata(place)
    return stack === undefined
      ? `allowed; there is no stack ${name}`
      : existingStack(name, stack.status, ownershipOf(readMarks(stack.description ?? ''), request.owner))
  })
  yield metadata
  if (metadata.result !== 'ok') return
  yield await huaweiCheck('ListStackEvents', async () => {
    await client.events(place, undefined, () => true)
    return 'allowed'
  })
  yield await huaweiCheck('ListStackOutputs', async () => {
    await client.outputs(place)
    return 'allowed'
  })
  yield unseenRights('CreateStack …', 'docs/providers/huawei-cloud/rfs-stack.md')
}
