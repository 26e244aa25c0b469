import { request } from 'undici'
import { afterEach, describe, expect, it } from 'vitest'
import { isJsonObject, parseJson, type JsonObject } from '../../../src/platform/json.ts'
import { SandboxRos } from '../../../src/sandbox/ros/ros.ts'

/** The embedded ROS is as strict as ROS's documents, so that ROS accepts every answer that it accepts. */

let ros: SandboxRos
afterEach(() => ros.close())

const definition = {
  logicalResourceId: 'R',
  resourceType: 'Custom::X',
  parameters: { A: 1 },
  timeoutSeconds: 1,
}

function asObject(bytes: Uint8Array): JsonObject {
  const parsed = parseJson(bytes)
  if (!parsed.ok || !isJsonObject(parsed.value)) throw new Error('no event')
  return parsed.value
}

/** Starts a ROS whose function answers each event with the result of `reply`. */
async function withFunction(
  reply: (event: JsonObject) => JsonObject,
  send: { method?: 'POST' | 'PUT'; headers?: Record<string, string> } = {},
  times = 1,
): Promise<void> {
  ros = await SandboxRos.start({
    invoke: async (bytes) => {
      const event = asObject(bytes)
      for (let time = 0; time < times; time += 1)
        await request(typeof event['ResponseURL'] === 'string' ? event['ResponseURL'] : '', {
          method: send.method ?? 'POST',
          headers: { 'content-type': 'application/json', date: new Date().toUTCString(), ...send.headers },
          body: JSON.stringify(reply(event)),
        })
    },
  })
}

const ids = ({ StackId, RequestId, LogicalResourceId }: JsonObject): JsonObject => ({
  StackId: StackId ?? '',
  RequestId: RequestId ?? '',
  LogicalResourceId: LogicalResourceId ?? '',
})
const success = (event: JsonObject): JsonObject => ({
  Status: 'SUCCESS',
  PhysicalResourceId: 'id',
  ...ids(event),
})

describe('an answer that follows the documents', () => {
  it('is accepted, and the next event carries its id', async () => {
    await withFunction(success)
    const resource = await ros.create(definition)
    expect(ros.outcomes[0]).toMatchObject({ violations: [], answer: { status: 'SUCCESS' } })
    expect(resource.physicalResourceId).toBe('id')
    expect(await resource.delete()).toMatchObject({ violations: [] })
  })
})

describe('an answer that breaks a rule', () => {
  it.each([
    [
      'a field that is not documented',
      (event: JsonObject) => ({ ...success(event), NoEcho: true }),
      {},
      'NoEcho',
    ],
    [
      'another RequestId',
      (event: JsonObject) => ({ ...success(event), RequestId: 'x' }),
      {},
      'RequestId differs',
    ],
    ['no id', (event: JsonObject) => ({ Status: 'SUCCESS', ...ids(event) }), {}, 'PhysicalResourceId'],
    [
      'an id that is too long',
      (event: JsonObject) => ({ ...success(event), PhysicalResourceId: 'ä'.repeat(128) }),
      {},
      'too long',
    ],
    ['a FAILED without a reason', (event: JsonObject) => ({ Status: 'FAILED', ...ids(event) }), {}, 'Reason'],
    [
      'more than 4,096 bytes',
      (event: JsonObject) => ({ ...success(event), Data: { A: 'x'.repeat(4096) } }),
      {},
      'more than 4096',
    ],
    [
      'another content type',
      success,
      { headers: { 'content-type': 'application/json; charset=utf-8' } },
      'Content-Type',
    ],
    ['a date that is not GMT', success, { headers: { date: '2026-01-01' } }, 'Date is not'],
    ['a PUT', success, { method: 'PUT' as const }, 'not POST'],
  ])('is reported for %s', async (_name, reply, send, violation) => {
    await withFunction(reply, send)
    const outcome = await ros.send('Create', definition, undefined)
    expect(outcome.violations.join('; ')).toContain(violation)
  })

  it('is reported when it is the second one', async () => {
    await withFunction(success, {}, 2)
    expect((await ros.send('Create', definition, undefined)).violations).toEqual(['2 answers came'])
  })

  it('is reported for a changed id', async () => {
    await withFunction(success)
    expect((await ros.send('Delete', definition, 'another')).violations).toEqual([
      'PhysicalResourceId has changed',
    ])
  })

  it('is reported as missing after the Timeout', async () => {
    ros = await SandboxRos.start({ invoke: () => Promise.resolve() })
    expect(await ros.send('Create', definition, undefined)).toMatchObject({
      answer: undefined,
      violations: ['no answer came before the Timeout'],
    })
  })
})

describe('a rollback', () => {
  it('follows a failed Create with a Delete, and a failed Update with the reverse Update', async () => {
    const failed = (event: JsonObject): JsonObject => ({ Status: 'FAILED', Reason: 'no', ...ids(event) })
    const isMatch = (event: JsonObject) =>
      isJsonObject(event['ResourceProperties'] ?? null) &&
      JSON.stringify(event['ResourceProperties']) !== '{"A":2}'
    let creates = 0
    await withFunction((event) => {
      if (event['RequestType'] === 'Create') creates += 1
      const fails =
        event['RequestType'] === 'Create'
          ? creates === 1
          : event['RequestType'] === 'Update' && !isMatch(event)
      return fails
        ? failed(event)
        : { ...success(event), PhysicalResourceId: event['PhysicalResourceId'] ?? 'id' }
    })
    await ros.create(definition)
    const resource = await ros.create(definition)
    await resource.update({ A: 2 })
    expect(ros.outcomes.map(({ requestType, answer }) => `${requestType} ${answer?.status ?? ''}`)).toEqual([
      'Create FAILED',
      'Delete SUCCESS',
      'Create SUCCESS',
      'Update FAILED',
      'Update SUCCESS',
    ])
  })
})
