import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import {
  readContinuation,
  writeContinuation,
  type Continuation,
} from '../../src/bridge/continuation/continuation.ts'
import { isJsonObject } from '../../src/platform/json.ts'
import {
  startSandboxCloudFormation,
  type SandboxCloudFormation,
} from '../../src/sandbox/aws/cloudformation/server.ts'
import {
  SANDBOX_ROLE,
  startSandboxFunctionCompute,
  type SandboxFunctionCompute,
} from '../../src/sandbox/function-compute/server.ts'
import { listen } from '../../src/sandbox/loopback-server.ts'
import { PLANTED } from '../planted-secrets.ts'
import { FcInstance } from './fc-instance.ts'
import { CONTINUATION_KEY } from '../continuation-keys.ts'

/** The failure destination in the built bundle, called with a continuation whose call has ended. */

const KEY = CONTINUATION_KEY
const ARN = 'acs:fc:cn-hangzhou:1234567890123456:functions/stackbridge'
const CONTEXT = {
  requestId: '1-on-failure',
  credentials: SANDBOX_ROLE,
  function: { name: 'on-failure', handler: 'on-failure.handler', memory: 512, timeout: 300 },
  service: { name: '', qualifier: 'LATEST' },
  region: 'cn-hangzhou',
  accountId: '1234567890123456',
}

let aws: SandboxCloudFormation
let fc: SandboxFunctionCompute
let destination: FcInstance
let answers: string[]
/** ROS's reply to each answer. */
let status: number
let callback: string
let taken: Uint8Array[]
const open: { close(): unknown }[] = []

beforeEach(async () => {
  const key = {
    accessKeyId: PLANTED.accessKeyId,
    secretAccessKey: PLANTED.accessKeySecret,
    accountId: '123456789012',
  }
  aws = await startSandboxCloudFormation({ keys: [key] })
  taken = []
  fc = await startSandboxFunctionCompute({
    ignoresDelay: true,
    functions: [
      {
        name: 'stackbridge',
        timeoutSeconds: 10,
        asyncTask: true,
        invoke(event) {
          taken.push(event)
          return Promise.resolve({ ended: 'returned', value: '' })
        },
      },
    ],
  })
  answers = []
  status = 200
  const ros = await listen(
    createServer((request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        answers.push(body)
        response.writeHead(status).end('{}')
      })
    }),
  )
  callback = `${ros.url}/callback`
  destination = new FcInstance({
    entry: join(inject('built'), 'function', 'on-failure.mjs'),
    environment: {
      STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true',
      STACKBRIDGE_CONTINUATION_KEY: KEY,
      STACKBRIDGE_FC_ENDPOINT: fc.url,
    },
  })
  open.push(aws, fc, ros, destination)
})
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

function continuation(more: Partial<Continuation> = {}, secondsLeft = 3000): Continuation {
  const now = Date.now()
  const end = now + secondsLeft * 1000
  return {
    chain: 'chain',
    resourceType: 'Custom::AwsCloudFormationStack',
    providerName: 'AwsCloudFormation',
    rosStackName: 'ros',
    replyTo: {
      responseUrls: { public: callback },
      stackId: 'stack',
      requestId: 'request',
      logicalResourceId: 'Logical',
    },
    properties: {
      AccessKeyId: PLANTED.accessKeyId,
      AccessKeySecret: PLANTED.accessKeySecret,
      RegionId: aws.region,
      Endpoint: aws.url,
      Stack: { Name: 'none' },
    },
    whole: false,
    fingerprint: 'fingerprint',
    bridge: {},
    secrets: [],
    operation: {
      version: 2,
      kind: 'create',
      policy: {
        onExisting: 'own',
        onTimeout: 'leave',
        deleteAttempts: 1,
        repair: false,
        pollMinMs: 200,
        pollMaxMs: 400,
      },
      startedAt: now,
      deadline: end,
      answerBy: end,
      end,
      notBefore: now,
      throttles: 0,
      hops: 7,
      step: {
        at: 'observe',
        watch: {
          kind: 'create',
          stack: {
            id: `arn:aws:cloudformation:${aws.region}:123456789012:stack/none/5f3b1a70-0000-11f0-8000-000000000000`,
            name: 'none',
          },
          marker: {},
        },
        since: now,
        consecutiveFailedPolls: 0,
        attempt: 0,
        then: 'answer',
      },
    },
    ...more,
  }
}

async function returnFromFailedCall(
  requestContext: object,
  failed: Continuation = continuation(),
  functionError = '',
) {
  const record = {
    requestContext: { requestId: '1-died', functionArn: ARN, ...requestContext },
    requestPayload: Buffer.from(writeContinuation(failed, KEY)).toString('base64'),
    responseContext: { statusCode: 200, functionError },
  }
  const ended = await destination.invoke(Buffer.from(JSON.stringify(record)), CONTEXT)
  await fc.idle()
  return ended
}

async function returnEvent(event: object) {
  const record = {
    requestContext: { requestId: '1-died', functionArn: ARN, condition: 'FunctionTimeout' },
    requestPayload: Buffer.from(JSON.stringify(event)).toString('base64'),
    responseContext: { statusCode: 200, functionError: '' },
  }
  return destination.invoke(Buffer.from(JSON.stringify(record)), CONTEXT)
}

const RETURNED = { ended: 'returned', value: '{"returned":true}' }
const ANSWERED = { ended: 'returned', value: '{"answered":"FAILED"}' }

describe('the failure destination', () => {
  it('does not throw if ROS refuses the answer to an event, so that FC does not run it again', async () => {
    status = 403
    const event = {
      RequestType: 'Create',
      ResponseURL: callback,
      StackId: 'stack',
      StackName: 'ros',
      RequestId: 'request',
      LogicalResourceId: 'Logical',
      ResourceType: 'Custom::AwsCloudFormationStack',
      ResourceProperties: {},
    }
    expect(await returnEvent(event)).toEqual({ ended: 'returned', value: '{"refused":"FAILED"}' })
    expect(answers).toHaveLength(1)
  })

  it.each([
    'FunctionResourceExhausted',
    'ResourceThrottled',
    'ConcurrencyLimitExceeded',
    'InternalServerError',
    'ServiceUnavailable',
    'EventAgeExceeded',
    'MaxEventAgeExceeded',
  ])('returns an operation to the bridge if its call ended by %s', async (condition) => {
    expect(await returnFromFailedCall({ condition })).toEqual(RETURNED)
    expect(answers).toEqual([])
    expect(fc.accepted).toEqual([{ functionName: 'stackbridge', delaySeconds: 15 }])
    const event: unknown = JSON.parse(Buffer.from(taken[0] ?? []).toString())
    const read = isJsonObject(event) ? readContinuation(event, [KEY]) : undefined
    expect(read).toMatchObject({
      kind: 'continuation',
      continuation: {
        chain: 'chain',
        handOffs: { returns: 1 },
        operation: { hops: 8, step: { at: 'observe' } },
      },
    })
  })

  it.each([
    ['an error of the handler', { condition: 'UnhandledInvocationError' }, ''],
    ['an error that the handler has returned', { condition: 'HandledInvocationError' }, ''],
    ["the function's timeout", { condition: 'FunctionTimeout' }, 'UnhandledInvocationError'],
    ['a lack of memory', { condition: 'OutOfMemory' }, ''],
    ['an error of the handler that only the response names', {}, 'UnhandledInvocationError'],
    ['a user who stopped it', { condition: 'StatefulAsyncInvocationStopped' }, ''],
    ['an unnamed condition', {}, ''],
  ])('answers for an operation if its call was ended by %s', async (_, requestContext, functionError) => {
    expect(await returnFromFailedCall(requestContext, continuation(), functionError)).toEqual(ANSWERED)
    expect(answers).toHaveLength(1)
    expect(fc.accepted).toEqual([])
  })

  const throttled = { condition: 'ResourceThrottled' }

  it('returns an operation three times, each time with a longer delay', async () => {
    for (const [returns, delaySeconds] of [
      [1, 30],
      [2, 60],
    ] as const) {
      const operation = { ...continuation().operation, hops: 20 + returns }
      expect(
        await returnFromFailedCall(throttled, continuation({ handOffs: { returns }, operation })),
      ).toEqual(RETURNED)
      expect(fc.accepted.at(-1)).toMatchObject({ delaySeconds })
    }
    expect(await returnFromFailedCall(throttled, continuation({ handOffs: { returns: 3 } }))).toEqual(
      ANSWERED,
    )
    expect(answers).toHaveLength(1)
  })

  it.each([
    ['its time is nearly over', () => continuation({}, 59), {}],
    ['only the answer is left', () => answering(), {}],
    ['the record names no function', () => continuation(), { functionArn: 'acs:fc' }],
    ['the record names another account', () => continuation(), { functionArn: ARN.replace('1234', '9999') }],
    [
      'the record names the destination itself',
      () => continuation(),
      { functionArn: ARN.replace('stackbridge', 'on-failure') },
    ],
    [
      'the role may not invoke the bridge',
      () => continuation(),
      { functionArn: ARN.replace('stackbridge', 'absent') },
    ],
  ])('answers for an operation itself if %s', async (_, failed, more) => {
    expect(await returnFromFailedCall({ ...throttled, ...more }, failed())).toEqual(ANSWERED)
    expect(answers).toHaveLength(1)
    expect(fc.accepted).toEqual([])
  })

  function answering(): Continuation {
    const verdict = { status: 'FAILED', reason: 'It failed.' } as const
    return continuation({
      operation: { ...continuation().operation, step: { at: 'answer', verdict, tries: 1 } },
    })
  }
})
