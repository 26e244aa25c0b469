import { describe, expect, it } from 'vitest'
import { describeSettings, readSettings } from '../../src/platform/settings.ts'

describe('settings', () => {
  it('have defaults where the environment says nothing', () => {
    expect(readSettings({ PATH: '/bin' })).toEqual({
      problems: [],
      settings: {
        logLevel: 'info',
        timeoutSeconds: 3600,
        responseLimitBytes: 4096,
        responseUrlOrder: ['public', 'intranet'],
        allowPrivateAddresses: false,
        intranetCallbackRanges: ['100.64.0.0/10'],
        callbackHosts: [],
        callbackAttemptTimeoutMs: 10_000,
        pollMinMs: 3000,
        pollMaxMs: 30_000,
        inlineSeconds: 5,
        continuation: 'auto',
        continuationKeys: [],
        fcEndpoints: ['internal', 'public'],
        publicUrl: '',
        bearerTokens: [],
        signKeys: [],
        signForm: ['hmac', 'hex', 'spaced'],
        signHeaders: [],
        requestLimitBytes: 2_097_152,
        maxConnections: 1024,
        requestBufferBytes: 16_777_216,
        listen: { host: '127.0.0.1', port: 8080 },
        journalFolder: 'stackbridge-journal',
        queueUrls: [],
        topics: [],
        topicCertificates: [
          'https://mnstest.oss-cn-hangzhou.aliyuncs.com/',
          'https://mns-cert.oss-<region>.aliyuncs.com/',
        ],
      },
    })
  })

  it('that are wrong are named with what would be right, without their value, and have their defaults', () => {
    const { settings, problems } = readSettings({
      STACKBRIDGE_TIMEOUT_SECONDS: 'a-secret',
      STACKBRIDGE_RESPONSE_URL_ORDER: 'public,public',
      STACKBRIDGE_INTRANET_CALLBACK_RANGES: '10.0.0.0/99',
    })
    expect(problems).toEqual([
      'STACKBRIDGE_TIMEOUT_SECONDS must be a whole number from 1 to 43200',
      "STACKBRIDGE_RESPONSE_URL_ORDER must be 'public', 'intranet', or both with a comma between",
      'STACKBRIDGE_INTRANET_CALLBACK_RANGES must be CIDR ranges with commas between',
    ])
    expect(settings.timeoutSeconds).toBe(3600)
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
  ])('of where certificates are refuse %s', (value) => {
    const { settings, problems } = readSettings({ STACKBRIDGE_TOPIC_CERTIFICATES: value })
    expect(problems).toEqual([expect.stringContaining('STACKBRIDGE_TOPIC_CERTIFICATES must be')])
    expect(settings.topicCertificates).toHaveLength(2)
  })

  it('of where certificates are take a list', () => {
    const value = 'https://a.example.com/, http://127.0.0.1:8080/certificates/'
    expect(readSettings({ STACKBRIDGE_TOPIC_CERTIFICATES: value })).toMatchObject({
      problems: [],
      settings: {
        topicCertificates: ['https://a.example.com/', 'http://127.0.0.1:8080/certificates/'],
      },
    })
  })

  it('that do not exist are told, since they are misspelt ones', () => {
    expect(readSettings({ STACKBRIDGE_POLL_MIN: '5' }).problems).toEqual([
      'STACKBRIDGE_POLL_MIN is not a setting',
    ])
  })

  it('that contradict each other are told', () => {
    const environment = { STACKBRIDGE_POLL_MIN_MS: '5000', STACKBRIDGE_POLL_MAX_MS: '1000' }
    expect(readSettings(environment).problems).toHaveLength(1)
  })

  it('are all described', () => {
    expect(describeSettings().map(({ name }) => name)).toContain('STACKBRIDGE_LOG_LEVEL')
    for (const { meaning, rule } of describeSettings()) expect(`${meaning}${rule}`).not.toBe('')
  })
})
