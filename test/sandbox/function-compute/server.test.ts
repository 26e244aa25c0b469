import { afterEach, describe, expect, it } from 'vitest'
import { signAcs3 } from '../../../src/platform/acs3-signature.ts'
import {
  FUNCTION_COMPUTE_LIMITS,
  LARGEST_RESCUABLE_PAYLOAD_BYTES,
} from '../../../src/platform/limits/function-compute.ts'
import {
  SANDBOX_ROLE,
  startSandboxFunctionCompute,
  type InvocationEnd,
  type SandboxFunctionCompute,
  type SandboxFunctionComputeOptions,
} from '../../../src/sandbox/function-compute/server.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

async function start(
  end: InvocationEnd = { ended: 'returned', value: '' },
  options: Partial<SandboxFunctionComputeOptions> = {},
) {
  const records: { requestContext: { condition: string }; requestPayload: string }[] = []
  const cloud = await startSandboxFunctionCompute({
    retryPauseMs: 1,
    functions: [
      {
        name: 'bridge',
        timeoutSeconds: 10,
        retries: 0,
        onFailure: 'on-failure',
        invoke: () => Promise.resolve(end),
      },
      {
        name: 'on-failure',
        timeoutSeconds: 10,
        invoke(event) {
          records.push(JSON.parse(Buffer.from(event).toString()))
          return Promise.resolve({ ended: 'returned', value: '' })
        },
      },
    ],
    ...options,
  })
  open.push(cloud)
  return { cloud, records }
}

/** Sends the request unchanged, without the bridge's own client, which would refuse it. */
async function invoke(cloud: SandboxFunctionCompute, body: Uint8Array, headers: Record<string, string>) {
  const url = new URL(`${cloud.url}/2023-03-30/functions/bridge/invocations`)
  const signed = signAcs3(
    {
      method: 'POST',
      url,
      action: 'InvokeFunction',
      version: '2023-03-30',
      headers: { 'content-type': 'application/octet-stream' },
      body,
    },
    SANDBOX_ROLE,
    { now: Date.now(), nonce: String(Math.random()) },
  )
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...signed, 'x-fc-invocation-type': 'Async', ...headers },
    body: Buffer.from(body),
  })
  return { status: response.status, body: await response.text() }
}

describe('the embedded Function Compute', () => {
  it.each(['0', '3600', '-1', '1.5', '', '86400'])('refuses the delay %j', async (delay) => {
    const { cloud } = await start()
    expect(await invoke(cloud, Buffer.from('{}'), { 'x-fc-async-delay': delay })).toMatchObject({
      status: 400,
      body: expect.stringContaining('InvalidArgument'),
    })
    expect(cloud.accepted).toEqual([])
  })

  it.each([undefined, 1, 3599])('accepts the delay %s', async (delay) => {
    const { cloud } = await start()
    const headers: Record<string, string> = delay === undefined ? {} : { 'x-fc-async-delay': String(delay) }
    expect(await invoke(cloud, Buffer.from('{}'), headers)).toMatchObject({ status: 202 })
    expect(cloud.accepted.map(({ delaySeconds }) => delaySeconds)).toEqual([delay])
  })

  it.each([
    [FUNCTION_COMPUTE_LIMITS.asyncPayload.most, 202],
    [FUNCTION_COMPUTE_LIMITS.asyncPayload.most + 1, 400],
  ])('answers a payload of %i bytes with %i', async (bytes, status) => {
    const { cloud } = await start()
    expect(await invoke(cloud, Buffer.alloc(bytes, '1'), {})).toMatchObject({ status })
  })

  it.each(['text', 'base64'] as const)(
    'passes an accepted payload to a failure destination, with the request as %s',
    async (recordEncoding) => {
      const { cloud, records } = await start({ ended: 'killed' }, { recordEncoding })
      const event = JSON.stringify({ x: 'y'.repeat(LARGEST_RESCUABLE_PAYLOAD_BYTES - 8) })
      expect(Buffer.byteLength(event)).toBe(LARGEST_RESCUABLE_PAYLOAD_BYTES)
      cloud.invokeAsync('bridge', Buffer.from(event))
      await cloud.idle()
      const [record] = records
      expect(
        Buffer.from(record?.requestPayload ?? '', recordEncoding === 'text' ? 'utf8' : 'base64').toString(),
      ).toBe(event)
      expect(cloud.undelivered).toEqual([])
    },
  )

  it.each([
    ['text', 131_072, 'z'],
    // Each quotation mark takes two bytes in a text.
    ['text', 70_000, '"'],
    ['base64', 98_400, 'z'],
  ] as const)(
    'passes no record above 128 KB: %s, %i bytes of %s',
    async (recordEncoding, bytes, character) => {
      const { cloud, records } = await start({ ended: 'killed' }, { recordEncoding })
      cloud.invokeAsync('bridge', Buffer.alloc(bytes, character))
      await cloud.idle()
      expect(records).toEqual([])
      expect(cloud.undelivered).toMatchObject([{ destination: 'on-failure' }])
    },
  )

  it('does not retry what it has refused to run, and gives the reason', async () => {
    const { cloud, records } = await start({ ended: 'refused', condition: 'FunctionResourceExhausted' })
    cloud.invokeAsync('bridge', Buffer.from('{}'))
    await cloud.idle()
    expect(cloud.invocations.filter(({ functionName }) => functionName === 'bridge')).toHaveLength(1)
    expect(records[0]?.requestContext.condition).toBe('FunctionResourceExhausted')
  })
})

describe('the list of asynchronous tasks', () => {
  async function list(query: string) {
    const { cloud } = await start(undefined, {
      functions: [
        {
          name: 'bridge',
          timeoutSeconds: 10,
          asyncTask: true,
          invoke: () => Promise.resolve({ ended: 'returned', value: '' }),
        },
      ],
    })
    for (const payload of ['one', 'two']) cloud.invokeAsync('bridge', Buffer.from(payload))
    await cloud.idle()
    const url = new URL(`${cloud.url}/2023-03-30/functions/bridge/async-tasks${query}`)
    const headers = signAcs3(
      {
        method: 'GET',
        url,
        action: 'ListAsyncTasks',
        version: '2023-03-30',
        headers: {},
        body: new Uint8Array(),
      },
      SANDBOX_ROLE,
      { now: Date.now(), nonce: String(Math.random()) },
    )
    const response = await fetch(url, { headers })
    return { status: response.status, body: await response.text() }
  }

  it.each([
    'limit=0',
    'limit=101',
    'limit=many',
    'status=Done',
    'status=Running,Enqueued',
    'sortOrderByTime=newest',
    'includePayload=yes',
    'nextToken=none',
  ])('refuses %s, which is not documented', async (query) => {
    expect(await list(`?${query}`)).toMatchObject({
      status: 400,
      body: expect.stringContaining('InvalidArgument'),
    })
  })

  it('has the tasks of the requested status, and their payloads only on request', async () => {
    const payloads = async (query: string) => {
      const { tasks } = JSON.parse((await list(query)).body) as { tasks: { taskPayload?: string }[] }
      return tasks.map(({ taskPayload }) => taskPayload)
    }
    expect(await payloads('')).toEqual([undefined, undefined])
    expect(await payloads('?status=Running&includePayload=true')).toEqual([])
    expect(await payloads('?status=Succeeded&includePayload=true')).toEqual(['one', 'two'])
    expect(await payloads('?includePayload=true&sortOrderByTime=desc')).toEqual(['two', 'one'])
    expect(await payloads('?includePayload=true&limit=1&nextToken=1')).toEqual(['two'])
  })
})
