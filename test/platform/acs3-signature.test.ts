import { createHash } from 'node:crypto'
import fc from 'fast-check'
import type OpenApiUtil from '@alicloud/openapi-util'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { signAcs3 } from '../../src/platform/acs3-signature.ts'

const credentials = { accessKeyId: 'YourAccessKeyId', accessKeySecret: 'YourAccessKeySecret' }

describe("a request's signature", () => {
  it("is the same as in the documentation's example", () => {
    // https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature
    const query = 'ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai'
    const { authorization } = signAcs3(
      {
        method: 'POST',
        url: new URL(`https://ecs.cn-shanghai.aliyuncs.com/?${query}`),
        action: 'RunInstances',
        version: '2014-05-26',
        headers: {},
        body: new Uint8Array(),
      },
      credentials,
      { now: Date.parse('2023-10-26T10:22:32Z'), nonce: '3156853299f313e23d1673dc12e1703d' },
    )
    expect(authorization).toBe(
      'ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;' +
        'x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
    )
  })

  it("is the same as that of the vendor's own library, for any request", () => {
    const text = fc.string({
      unit: fc.constantFrom(...Array.from('abcXYZ019-_.~ !*()äß中/+&=%')),
      maxLength: 20,
    })
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.dictionary(fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'Q'), minLength: 1 }), text, {
          maxKeys: 3,
        }),
        fc.option(fc.base64String({ minLength: 4 }), { nil: undefined }),
        (body, query, securityToken) => {
          const url = new URL(
            'https://1.cn-hangzhou.fc.aliyuncs.com/2023-03-30/functions/stackbridge/invocations',
          )
          for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
          const token = securityToken === undefined ? {} : { securityToken }
          const { authorization = '', ...headers } = signAcs3(
            {
              method: 'POST',
              url,
              action: 'InvokeFunction',
              version: '2023-03-30',
              headers: { 'content-type': 'application/octet-stream', 'x-fc-invocation-type': 'Async' },
              body,
            },
            { ...credentials, ...token },
            { now: 0, nonce: 'n' },
          )
          const request = { pathname: url.pathname, method: 'POST', query, headers }
          const digest = createHash('sha256').update(body).digest('hex')
          expect(authorization).toBe(theirs(request, digest))
        },
      ),
    )
  })
})

/** Published as CommonJS, with the class as its `default`. */
const vendor = createRequire(import.meta.url)('@alicloud/openapi-util') as { default: typeof OpenApiUtil }

type Signed = Parameters<typeof OpenApiUtil.getAuthorization>

function theirs(request: object, digest: string): string {
  const { accessKeyId, accessKeySecret } = credentials
  const signed = request as Signed[0]
  return vendor.default.getAuthorization(signed, 'ACS3-HMAC-SHA256', digest, accessKeyId, accessKeySecret)
}
