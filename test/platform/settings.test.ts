import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { describeSettings, readSettings } from '../../src/platform/settings.ts'
import { CONTINUATION_KEY, OTHER_CONTINUATION_KEY } from '../continuation-keys.ts'

describe('readSettings', () => {
  it('uses the defaults if the environment sets nothing', () => {
    expect(readSettings({ PATH: '/bin' })).toEqual({
      problems: [],
      warnings: [],
      settings: {
        logLevel: 'info',
        timeoutSeconds: 3600,
        responseLimitBytes: 4096,
        responseUrlOrder: ['public', 'intranet'],
        allowPrivateAddresses: false,
        intranetCallbackRanges: ['100.64.0.0/10'],
        callbackHosts: [],
        endpointHosts: [],
        callbackAttemptTimeoutMs: 10_000,
        pollMinMs: 3000,
        pollMaxMs: 30_000,
        inlineSeconds: 5,
        continuation: 'auto',
        continuationKeys: [],
        allowAdoption: false,
        fcEndpoints: ['internal', 'public'],
        handOffQueue: '',
        handOffTokens: true,
        secretReferences: [],
        secretsMaxAgeSeconds: 300,
        kmsEndpoints: ['public', 'internal'],
        kmsInstanceId: '',
        kmsEncryptionKeyId: '',
        oosEndpoints: ['public', 'internal'],
        httpsProxy: undefined,
        httpProxy: undefined,
        allProxy: undefined,
        noProxy: [],
        publicUrl: '',
        bearerTokens: [],
        signKeys: [],
        signForm: ['hmac', 'hex', 'spaced'],
        signHeaders: [],
        requestLimitBytes: 2_097_152,
        maxActiveOperations: 32,
        maxConnections: 1024,
        requestBufferBytes: 16_777_216,
        listen: { host: '127.0.0.1', port: 8080 },
        journalFolder: 'stackbridge-journal',
        queueUrls: [],
        topics: [],
        topicTokens: [],
        metricsTokens: [],
        operationsTokens: [],
        topicCertificates: [
          'https://mnstest.oss-cn-hangzhou.aliyuncs.com/',
          'https://mns-cert.oss-<region>.aliyuncs.com/',
        ],
      },
    })
  })

  describe('with a SOCKS proxy in ALL_PROXY', () => {
    const SCHEMES = ['socks', 'socks4', 'socks4a', 'socks5', 'socks5h', 'SOCKS5']

    it.each(SCHEMES)('is refused if that is the only proxy: %s', (scheme) => {
      for (const name of ['ALL_PROXY', 'all_proxy'])
        for (const more of [{}, { HTTP_PROXY: 'http://proxy.example' }, { NO_PROXY: 'cloud.example' }]) {
          const { problems, warnings } = readSettings({
            [name]: `${scheme}://me:secret@proxy.example:1080`,
            ...more,
          })
          expect(problems).toEqual([
            'ALL_PROXY must be the http or https URL of a proxy, without a path: SOCKS is not supported. Name such a proxy in ' +
              'HTTPS_PROXY, or set NO_PROXY to * where none is needed',
          ])
          expect(warnings).toEqual([])
        }
    })

    it.each([{ HTTPS_PROXY: 'http://proxy.example:3128' }, { no_proxy: '*' }])(
      'gets a warning if it is not needed: %o',
      (environment) => {
        const { settings, problems, warnings } = readSettings({
          ALL_PROXY: 'socks5://proxy.example',
          ...environment,
        })
        expect(problems).toEqual([])
        expect(warnings).toEqual(['ALL_PROXY names a SOCKS proxy: it is ignored'])
        expect(settings.allProxy).toBeUndefined()
      },
    )
  })

  it('names each wrong setting and a correct form, without the given value, and uses the default', () => {
    const { settings, problems } = readSettings({
      STACKBRIDGE_TIMEOUT_SECONDS: 'a-secret',
      STACKBRIDGE_RESPONSE_URL_ORDER: 'public,public',
      STACKBRIDGE_INTRANET_CALLBACK_RANGES: '10.0.0.0/99',
    })
    expect(problems).toEqual([
      'STACKBRIDGE_TIMEOUT_SECONDS must be a whole number from 1 to 43200',
      "STACKBRIDGE_RESPONSE_URL_ORDER must be 'public', 'intranet', or both separated by a comma",
      'STACKBRIDGE_INTRANET_CALLBACK_RANGES must be CIDR ranges separated by commas, for example 100.64.0.0/10',
    ])
    expect(settings.timeoutSeconds).toBe(3600)
  })

  it.each([
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    '00000000000000000000000000000000',
    '0123456789abcdef0123456789abcdef',
    'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQR',
    'AbCdAbCdAbCdAbCdAbCdAbCdAbCdAbCd',
    'a key for the continuations of my function',
    'correcthorsebatterystaplecorrecthorse',
    'CorrectHorseBatteryStaple',
    'changeme12345678',
    'my-continuation-key-of-production-2026',
    'Zk3vQ8sN1xR6tB9wHc2y',
    'f3a91c07be',
  ])('refuses the continuation key %s, which is not random, and says how to create one', (key) => {
    const { settings, problems } = readSettings({ STACKBRIDGE_CONTINUATION_KEY: key })
    expect(settings.continuationKeys).toEqual([])
    expect(problems).toEqual([
      expect.stringMatching(/^STACKBRIDGE_CONTINUATION_KEY must be a random key .*"openssl rand -base64 32"/),
    ])
    expect(problems.join('')).not.toContain(key)
    // The key of sealed operations in progress stays usable beside a new one.
    const both = readSettings({ STACKBRIDGE_CONTINUATION_KEY: `${CONTINUATION_KEY},${key.padEnd(16, '.')}` })
    expect(both.problems).toEqual([])
  })

  it('accepts every random key of 32 bytes, in base64, base64url and hexadecimal digits', () => {
    for (let number = 0; number < 500; number += 1) {
      const bytes = createHash('sha256').update(String(number)).digest()
      for (const encoding of ['base64', 'base64url', 'hex'] as const)
        expect(readSettings({ STACKBRIDGE_CONTINUATION_KEY: bytes.toString(encoding) }).problems).toEqual([])
    }
  })

  it('accepts random keys of 16 bytes', () => {
    const refused = Array.from({ length: 2000 }, (_, number) => {
      const bytes = createHash('md5').update(String(number)).digest()
      return (['base64', 'hex'] as const).filter(
        (encoding) =>
          readSettings({ STACKBRIDGE_CONTINUATION_KEY: bytes.toString(encoding) }).problems.length > 0,
      )
    }).flat()
    expect(refused.length).toBeLessThan(8)
  })

  it.each([
    'https://a.example.com/;https://b.example.com/',
    'https://a.example.com/ https://b.example.com/',
    'https://a.example.com/|https://b.example.com/',
    'https://a.example.com/?x=/',
    'https://a.example.com/#/',
    'https://user@a.example.com/',
    'https://<zone>.example.com/',
    'https://a.example.com',
    'https://a.example.com/../',
    'ftp://a.example.com/',
    ',',
  ])('refuses the certificate prefix %s', (value) => {
    const { settings, problems } = readSettings({ STACKBRIDGE_TOPIC_CERTIFICATES: value })
    expect(problems).toEqual([expect.stringContaining('STACKBRIDGE_TOPIC_CERTIFICATES must be')])
    expect(settings.topicCertificates).toHaveLength(2)
  })

  it('accepts a list of certificate prefixes', () => {
    const value = 'https://a.example.com/, http://127.0.0.1:8080/certificates/'
    expect(readSettings({ STACKBRIDGE_TOPIC_CERTIFICATES: value })).toMatchObject({
      problems: [],
      settings: {
        topicCertificates: ['https://a.example.com/', 'http://127.0.0.1:8080/certificates/'],
      },
    })
  })

  describe('with two values', () => {
    const TWO: Readonly<Record<string, readonly [string, string]>> = {
      STACKBRIDGE_CONTINUATION_KEY: [CONTINUATION_KEY, OTHER_CONTINUATION_KEY],
      STACKBRIDGE_FC_ENDPOINT: ['https://one.example/', 'https://two.example/'],
      STACKBRIDGE_RESPONSE_URL_ORDER: ['public', 'intranet'],
      STACKBRIDGE_INTRANET_CALLBACK_RANGES: ['10.0.0.0/8', '100.64.0.0/10'],
      STACKBRIDGE_CALLBACK_HOSTS: ['one.example', 'two.example'],
      STACKBRIDGE_ENDPOINT_HOSTS: ['one.example:5000', 'http://10.0.0.1'],
      STACKBRIDGE_SECRETS: ['OS_PASSWORD=oos:openstack', 'AWS_SECRET_ACCESS_KEY=kms:aws#secret'],
      STACKBRIDGE_KMS_ENDPOINT: ['https://one.example/', 'https://two.example/'],
      STACKBRIDGE_OOS_ENDPOINT: ['https://one.example/', 'https://two.example/'],
      NO_PROXY: ['one.example', '10.0.0.0/8'],
      STACKBRIDGE_BEARER_TOKEN: ['the-token-of-today', 'the-token-of-before'],
      STACKBRIDGE_SIGN_KEY: ['the-sign-key-of-today', 'the-sign-key-of-before'],
      STACKBRIDGE_SIGN_HEADERS: ['X-One', 'X-Two'],
      STACKBRIDGE_QUEUE: [
        'https://1.mns.cn-hangzhou.aliyuncs.com/queues/one',
        'https://1.mns.cn-hangzhou.aliyuncs.com/queues/two',
      ],
      STACKBRIDGE_TOPICS: ['1/one', '1/two'],
      STACKBRIDGE_TOPIC_TOKEN: ['the-token-of-today', 'the-token-of-before'],
      STACKBRIDGE_METRICS_TOKEN: ['the-token-of-today', 'the-token-of-before'],
      STACKBRIDGE_OPERATIONS_TOKEN: ['the-token-of-today', 'the-token-of-before'],
      STACKBRIDGE_TOPIC_CERTIFICATES: ['https://one.example/', 'https://two.example/'],
    }
    const others = { STACKBRIDGE_PUBLIC_URL: 'https://bridge.example' }
    const problemsWith = (name: string, separator: string) =>
      readSettings({ ...others, [name]: (TWO[name] ?? []).join(separator) }).problems

    it.each(Object.keys(TWO))('accepts %s separated by commas', (name) => {
      expect(problemsWith(name, ',')).toEqual([])
      expect(problemsWith(name, ', ')).toEqual([])
    })

    it.each(Object.keys(TWO))('refuses %s with another separator', (name) => {
      for (const separator of [';', '; ', ...(name === 'NO_PROXY' ? [] : [' ', '\n'])])
        expect(problemsWith(name, separator)).toEqual([expect.stringContaining(`${name} must be `)])
    })

    it.each([
      ['STACKBRIDGE_PUBLIC_URL', 'https://one.example'],
      ['STACKBRIDGE_HAND_OFF_QUEUE', 'https://1.mns.cn-hangzhou.aliyuncs.com/queues/one'],
    ])('refuses %s, which is one value', (name, value) => {
      for (const separator of [',', ';', ' ', '\n'])
        expect(readSettings({ [name]: `${value}${separator}${value}` }).problems).toHaveLength(1)
    })

    it('is tested with every setting that is a list', () => {
      const lists = describeSettings().filter(({ rule }) => /separated by|several|two such/.test(rule))
      // This form always has three words.
      const names = lists.map(({ name }) => name).filter((name) => name !== 'STACKBRIDGE_SIGN_FORM')
      expect([...names, 'STACKBRIDGE_CONTINUATION_KEY'].sort()).toEqual(Object.keys(TWO).sort())
    })
  })

  it('reports a variable that is not a setting, since it may be a misspelt one', () => {
    expect(readSettings({ STACKBRIDGE_POLL_MIN: '5' }).problems).toEqual([
      'STACKBRIDGE_POLL_MIN is not a setting; did you mean STACKBRIDGE_POLL_MIN_MS? "stackbridge settings" lists all settings',
    ])
  })

  it.each(['STACKBRIDGE_KMS_ENDPOINT', 'STACKBRIDGE_OOS_ENDPOINT'])(
    'accepts http for %s only on this machine, since secrets would be readable on the network',
    (name) => {
      const problemsOf = (url: string) => readSettings({ [name]: url }).problems
      for (const url of [
        'http://127.0.0.1:80',
        'http://localhost/',
        'http://[::1]:9',
        'https://kms.example.com',
      ])
        expect(problemsOf(url)).toEqual([])
      for (const url of [
        'http://kms.example.com',
        'http://127.0.0.1.example.com',
        'http://localhost@example.com',
      ])
        expect(problemsOf(url)).toHaveLength(1)
    },
  )

  it.each(['STACKBRIDGE_KMS_INSTANCE_ID', 'STACKBRIDGE_KMS_ENCRYPTION_KEY_ID'])(
    'accepts only an id for %s',
    (name) => {
      for (const id of ['kst-bjj62d8f5e0sgtx8h', '00aa68af-2c02-4f68-95fe-3435d330abcd'])
        expect(readSettings({ [name]: id }).problems).toEqual([])
      for (const id of ['kst 1', 'kst-1&Tags=', 'x'.repeat(65)])
        expect(readSettings({ [name]: id }).problems).toHaveLength(1)
    },
  )

  it('reports settings that contradict each other', () => {
    const environment = {
      STACKBRIDGE_POLL_MIN_MS: '5000',
      STACKBRIDGE_POLL_MAX_MS: '1000',
      STACKBRIDGE_SIGN_KEY: 'sixteen-characters',
    }
    expect(readSettings(environment).problems).toEqual([
      'STACKBRIDGE_SIGN_KEY needs STACKBRIDGE_PUBLIC_URL: the signature covers the URL of the service token',
      'STACKBRIDGE_POLL_MIN_MS must not be larger than STACKBRIDGE_POLL_MAX_MS',
    ])
  })
})

describe('describeSettings', () => {
  it('describes each setting: its meaning, its default, and what a valid value is', () => {
    expect(describeSettings().map(({ name }) => name)).toContain('STACKBRIDGE_LOG_LEVEL')
    for (const { meaning, rule } of describeSettings()) {
      expect(meaning).not.toBe('')
      expect(rule).not.toBe('')
    }
  })
})
