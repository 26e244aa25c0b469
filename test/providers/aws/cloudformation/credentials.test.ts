import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/platform/json.ts'
import { refused, succeeded } from '../../../outcome-assertions.ts'
import { startAwsWorld, type AwsWorld } from './world.ts'

/** What AWS says about keys and roles, from ROS's event to its answer. */

let here: AwsWorld
let denied: string[]
beforeEach(async () => {
  denied = []
  here = await startAwsWorld(denied)
})
afterEach(() => here.close())

const STACK: JsonObject = { Template: { Resources: { Thing: { Type: 'Sandbox::Resource' } } } }
const role = (): JsonObject => ({
  AssumeRole: { RoleArn: 'arn:aws:iam::123456789012:role/New', Endpoint: here.aws.url },
  Timeout: 600,
})

describe('a role', () => {
  it('that was just created is tried again', async () => {
    denied.push('AssumeRole')
    const making = here.resource(STACK, role()).create()
    await here.time.until(() => here.calls('AssumeRole') > 1)
    denied.length = 0
    succeeded(await making)
  })

  it('that stays denied is FAILED within a minute, in words that name STS', async () => {
    denied.push('AssumeRole')
    const outcome = await here.resource(STACK, role()).create()
    expect(refused(outcome)).toMatch(
      /^AWS STS AssumeRole: AccessDenied: User: .* is not authorized to perform: sts:AssumeRole/,
    )
    expect(outcome.elapsedMs).toBeLessThan(60_000)
  })
})

describe('the session of a role', () => {
  it('is used for the whole operation, however often the SDK asks for credentials', async () => {
    // To the SDK, which has real time, the session has ended: it asks again for each request.
    const earlier = await startAwsWorld([], Date.now() - 86_400_000)
    const assumed = {
      AssumeRole: { RoleArn: 'arn:aws:iam::123456789012:role/Any', Endpoint: earlier.aws.url },
    }
    succeeded(await earlier.resource(STACK, assumed).create())
    expect(earlier.calls('DescribeStacks')).toBeGreaterThan(0)
    expect(earlier.calls('AssumeRole')).toBe(1)
    await earlier.close()
  })
})

describe('keys that AWS does not know', () => {
  it('are distinguished from a region that is not enabled, and from another partition', async () => {
    const reason = refused(await here.resource(STACK, { AccessKeyId: 'AKIAUNKNOWN' }).create())
    expect(reason).toContain('InvalidClientTokenId')
    expect(reason).toMatch(/opt-in regions.*another partition/)
  })
})
