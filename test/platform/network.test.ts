import { createServer } from 'node:http'
import { afterAll, describe, expect, it } from 'vitest'
import { createNetwork, ForbiddenAddressError } from '../../src/platform/network.ts'
import { listen } from '../../src/sandbox/loopback-server.ts'

const strict = createNetwork({ allowPrivateAddresses: false, intranetCallbackRanges: ['100.64.0.0/10'] })
const lenient = createNetwork({ allowPrivateAddresses: true, intranetCallbackRanges: ['100.64.0.0/10'] })
afterAll(() => Promise.all([strict.close(), lenient.close()]))

const refuses = (url: string, network = strict) => {
  expect(() => network.check(url, 'endpoint')).toThrow(ForbiddenAddressError)
}

describe('a URL', () => {
  it.each([
    ...['http://127.0.0.1/', 'http://127.1/', 'http://2130706433/', 'http://0x7f.1/', 'http://017700000001/'],
    ...['http://[::1]/', 'http://[::ffff:127.0.0.1]/', 'http://[::ffff:7f00:1]/', 'http://[::127.0.0.1]/'],
    ...[
      'http://169.254.169.254/latest/meta-data',
      'http://[::ffff:169.254.169.254]/',
      'http://[fd00:ec2::254]/',
    ],
    ...['http://2852039166/', 'http://0xa9fea9fe/', 'http://100.100.100.200/latest', 'http://[fe80::1]/'],
    ...[
      'http://10.0.0.1/',
      'http://172.16.9.9/',
      'http://192.168.1.1/',
      'http://[fc00::1]/',
      'http://100.64.0.1/',
    ],
    ...[
      'http://0.0.0.0/',
      'http://[::]/',
      'http://224.0.0.1/',
      'http://255.255.255.255/',
      'http://[ff02::1]/',
    ],
    ...[
      'http://localhost/',
      'http://a.localhost/',
      'http://localhost./',
      'http://[64:ff9b::a9fe:a9fe]/',
      'http://[2002:7f00:1::]/',
    ],
    ...[
      'ftp://example.com/',
      'file:///etc/passwd',
      'gopher://example.com/',
      'http://user:pass@example.com/',
      'nonsense',
    ],
  ])('%s is refused', (url) => {
    refuses(url)
  })

  it.each([
    'https://cloudformation.us-east-1.amazonaws.com/',
    'http://1.1.1.1/',
    'https://[2606:4700::1111]/',
  ])('%s is allowed', (url) => {
    expect(strict.check(url, 'endpoint').href).toBe(url)
  })

  it('at a loopback or private address is allowed by the setting; a metadata address never is', () => {
    for (const url of ['http://127.0.0.1:8080/', 'http://[::1]/', 'http://10.1.2.3/', 'http://localhost/'])
      expect(lenient.check(url, 'endpoint').href).toBe(url)
    for (const url of ['http://169.254.169.254/', 'http://100.100.100.200/', 'http://[fd00:ec2::254]/'])
      refuses(url, lenient)
  })

  it("at ROS's intranet address is allowed for the intranet callback only", () => {
    const url = 'http://100.100.100.110/waitcondition'
    expect(strict.check(url, 'intranet-callback').href).toBe(url)
    expect(() => strict.check(url, 'public-callback')).toThrow(ForbiddenAddressError)
    expect(() => strict.check('http://100.100.100.200/', 'intranet-callback')).toThrow('metadata')
  })

  it.each([
    ['http://10.0.0.1/', true],
    ['http://localhost/', true],
    ['http://169.254.169.254/', false],
    ['http://[fe80::1]/', false],
    ['http://192.0.2.1/', false],
    ['http://[64:ff9b::a00:1]/', false],
    ['http://a..b/', false],
  ])('%s is refused with the name of the setting only if that would allow it', (url, helps) => {
    const refusal = (allowPrivateAddresses: boolean): string => {
      try {
        createNetwork({ allowPrivateAddresses, intranetCallbackRanges: [] }).check(url, 'endpoint')
        return 'allowed'
      } catch (error) {
        return String(error)
      }
    }
    expect(refusal(false).includes('STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES')).toBe(helps)
    expect(refusal(true) === 'allowed').toBe(helps)
  })

  it('is not quoted by the refusal, since it may be signed', () => {
    expect(() => strict.check('http://127.0.0.1/x?signature=abcdef', 'endpoint')).toThrow(/^(?!.*abcdef)/)
  })
})

describe('a name that resolves to a forbidden address', () => {
  const pretend = (...addresses: string[]) =>
    createNetwork({
      allowPrivateAddresses: false,
      intranetCallbackRanges: [],
      lookup: ((_name: string, _options: unknown, done: (error: null, found: unknown) => void) => {
        done(
          null,
          addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
        )
      }) as never,
    })

  it.each([[['127.0.0.1']], [['93.184.216.34', '10.0.0.1']], [['::ffff:169.254.169.254']]])(
    'is not connected to: %o',
    async (addresses) => {
      const network = pretend(...addresses)
      const url = new URL('http://looks-harmless.example/')
      const asked = network.request(url, 'public-callback', { method: 'GET', headers: {} })
      await expect(asked).rejects.toThrow(ForbiddenAddressError)
      await network.close()
    },
  )
})

describe('a name that resolves to an allowed address', () => {
  it('is connected to', async () => {
    const server = await listen(createServer((_request, response) => response.end('here')))
    const url = server.url.replace('127.0.0.1', 'localhost')
    const options = { method: 'GET', headers: {} } as const
    const response = await lenient.request(lenient.check(url, 'endpoint'), 'endpoint', options)
    expect(await response.body.text()).toBe('here')
    await server.close()
  })
})

describe('a literal address that is forbidden', () => {
  it.each([
    ...(['endpoint', 'public-callback', 'certificate', 'own-function', 'own-queue'] as const),
    'intranet-callback' as const,
  ])('is not connected to for %s, even without an earlier check', async (purpose) => {
    for (const host of ['169.254.169.254', '[::ffff:a9fe:a9fe]', '[fd00:ec2::254]', '100.100.100.200'])
      for (const network of [strict, lenient]) {
        const asked = network.request(new URL(`http://${host}/`), purpose, { method: 'GET', headers: {} })
        await expect(asked, host).rejects.toThrow(ForbiddenAddressError)
      }
  })

  it('is not connected to by TLS, also if it is this machine', async () => {
    const visits: string[] = []
    const server = createServer((request, response) => {
      visits.push(request.url ?? '')
      response.end()
    })
    server.on('connection', () => visits.push('a connection'))
    const here = await listen(server)
    for (const scheme of ['http:', 'https:'])
      for (const host of ['127.0.0.1', 'localhost', '[::ffff:7f00:1]', '0.0.0.0']) {
        const url = new URL(here.url.replace('http:', scheme).replace('127.0.0.1', host))
        const asked = strict.request(url, 'endpoint', { method: 'GET', headers: {} })
        await expect(asked, url.href).rejects.toThrow(ForbiddenAddressError)
      }
    expect(visits).toEqual([])
    await here.close()
  })
})
