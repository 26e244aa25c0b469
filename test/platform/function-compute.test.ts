import { createServer } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/platform/clock.ts'
import { invokeAsync, type FunctionComputeOptions } from '../../src/platform/function-compute.ts'
import { createNetwork } from '../../src/platform/network.ts'
import {
  SANDBOX_ROLE,
  startSandboxFunctionCompute,
  type SandboxFunction,
  type SandboxFunctionCompute,
} from '../../src/sandbox/function-compute/server.ts'
import { listen } from '../../src/sandbox/loopback-server.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

const network = createNetwork({ allowPrivateAddresses: false, intranetCallbackRanges: [] })

async function start(definition: Partial<SandboxFunction> = {}) {
  const events: string[] = []
  const cloud = await startSandboxFunctionCompute({
    functions: [
      {
        name: 'bridge',
        timeoutSeconds: 10,
        asyncTask: true,
        invoke(event) {
          events.push(Buffer.from(event).toString())
          return Promise.resolve({ ended: 'returned', value: '' })
        },
        ...definition,
      },
    ],
  })
  open.push(cloud)
  return { cloud, events }
}

function options(
  cloud: Pick<SandboxFunctionCompute, 'url'>,
  more: Partial<FunctionComputeOptions> = {},
): FunctionComputeOptions {
  return {
    address: { accountId: '1', region: 'cn-hangzhou', name: 'bridge', qualifier: 'LATEST' },
    credentials: SANDBOX_ROLE,
    endpoints: [cloud.url],
    network,
    clock: systemClock,
    random: Math.random,
    ...more,
  }
}

const invocation = { payload: Buffer.from('{"a":1}'), delaySeconds: 0, taskId: 'stackbridge-a-1' }

describe('an asynchronous invocation', () => {
  it('of a function of FC 3.0 is accepted with its payload', async () => {
    const { cloud, events } = await start()
    expect(await invokeAsync(invocation, options(cloud))).toMatchObject({ invoked: true })
    await cloud.idle()
    expect(events).toEqual(['{"a":1}'])
  })

  it('of a function of FC 2.0 is sent to its service', async () => {
    const { cloud, events } = await start({ service: 'bridges' })
    const address = { accountId: '1', region: 'cn-hangzhou', name: 'bridge', service: 'bridges' }
    expect(await invokeAsync(invocation, options(cloud, { address }))).toMatchObject({ invoked: true })
    await cloud.idle()
    expect(events).toHaveLength(1)
  })

  it.each([-60, 16])(
    'is made once more with the time of FC where this clock is %d minutes off',
    async (off) => {
      const { cloud, events } = await start()
      const clock = { ...systemClock, now: () => systemClock.now() + off * 60_000 }
      const own = createNetwork({ allowPrivateAddresses: false, intranetCallbackRanges: [] })
      open.push(own)
      expect(await invokeAsync(invocation, options(cloud, { clock, network: own }))).toMatchObject({
        invoked: true,
      })
      await cloud.idle()
      expect(events).toHaveLength(1)
    },
  )

  it('that is sent twice is executed once, and accepted both times', async () => {
    const { cloud, events } = await start()
    expect(await invokeAsync(invocation, options(cloud))).toMatchObject({ invoked: true })
    expect(await invokeAsync(invocation, options(cloud))).toMatchObject({ invoked: true })
    await cloud.idle()
    expect(events).toHaveLength(1)
  })

  it('is sent to the next endpoint if the first cannot be reached', async () => {
    const { cloud } = await start()
    const endpoints = ['http://127.0.0.1:1', cloud.url]
    expect(await invokeAsync(invocation, options(cloud, { endpoints }))).toMatchObject({ invoked: true })
  })

  it.each([
    [
      'a wrong key',
      { credentials: { ...SANDBOX_ROLE, accessKeySecret: 'wrong' } },
      /403.*SignatureNotMatch/,
      false,
    ],
    [
      'another function',
      { address: { accountId: '1', region: 'cn-hangzhou', name: 'other' } },
      /404.*FunctionNotFound/,
      false,
    ],
    ['no endpoint that answers', { endpoints: ['http://127.0.0.1:1'] }, /ECONNREFUSED/, true],
  ] as const)('with %s is not sent, and the reason is returned', async (_, more, why, again) => {
    const { cloud } = await start()
    expect(await invokeAsync(invocation, options(cloud, more))).toEqual({
      invoked: false,
      again,
      why: expect.stringMatching(why),
    })
  })

  it.each([
    [503, true],
    [429, true],
    [400, false],
  ])('that is answered with HTTP %s can be sent again: %s', async (status, again) => {
    const { cloud } = await start()
    cloud.fail(1, status)
    expect(await invokeAsync(invocation, options(cloud))).toMatchObject({ invoked: false, again })
  })

  it.each([200, 202, 409, 503])(
    'does not count as accepted if a web page answers it with HTTP %i',
    async (status) => {
      const page = await listen(
        createServer((request, response) => {
          request.resume()
          response.writeHead(status, { 'content-type': 'text/html' }).end('<html>AlreadyExists</html>')
        }),
      )
      try {
        expect(await invokeAsync(invocation, options(page))).toMatchObject({
          invoked: false,
          again: true,
          why: expect.stringContaining(`HTTP ${String(status)} with a page`),
        })
      } finally {
        await page.close()
      }
    },
  )

  it.each([
    [200, {}, 'ok'],
    [204, {}, ''],
    [409, { 'content-type': 'application/json' }, '{"error":"conflict"}'],
  ])(
    'is not taken for accepted where an answer of HTTP %i has no id of FC',
    async (status, headers, body) => {
      const proxy = await answering(status, headers, body)
      expect(await invokeAsync(invocation, options(proxy))).toEqual({
        invoked: false,
        again: true,
        why: `HTTP ${String(status)} without X-Fc-Request-Id is not of FC`,
      })
    },
  )

  it.each([
    [202, {}, ''],
    [200, { 'x-fc-request-id': '1-a' }, ''],
    [200, { 'x-acs-request-id': '1-a' }, ''],
    [409, { 'x-fc-request-id': '1-a' }, ''],
    [400, {}, '{"ErrorCode":"StatefulAsyncInvocationAlreadyExists"}'],
  ])('is taken for accepted by an answer of HTTP %i with %o', async (status, headers, body) => {
    const cloud = await answering(status, headers, body)
    expect(await invokeAsync(invocation, options(cloud))).toMatchObject({ invoked: true })
  })

  async function answering(status: number, headers: Readonly<Record<string, string>>, body: string) {
    const listening = await listen(
      createServer((request, response) => {
        request.resume()
        response.writeHead(status, headers).end(body)
      }),
    )
    open.push(listening)
    return listening
  }

  it('whose answer was lost is accepted as the same invocation when it is repeated', async () => {
    const { cloud, events } = await start()
    cloud.fail(1, 'reset-after')
    expect(await invokeAsync(invocation, options(cloud))).toMatchObject({ invoked: false, again: true })
    expect(await invokeAsync(invocation, options(cloud))).toMatchObject({ invoked: true })
    await cloud.idle()
    expect(events).toHaveLength(1)
  })

  it.each([
    [0, undefined],
    [-5, undefined],
    [1, 1],
    [3599, 3599],
    [3600, 3599],
    [90_000, 3599],
  ])('with a delay of %i s asks for %s', async (delaySeconds, asked) => {
    const { cloud } = await start()
    expect(await invokeAsync({ ...invocation, delaySeconds }, options(cloud))).toMatchObject({
      invoked: true,
    })
    expect(cloud.accepted.map((one) => one.delaySeconds)).toEqual([asked])
  })

  it('of more than 128 KB is not sent', async () => {
    const { cloud } = await start()
    const payload = Buffer.alloc(131_073)
    expect(await invokeAsync({ ...invocation, payload }, options(cloud))).toMatchObject({
      invoked: false,
      again: false,
      why: 'the payload has 131073 bytes; FC takes 131072',
    })
  })

  it.each([
    { region: 'evil.test/' },
    { region: 'x.evil.test' },
    { accountId: '1@evil.test/' },
    { accountId: 'evil.test#' },
    { name: '../../x' },
    { qualifier: 'a&b' },
  ])('is signed only for a host of Function Compute: %o', async (part) => {
    const { cloud, events } = await start()
    for (const endpoint of ['internal', 'public', cloud.url]) {
      const given = options(cloud, { endpoints: [endpoint] })
      const address = { ...given.address, ...part }
      expect(await invokeAsync(invocation, { ...given, address })).toEqual({
        invoked: false,
        again: false,
        why: "the function's address is not valid in Function Compute",
      })
    }
    expect(events).toEqual([])
  })

  it('shows no secret when it fails', async () => {
    const { cloud } = await start()
    cloud.fail(1, 500)
    const said = JSON.stringify(await invokeAsync(invocation, options(cloud)))
    expect(said).not.toContain(SANDBOX_ROLE.accessKeySecret)
    expect(said).not.toContain(SANDBOX_ROLE.securityToken)
  })

  it("quotes no credentials from Function Compute's message, also if the quotation is truncated within one", async () => {
    const { securityToken = '' } = SANDBOX_ROLE
    let before = 0
    const server = createServer((request, response) => {
      request.resume()
      response.writeHead(403).end(`${'.'.repeat(before)}${securityToken}`)
    })
    const listening = await listen(server)
    open.push(listening)
    const { cloud } = await start()
    for (before = 270; before < 300; before += 3) {
      const failed = await invokeAsync(invocation, { ...options(cloud), endpoints: [listening.url] })
      expect(JSON.stringify(failed)).toContain('HTTP 403')
      expect(JSON.stringify(failed)).not.toContain(securityToken.slice(0, 4))
    }
  })
})
