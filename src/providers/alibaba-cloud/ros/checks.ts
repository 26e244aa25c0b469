import * as v from 'valibot'
import type { Check } from '../../provider.ts'
import { callCheck } from '../../session/call-check.ts'
import { existingStack, unseenRights } from '../../session/check-wording.ts'
import type { RosStack } from './client.ts'
import { ownershipOf } from './marks.ts'
import type { SessionSetup } from './session-setup.ts'

/** What the bridge needs of STS and ROS, checked by calls that change nothing. */
export async function* checkRos(
  setup: SessionSetup,
  find: () => Promise<RosStack | undefined>,
): AsyncGenerator<Check> {
  const { client, identity, request, stack: asked } = setup
  const credentials = await rosCheck('credentials', async () => `of the account ${await identity.account()}`)
  yield credentials
  if (credentials.result !== 'ok') return
  let existing: RosStack | undefined
  const found = await rosCheck(asked.by === 'id' ? 'GetStack' : 'ListStacks, GetStack', async () => {
    existing = await find()
    return existing === undefined
      ? `allowed; there is no stack ${asked.by === 'id' ? asked.id.name : asked.name}`
      : existingStack(existing.StackName, existing.Status, ownershipOf(existing.Tags, request.owner))
  })
  yield found
  if (found.result !== 'ok') return
  if (existing !== undefined) {
    const { StackId } = existing
    yield await rosCheck('ListStackEvents', async () => {
      await client.events(StackId, 1, 1)
      return 'the events can be read'
    })
    yield* driftChecks(setup, StackId)
  }
  yield unseenRights('CreateStack …', 'docs/providers/alibaba-cloud/ros.md')
}

/**
 * Without OnDrift no check. DetectStackDrift itself would begin a detection, and GetStackDriftDetectionStatus needs the id of
 * one: ROS's documents do not say what a made-up id meets where the right is missing.
 */
async function* driftChecks({ client, onDrift }: SessionSetup, StackId: string): AsyncGenerator<Check> {
  if (onDrift === undefined) return
  const checks = [
    await rosCheck('ListStackResources', async () => {
      await client.resources(StackId)
      return 'allowed, for OnDrift'
    }),
    await rosCheck('ListStackResourceDrifts', async () => {
      await client.read('ListStackResourceDrifts', { StackId, MaxResults: 1 }, v.object({}))
      return 'allowed, for OnDrift'
    }),
  ]
  for (const check of checks)
    yield check.result === 'ok' || onDrift === 'refuse'
      ? check
      : {
          ...check,
          result: 'degraded',
          detail: `${check.detail}; without it OnDrift reports drift as UNKNOWN`,
        }
  yield {
    name: 'DetectStackDrift …',
    result: 'unknown',
    detail: 'no call that changes nothing can tell whether a detection may begin; see docs/drift.md',
  }
}

const rosCheck = callCheck({
  allow: 'check keys, security token and role, and that a policy allows the call',
  reach: 'check RegionId and Endpoint, and the way out of the network',
})
