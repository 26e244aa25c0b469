import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/platform/json.ts'
import { refused, succeeded } from '../../../outcome-assertions.ts'
import { startAwsWorld, type AwsWorld } from './world.ts'

/** Failures whose cause is only in DescribeEvents, hooks, and several causes at once, from ROS's event to its answer. */

let here: AwsWorld
beforeEach(async () => {
  here = await startAwsWorld()
})
afterEach(() => here.close())

const named = (BucketName: string) => ({ Type: 'AWS::S3::Bucket', Properties: { BucketName } })
const thing = (properties: JsonObject = {}) => ({ Type: 'Sandbox::Resource', Properties: properties })
const template = (resources: JsonObject): JsonObject => ({ Template: { Resources: resources } })
const TAKEN = template({ Bucket: named('taken') })
const REASON =
  /^Bucket \(AWS::S3::Bucket\): Resource of type 'AWS::S3::Bucket' with identifier 'taken' already exists\. \(\/Resources\/Bucket\/Properties\/BucketName\)/

async function takeName(): Promise<void> {
  succeeded(await here.resource({ ...TAKEN, Name: 'first' }, {}, 'First').create())
}

describe('a stack that early validation refuses', () => {
  it('is FAILED with the validation, the resource and the path, by DescribeEvents alone', async () => {
    await takeName()
    expect(refused(await here.resource(TAKEN).create())).toMatch(REASON)
    expect(here.calls('DescribeEvents')).toBe(1)
    expect(here.calls('DescribeStackEvents')).toBe(0)
  })

  it('is FAILED with the summary, and what to allow, where DescribeEvents is denied', async () => {
    const denied = await startAwsWorld(['DescribeEvents'])
    succeeded(await denied.resource({ ...TAKEN, Name: 'first' }, {}, 'First').create())
    const reason = refused(await denied.resource(TAKEN).create())
    expect(reason).toContain('[AWS::EarlyValidation::ResourceExistenceCheck]')
    expect(reason).toContain('allow cloudformation:DescribeEvents in the policy')
    await denied.close()
  })

  it.each(['untouched', 'rolled-back'] as const)(
    'is FAILED at once by an Update that leaves it %s',
    async (left) => {
      await takeName()
      const made = here.resource(template({ Thing: thing() }))
      succeeded(await made.create())
      here.aws.cloud.refusedUpdates = left
      const outcome = await made.update(here.parameters(TAKEN, { Timeout: 3600 }))
      expect(refused(outcome)).toMatch(REASON)
      expect(outcome.elapsedMs).toBeLessThan(10_000)
    },
  )

  it('is FAILED at once by a second delivery of such an Update, too', async () => {
    await takeName()
    const made = here.resource(template({ Thing: thing() }))
    succeeded(await made.create())
    refused(await made.update(here.parameters(TAKEN)))
    const event = here.world.events.at(-1)
    if (event === undefined) throw new Error('no event was sent')
    await here.world.invoke(event)
    expect(here.world.served.at(-1)).toEqual(here.world.served.at(-2))
  })

  it('names each failed validation, the first one first', async () => {
    await takeName()
    const reason = refused(
      await here.resource(template({ A: named('taken'), B: named('free'), C: named('taken') })).create(),
    )
    expect(reason).toMatch(/^A \(AWS::S3::Bucket\): .*Also failed: C \(AWS::S3::Bucket\): Resource of type/)
    expect(reason).not.toContain('B (AWS')
  })
})

describe('a hook', () => {
  const hooked = (Hook: string) => thing({ Hook, HookMessage: 'no owner tag' })

  it('in WARN mode is never the cause', async () => {
    const failing = { ...thing({ FailOn: 'create', Message: 'quota exceeded' }), DependsOn: 'First' }
    const reason = refused(await here.resource(template({ First: hooked('WARN'), Second: failing })).create())
    expect(reason).toMatch(/^Second \(Sandbox::Resource\): quota exceeded\./)
    expect(reason).not.toContain('owner tag')
  })

  it('in FAIL mode is the cause, in its own words, once', async () => {
    const reason = refused(await here.resource(template({ Thing: hooked('FAIL') })).create())
    expect(reason).toMatch(/^Thing \(Sandbox::Resource\): Hook failed with message: no owner tag\./)
    expect(reason).not.toContain('Also failed')
  })
})

describe('several resources that fail', () => {
  it('are all named, without those that were only cancelled', async () => {
    const one = thing({ FailOn: 'create', Message: 'may not make queues' })
    const other = thing({ FailOn: 'create', Message: 'may not make topics' })
    const slow = thing({ DelaySeconds: 2 })
    const reason = refused(await here.resource(template({ A: one, B: other, C: slow })).create())
    expect(reason).toContain(
      'A (Sandbox::Resource): may not make queues. Also failed: B (Sandbox::Resource): may not make topics. ',
    )
    expect(reason).not.toContain('cancelled')
  })

  it('leave room for the rest of the answer', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [
        `R${String(index)}`,
        thing({ FailOn: 'create', Message: 'x'.repeat(400) }),
      ]),
    )
    const reason = refused(await here.resource(template(many)).create())
    expect(reason).toMatch(/; \d+ more\. Creating stack stack-by-ros failed.*Stack id: /)
  })
})

describe('events that cannot be read', () => {
  it('are named as the reason for a missing cause', async () => {
    const denied = await startAwsWorld(['DescribeEvents', 'DescribeStackEvents'])
    const reason = refused(
      await denied.resource(template({ Thing: thing({ FailOn: 'create', Message: 'no' }) })).create(),
    )
    expect(reason).toMatch(
      /^The cloud's reason could not be read: the credentials may not read the events: AWS DescribeStackEvents: AccessDenied/,
    )
    await denied.close()
  })

  it('name the call that fails for good, and not another one', async () => {
    await takeName()
    here.aws.faults.add('internal-error', { action: 'DescribeEvents', times: 1000 })
    const reason = refused(await here.resource(TAKEN, {}, 'Foreign', 600).create())
    expect(reason).toMatch(/AWS DescribeEvents: /)
    expect(reason).not.toContain('DescribeStackEvents')
  })

  it('are not needed for a cause that the other call tells', async () => {
    here.aws.faults.add('internal-error', { action: 'DescribeEvents', times: 1000 })
    const failing = template({ Thing: thing({ FailOn: 'create', Message: 'no' }) })
    expect(refused(await here.resource(failing).create())).toMatch(/^Thing \(Sandbox::Resource\): no/)
  })
})
