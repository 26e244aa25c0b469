import type { Check } from '../../provider.ts'
import { CloudError } from '../../provider.ts'
import { callCheck } from '../../session/call-check.ts'
import { existingStack, unseenRights } from '../../session/check-wording.ts'
import type { HeatClient } from './client.ts'
import { createdTag, ownershipOf } from './marks.ts'
import type { StackProperties } from './properties.ts'
import type { SessionSetup } from './session-setup.ts'
import { createBody } from './stack-body.ts'

/** What the bridge needs of OpenStack, checked by calls that change nothing. */
export async function* checkHeat(setup: SessionSetup): AsyncGenerator<Check> {
  const { client, request, desired, onDrift } = setup
  const token = await check('token', async () => `for the project ${await client.projectId()}`)
  yield token
  if (token.result !== 'ok') return
  const endpoint = await check('endpoint', () => client.endpoint())
  yield endpoint
  if (endpoint.result !== 'ok') return
  const existing = await check('stack show', () => existingInWords(setup))
  yield existing
  if (existing.result !== 'ok') return
  yield await check('stack list', async () => {
    await client.deleted(createdTag(request))
    return 'deleted stacks can be seen'
  })
  if (desired !== undefined) yield await templateCheck(client, desired)
  if (client.isDelegated) yield DELEGATED
  if (onDrift !== undefined) yield UNSEEN_CHECK
  yield unseenRights('stack create …', 'docs/providers/openstack/heat.md')
}

/** It is `actions:action` of Heat's policy, which a project's member has by default. */
const UNSEEN_CHECK: Check = {
  name: 'stack check',
  result: 'unknown',
  detail:
    "Heat's check, for OnDrift, is an operation of the stack and changes its status: no call that only reads can tell " +
    'whether it is allowed; see docs/drift.md',
}

const DELEGATED: Check = {
  name: 'trust',
  result: 'degraded',
  detail:
    'these are an application credential: a Heat that works with trusts, as most do, refuses to create stacks for it; ' +
    'use a user and password there',
}

const check = callCheck({
  allow: 'the user needs a role in the project, and Heat a policy, that allow it',
  reach: 'check Auth.AuthUrl, Endpoint and Interface, and the way out of the network',
})

async function existingInWords({ client, request, stack: asked }: SessionSetup): Promise<string> {
  const name = asked.by === 'id' ? asked.id.name : asked.name
  const place = asked.by === 'id' ? asked.id : await client.locate(asked.name)
  const stack = place === undefined ? undefined : await client.show(place, { outputs: false })
  return stack === undefined
    ? `allowed; there is no stack ${name}`
    : existingStack(name, stack.stack_status, ownershipOf(stack.tags ?? [], request.owner))
}

/** The bridge itself does not need the call, so a refusal is no missing right. */
async function templateCheck(client: HeatClient, desired: StackProperties): Promise<Check> {
  const name = 'template validate'
  try {
    await client.validate(createBody(desired, 'stackbridge-doctor', []))
    return { name, result: 'ok', detail: 'the template is valid' }
  } catch (error) {
    if (!(error instanceof CloudError)) throw error
    return error.kind === 'rejected'
      ? { name, result: 'missing', detail: `${error.message}; mend Stack.Template` }
      : { name, result: 'unknown', detail: `${error.message}; the bridge itself does not need it` }
  }
}
