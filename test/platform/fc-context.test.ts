import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readFcContext } from '../../src/platform/fc-context.ts'

const context = {
  requestId: '1-65f0a1b2-fc',
  credentials: { accessKeyId: 'id', accessKeySecret: 'secret', securityToken: 'token' },
  function: { name: 'stackbridge', handler: 'index.handler', memory: 512, timeout: 60 },
  service: { name: '', logProject: '', logStore: '', qualifier: 'LATEST', versionId: '' },
  region: 'cn-hangzhou',
  accountId: '1234567890123456',
}

describe("Function Compute's context", () => {
  it('names the function, its role and its time limit', () => {
    expect(readFcContext(context, {})).toEqual({
      requestId: '1-65f0a1b2-fc',
      timeoutMs: 60_000,
      address: {
        name: 'stackbridge',
        region: 'cn-hangzhou',
        accountId: '1234567890123456',
        qualifier: 'LATEST',
      },
      credentials: { accessKeyId: 'id', accessKeySecret: 'secret', securityToken: 'token' },
    })
  })

  it('names the service of a function of FC 2.0', () => {
    const { address } = readFcContext({ ...context, service: { name: 'bridges', qualifier: 'prod' } }, {})
    expect(address).toMatchObject({ service: 'bridges', qualifier: 'prod' })
  })

  it('is completed from the environment', () => {
    const environment = {
      FC_FUNCTION_NAME: 'stackbridge',
      FC_REGION: 'cn-hangzhou',
      FC_ACCOUNT_ID: '1',
      ALIBABA_CLOUD_ACCESS_KEY_ID: 'id',
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'secret',
      ALIBABA_CLOUD_SECURITY_TOKEN: 'token',
    }
    expect(readFcContext({}, environment)).toEqual({
      address: { name: 'stackbridge', region: 'cn-hangzhou', accountId: '1' },
      credentials: { accessKeyId: 'id', accessKeySecret: 'secret', securityToken: 'token' },
    })
  })

  it.each([
    ['region', { region: 'evil.test/' }],
    ['region', { region: '1-hangzhou' }],
    ['region', { region: `c${'n'.repeat(64)}` }],
    ['account id', { accountId: '1@evil.test' }],
    ['account id', { accountId: 'acs' }],
    ['function name', { function: { name: '../services' } }],
    ['service', { service: { name: 'a/b', qualifier: 'LATEST' } }],
    ['qualifier', { service: { name: '', qualifier: 'a?b' } }],
  ])('names no function if the %s has another form than %o', (part, given) => {
    const read = readFcContext({ ...context, ...given }, {})
    expect(read.address).toBeUndefined()
    expect(read.problems).toEqual([expect.stringContaining(`the ${part} must be`)])
  })

  it('ignores an invalid request id, since each line of the log contains it', () => {
    const read = readFcContext({ ...context, requestId: 'a\nb' }, {})
    expect(read.requestId).toBeUndefined()
    expect(read.problems).toEqual([expect.stringContaining('the request id must be')])
  })

  it('never throws, for any value from the runtime', () => {
    fc.assert(fc.property(fc.anything(), (given) => typeof readFcContext(given, {}) === 'object'))
  })
})
