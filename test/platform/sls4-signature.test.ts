import { describe, expect, it } from 'vitest'
import { signSls4, type Sls4Request } from '../../src/platform/sls4-signature.ts'

/**
 * The signatures are those that the tests of Alibaba Cloud's SDKs for Go, Java and Python record:
 * https://github.com/aliyun/aliyun-log-go-sdk/blob/master/signature_v4_test.go
 */
const CREDENTIALS = { accessKeyId: 'acsddda21dsd', accessKeySecret: 'zxasdasdasw2' }
const NOW = Date.UTC(2022, 7, 8, 3, 23, 30)
const HEADERS = {
  hello: 'world',
  'hello-text': 'a12X- ',
  ' ko ': '',
  'x-log-test': 'het123',
  'x-acs-ppp': 'dds',
}
const QUERY = { ' abc': 'efg', ' agc ': '', '': 'efg', 'A-bc': 'eFg' }
const REQUEST: Sls4Request = {
  method: 'POST',
  path: '/logstores',
  query: QUERY,
  headers: HEADERS,
  body: Buffer.from('adasd= -asd zcas'),
}
const NO_BODY = new Uint8Array()

describe('the signature of Log Service', () => {
  it.each<[string, string, Partial<Sls4Request>, string]>([
    ['a request', 'cn-hangzhou', {}, 'a98f5632e93836e63839cd836a54055f480020a9364ca944e2d34f2eb9bf1bed'],
    [
      'another region, no header, no query',
      'cn-shanghai',
      { headers: {}, query: {} },
      '8a10a5e723cb2e75964816de660b2c16a58af8bc0261f7f0722d832468c76ce8',
    ],
    [
      'no body',
      'cn-hangzhou',
      { body: NO_BODY },
      '5a66d8f8051983e0e9d08e0f960ef9252ef971eead5bb5c7acec8617a2eb2701',
    ],
    [
      'a GET',
      'cn-hangzhou',
      { method: 'GET', body: NO_BODY },
      'd92741852500791d662a8d469ff61627c0559ecd86c3f59b7bf6772b6c62666a',
    ],
    [
      'a strange path and query',
      'cn-hangzhou',
      {
        path: '/logstores/hello/a+*~bb/cc',
        query: { ...QUERY, 'abs-ij*asd/vc': 'a~js+d ada', 'a abAas123/vc': 'a~jdad a2ADFs+d ada' },
      },
      '2c204068e961a8813a6bcf7ac422f7fa6e9bf9a5da493e0165dfe100854d18ff',
    ],
  ])('is that of the vendor’s SDKs for %s', (_, region, difference, signature) => {
    const signed = signSls4({ ...REQUEST, ...difference }, CREDENTIALS, { region, now: NOW })
    expect(signed).toMatchObject({
      'x-log-date': '20220808T032330Z',
      authorization: `SLS4-HMAC-SHA256 Credential=acsddda21dsd/20220808/${region}/sls/aliyun_v4_request,Signature=${signature}`,
    })
  })

  it('covers the token of temporary credentials', () => {
    const sign = (securityToken: string) =>
      signSls4(REQUEST, { ...CREDENTIALS, securityToken }, { region: 'cn-hangzhou', now: NOW })
    expect(sign('one')).toMatchObject({ 'x-acs-security-token': 'one' })
    expect(sign('one')['authorization']).not.toBe(sign('other')['authorization'])
  })
})
