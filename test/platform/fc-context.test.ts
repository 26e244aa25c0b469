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

  it('is completed from the environment where it is silent', () => {
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

  it('never throws, whatever the runtime passes', () => {
    fc.assert(fc.property(fc.anything(), (given) => typeof readFcContext(given, {}) === 'object'))
  })
})
