import { createServer } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeContinuation } from '../../src/bridge/continuation/continuation.ts'
import type { Host } from '../../src/bridge/host.ts'
import { startOperation, type Step } from '../../src/bridge/operation.ts'
import { refuseEvent } from '../../src/bridge/refuse-event.ts'
import { serveEvent } from '../../src/bridge/serve-event.ts'
import { takeBySelfInvocation } from '../../src/channels/fc/take-by-self-invocation.ts'
import { systemClock } from '../../src/platform/clock.ts'
import type { JsonObject } from '../../src/platform/json.ts'
import { createLogger } from '../../src/platform/log.ts'
import { createNetwork } from '../../src/platform/network.ts'
import { readSettings } from '../../src/platform/settings.ts'
import { providerRegistry } from '../../src/providers/registry.ts'
import { listen } from '../../src/sandbox/loopback-server.ts'
import { startSandboxOpenStack, type SandboxOpenStack } from '../../src/sandbox/openstack/server.ts'
import { CONTINUATION_KEY } from '../continuation-keys.ts'

/**
 * An event whose answer ROS refuses with 4xx must not be served again: ROS may already have sent the next event, and the old
 * one could change the stack. `refused` reports this to the caller; `undelivered` makes Function Compute and the journal retry.
 */

const ENVIRONMENT = {
  STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true',
  STACKBRIDGE_CONTINUATION_KEY: CONTINUATION_KEY,
}

/** ROS's reply to each answer. */
let status = 403
let posts: number
let responseUrl: string
let openstack: SandboxOpenStack
const network = createNetwork({ allowPrivateAddresses: true, intranetCallbackRanges: [] })
const open: { close(): Promise<void> }[] = []

beforeEach(async () => {
  status = 403
  posts = 0
  const ros = await listen(
    createServer((request, response) => {
      posts += 1
      request.resume()
      response.writeHead(status).end('{"Code":"AccessDenied"}')
    }),
  )
  responseUrl = `${ros.url}/callback?signature=x`
  openstack = await startSandboxOpenStack()
  open.push(ros, openstack)
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

function host(environment: Readonly<Record<string, string>> = {}, more: Partial<Host> = {}): Host {
  const { settings, problems } = readSettings({ ...ENVIRONMENT, ...environment })
  return {
    clock: systemClock,
    random: () => 0.02,
    environment: {},
    settings,
    misconfiguration: problems,
    network,
    registry: providerRegistry,
    log: (secrets, bindings) => createLogger({ level: 'silent', secrets, bindings }),
    functionEndsAt: systemClock.now() + 3000,
    ...more,
  }
}

function event(more: JsonObject = {}): Uint8Array {
  return Buffer.from(
    JSON.stringify({
      RequestType: 'Create',
      ResponseURL: responseUrl,
      StackId: 'stack',
      StackName: 'ros',
      ResourceOwnerId: '1',
      CallerId: '1',
      RegionId: 'cn-hangzhou',
      RequestId: 'request',
      LogicalResourceId: 'R',
      ResourceType: 'Custom::HeatStack',
      ResourceProperties: {},
      ...more,
    }),
  )
}

function heatProperties(): JsonObject {
  const { authUrl, user, region } = openstack
  const Auth = { AuthUrl: authUrl, Username: user.name, Password: user.password, ProjectId: user.projectId }
  return { Auth, RegionName: region, Stack: { Name: 'one', Template: 'no: template' } }
}

interface Kind {
  readonly answer: string
  readonly fields?: () => JsonObject
  readonly environment?: Readonly<Record<string, string>>
}

const KINDS: readonly Kind[] = [
  { answer: 'wrong properties' },
  { answer: 'a malformed event', fields: () => ({ ResourceType: '' }) },
  { answer: 'an unknown type', fields: () => ({ ResourceType: 'Custom::Unknown' }) },
  {
    answer: 'a Delete of what was never made',
    fields: () => ({ RequestType: 'Delete', ResourceType: 'Custom::Unknown' }),
  },
  { answer: 'a wrong environment', environment: { STACKBRIDGE_POLL_MAX_MS: 'often' } },
  { answer: 'an operation', fields: () => ({ ResourceProperties: heatProperties() }) },
]

describe.each(KINDS)('the answer to $answer', ({ fields = () => ({}), environment }) => {
  it('that ROS refuses ends the event', async () => {
    expect(await serveEvent(event(fields()), host(environment))).toMatchObject({ kind: 'refused' })
    expect(posts).toBe(1)
  })

  it('that ROS refuses ends the event at the failure destination', async () => {
    const served = await serveEvent(event(fields()), host(environment), 'The call of the bridge died', true)
    expect(served).toMatchObject({ kind: 'refused' })
  })

  it('that temporarily cannot be delivered is undelivered, so that the event is retried', async () => {
    status = 503
    const functionEndsAt = systemClock.now() + 1000
    expect(await serveEvent(event(fields()), host(environment, { functionEndsAt }))).toMatchObject({
      kind: 'undelivered',
    })
  })
})

describe('an event', () => {
  it('that is given up without being served ends if ROS refuses the answer', async () => {
    expect(await refuseEvent(event(), host(), 'for a test')).toMatchObject({ kind: 'refused' })
  })

  it('ends if ROS refuses the answer at one URL, and the other one cannot be reached', async () => {
    const gone = await listen(createServer())
    await gone.close()
    const fields = { ResponseURL: `${gone.url}/callback`, IntranetResponseURL: responseUrl }
    const functionEndsAt = systemClock.now() + 1500
    expect(await serveEvent(event(fields), host({}, { functionEndsAt }))).toMatchObject({ kind: 'refused' })
  })

  it('of a web: token counts as accepted if ROS refuses the answer, so that ROS does not send it again', async () => {
    const unable = host({}, { invokeSelf: { possible: false, whyNot: 'it has no role' } })
    expect(await takeBySelfInvocation(event(), unable)).toEqual({ taken: true })
    status = 503
    const late = { ...unable, functionEndsAt: systemClock.now() + 1000 }
    expect(await takeBySelfInvocation(event(), late)).toMatchObject({ taken: false })
  })
})

describe('a continuation', () => {
  const continuation = (step: Step, properties: JsonObject) => {
    const now = systemClock.now()
    const end = now + 2000
    return writeContinuation(
      {
        chain: 'chain',
        resourceType: 'Custom::HeatStack',
        providerName: 'Heat',
        rosStackName: 'ros',
        replyTo: {
          responseUrls: { public: responseUrl },
          stackId: 'stack',
          requestId: 'request',
          logicalResourceId: 'R',
        },
        properties,
        whole: true,
        fingerprint: 'f',
        bridge: {},
        secrets: [],
        operation: {
          ...startOperation({
            kind: 'create',
            startedAt: now,
            deadline: end,
            answerBy: end,
            end,
            policy: {
              onExisting: 'own',
              onTimeout: 'leave',
              deleteAttempts: 1,
              repair: false,
              pollMinMs: 50,
              pollMaxMs: 100,
            },
          }),
          step,
        },
      },
      CONTINUATION_KEY,
    )
  }

  it('that could start something ends if ROS refuses any answer', async () => {
    const bytes = continuation({ at: 'create' }, {})
    expect(await serveEvent(bytes, host())).toMatchObject({ kind: 'refused' })
    expect(await refuseEvent(bytes, host(), 'for a test')).toMatchObject({ kind: 'refused' })
  })

  it('that only delivers an answer is undelivered, so that FC retries it and its alarms notice it', async () => {
    const bytes = continuation({ at: 'answer', verdict: { status: 'FAILED', reason: 'x' }, tries: 0 }, {})
    expect(await serveEvent(bytes, host())).toMatchObject({ kind: 'undelivered' })
  })
})

const FUNCTION: Pick<Host, 'invokeSelf'> = { invokeSelf: { possible: false, whyNot: 'for a test' } }

describe('the log line about an answer that could not be delivered', () => {
  /** `deliverUntil` of the lines, after one delivery of the event. */
  async function linesAfter(self: Pick<Host, 'invokeSelf'> = FUNCTION): Promise<readonly number[]> {
    const lines: string[] = []
    const destination = { write: (line: string) => void lines.push(line) }
    await serveEvent(
      event(),
      host(
        {},
        {
          ...self,
          log: (secrets, bindings) => createLogger({ level: 'error', secrets, bindings, destination }),
        },
      ),
    )
    return lines
      .map((line) => JSON.parse(line) as { msg: string; deliverUntil: number })
      .filter(({ msg }) => msg === 'the answer could not be delivered')
      .map(({ deliverUntil }) => deliverUntil)
  }

  it('has the time until which it is retried, if it is retried', async () => {
    status = 500
    const [until = 0, ...others] = await linesAfter()
    expect(others).toEqual([])
    expect(until).toBeGreaterThan(systemClock.now() + 3_500_000)
  })

  it('states that nothing retries it if ROS has refused it or if the command line has served the event', async () => {
    expect(await linesAfter()).toEqual([0])
    status = 500
    expect(await linesAfter({})).toEqual([0])
  })
})
