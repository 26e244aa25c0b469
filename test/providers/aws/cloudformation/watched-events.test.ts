import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../../../src/platform/clock.ts'
import type { JsonObject } from '../../../../src/platform/json.ts'
import { createLogger } from '../../../../src/platform/log.ts'
import { createNetwork } from '../../../../src/platform/network.ts'
import { Secrets } from '../../../../src/platform/secrets.ts'
import { provider } from '../../../../src/providers/aws/cloudformation/provider.ts'
import type { StackSession } from '../../../../src/providers/provider.ts'
import {
  SANDBOX_KEY,
  startSandboxCloudFormation,
  type SandboxCloudFormation,
} from '../../../../src/sandbox/aws/cloudformation/server.ts'

/** What `stackbridge watch` and `invoke` show of a stack. */

let aws: SandboxCloudFormation
let network: ReturnType<typeof createNetwork>
beforeEach(() => {
  network = createNetwork({ allowPrivateAddresses: true, intranetCallbackRanges: [] })
})
afterEach(() => Promise.all([aws.close(), network.close()]))

const bucket = (BucketName: string): JsonObject => ({
  Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName } } },
})

async function startCloud(deniedActions: readonly string[] = []): Promise<void> {
  aws = await startSandboxCloudFormation({ resourceDelayMs: 1, keys: [{ ...SANDBOX_KEY, deniedActions }] })
}

async function sessionOf(name: string, Template: JsonObject): Promise<StackSession> {
  const secrets = new Secrets()
  const properties = {
    AccessKeyId: SANDBOX_KEY.accessKeyId,
    AccessKeySecret: SANDBOX_KEY.secretAccessKey,
    RegionId: aws.region,
    Endpoint: aws.url,
    Stack: { Name: name, Template },
  }
  const opened = await provider.open(
    {
      kind: 'create',
      owner: { rosStackId: 'ros', rosStackName: 'ros', logicalResourceId: name },
      requestId: name,
      properties,
      fingerprint: JSON.stringify(Template),
    },
    {
      clock: systemClock,
      random: () => 0.5,
      network,
      secrets,
      log: createLogger({ level: 'silent', secrets }),
      environment: {},
    },
  )
  if (!opened.ok) throw new Error(JSON.stringify(opened.problems))
  return opened.session
}

async function settled(session: StackSession) {
  let found = await session.find()
  while (found.found === true && found.condition === 'working') found = await session.find()
  if (found.found !== true) throw new Error('there is no stack')
  return found.stack
}

const shown = async (session: StackSession, since = 0) =>
  (await session.events(await settled(session), since)).map(
    ({ resource, status, reason }) => `${resource} ${status} ${reason ?? ''}`,
  )

const REFUSED =
  "Bucket VALIDATION_FAILED Resource of type 'AWS::S3::Bucket' with identifier 'taken' already exists. (/Resources/Bucket/Properties/BucketName)"

/** Makes a stack with the name `taken`, and another whose creation is refused for it. */
async function refusedCreation(): Promise<StackSession> {
  const first = await sessionOf('first', bucket('taken'))
  await first.create()
  await settled(first)
  const second = await sessionOf('second', bucket('taken'))
  await second.create()
  return second
}

describe('the events of a stack', () => {
  it('show once what only DescribeEvents has, in the order of time', async () => {
    await startCloud()
    const session = await refusedCreation()
    const events = await shown(session)
    expect(events.filter((event) => event === REFUSED)).toHaveLength(1)
    expect(events.indexOf(REFUSED)).toBeLessThan(
      events.findIndex((event) => event.includes('ROLLBACK_IN_PROGRESS')),
    )
    expect(await shown(session)).toEqual(events)
  })

  it('show it of an update that left no trace on the stack, too', async () => {
    await startCloud()
    const first = await sessionOf('first', bucket('taken'))
    await first.create()
    await settled(first)
    const made = await sessionOf('second', bucket('free'))
    await made.create()
    await settled(made)
    const session = await sessionOf('second', bucket('taken'))
    await session.update(await settled(session))
    expect(await shown(session)).toContain(REFUSED)
  })

  it('do not show events that are older than requested', async () => {
    await startCloud()
    const session = await refusedCreation()
    await settled(session)
    expect(await shown(session, systemClock.now() + 60_000)).toEqual([])
  })

  it('are shown without it if DescribeEvents is denied, which is called once', async () => {
    await startCloud(['DescribeEvents'])
    const session = await refusedCreation()
    expect(await shown(session)).not.toContain(REFUSED)
    await shown(session)
    expect(aws.calls.filter((call) => call === 'DescribeEvents')).toHaveLength(1)
  })
})
