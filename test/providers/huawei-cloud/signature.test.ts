import { createRequire } from 'node:module'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { signHuawei, type RequestToSign } from '../../../src/providers/huawei-cloud/signature.ts'

// The package is CommonJS, and its types need a browser's.
const load = createRequire(import.meta.url)
const { AKSKSigner } = load('@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner') as {
  AKSKSigner: { sign(request: object, credentials: object): Record<string, unknown> }
}
const { BasicCredentials } = load('@huaweicloud/huaweicloud-sdk-core/auth/BasicCredentials') as {
  BasicCredentials: new (keys: { ak: string; sk: string }) => object
}

const keys = { accessKey: 'AccessKey', secretKey: 'SecretKey' }

function signatureOf(request: RequestToSign, date: string): string | undefined {
  return /Signature=(\w+)$/.exec(signHuawei(request, keys, Date.parse(date))['authorization'] ?? '')?.[1]
}

describe("a Huawei Cloud request's signature", () => {
  it("is that of the test vectors of the vendor's SDK", () => {
    const url = new URL('https://service.endpoint.myhuaweicloud.com/resources?size=1')
    const date = '2020-06-08T02:39:00Z'
    expect(signatureOf({ method: 'GET', url, headers: {}, body: '' }, date)).toBe(
      'cfb4171acec81de07d50e53d57eb77edd537414d66ddb1d7d780f128e12cd842',
    )
    const body = '{"name":"test","id":1}'
    expect(signatureOf({ method: 'POST', url, headers: {}, body }, date)).toBe(
      '436b1ac0a1ae03705934bb70ef2f2e09f7bfed2117d731a38235053199323a1f',
    )
  })

  it('covers a stack name in Chinese, as both the Python and the Node SDK sign it', () => {
    const url = new URL('https://rfs.cn-north-4.myhuaweicloud.com/v1/p/stacks/资源栈/metadata?stack_id=x')
    expect(signatureOf({ method: 'GET', url, headers: {}, body: '' }, '2026-11-20T00:00:00Z')).toBe(
      '3b787bcafc626ebb0027502809e27ebebf5e98881d9499ad38febc9bd6518803',
    )
  })

  it("equals the vendor's SDK's, for all requests", () => {
    const text = (letters: string) =>
      fc.string({ unit: fc.constantFrom(...Array.from(letters)), minLength: 1, maxLength: 20 })
    const anything = text('abcXYZ019-_.~ !*()äß中+&=%')
    // The SDK would encode other characters twice: it expects a path without encoding, and encodes some of it itself.
    const segments = text('abcXYZ019-_äß中')
    fc.assert(
      fc.property(
        fc.constantFrom('GET', 'POST', 'PATCH', 'DELETE'),
        segments,
        fc.dictionary(text('abcxyz_'), anything, { maxKeys: 4 }),
        fc.option(fc.record({ template_body: anything, stack_name: anything }), { nil: undefined }),
        fc.option(text('abcXYZ019+/='), { nil: undefined }),
        (method, segment, query, data, securityToken) => {
          const path = `/v1/project/stacks/${segment}/metadata`
          const url = new URL(`https://rfs.example.com:8443${path}`)
          for (const [key, value] of Object.entries(query)) url.searchParams.append(key, value)
          const headers = { 'content-type': 'application/json', 'x-project-id': 'project' }
          const token = securityToken === undefined ? {} : { securityToken }
          const own = signHuawei(
            { method, url, headers, body: data === undefined ? '' : JSON.stringify(data) },
            { ...keys, ...token },
            Date.parse('2026-11-20T00:00:00Z'),
          )
          const theirs = AKSKSigner.sign(
            {
              method,
              endpoint: `https://rfs.example.com:8443${path}`,
              queryParams: query,
              headers: {
                ...headers,
                'X-Sdk-Date': '20261120T000000Z',
                ...(securityToken === undefined ? {} : { 'X-Security-Token': securityToken }),
              },
              data,
            },
            new BasicCredentials({ ak: keys.accessKey, sk: keys.secretKey }),
          )
          expect(own['authorization']).toBe(theirs['Authorization'])
        },
      ),
    )
  })
})
