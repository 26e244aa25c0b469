import { describe, expect, it } from 'vitest'
import { signS3 } from '../../../src/cli/upload/aws-signature.ts'
import { signOss } from '../../../src/cli/upload/oss-signature.ts'

const NOW = Date.parse('2026-11-29T20:30:00Z')
const TYPE = { 'content-type': 'text/plain; charset=utf-8' }

/** Compares the signatures with those that the vendors' own code creates for the same requests. */
describe('the signature of an upload', () => {
  // `authorizationV4` of ali-oss 6.23.0, lib/common/signUtils.js.
  it('is the one of the OSS SDK, with a key of a user', () => {
    const request = { bucket: 'my-bucket', key: 'templates/net/0a1b.yml', region: 'cn-hangzhou' }
    const keys = { accessKeyId: 'LTAI-test-key', accessKeySecret: 'test-secret' }
    expect(signOss({ ...request, method: 'PUT', headers: TYPE }, keys, NOW)).toEqual({
      ...TYPE,
      'x-oss-content-sha256': 'UNSIGNED-PAYLOAD',
      'x-oss-date': '20261129T203000Z',
      authorization:
        'OSS4-HMAC-SHA256 Credential=LTAI-test-key/20261129/cn-hangzhou/oss/aliyun_v4_request,' +
        'Signature=16a7cf63ef851222d698c86918319594ec3b6efb730ca4abd065b38052494db1',
    })
  })

  it('is the one of the OSS SDK, with the session of a role', () => {
    const request = { bucket: 'my-bucket', key: 'templates/net/0a1b.yml', region: 'cn-hangzhou' }
    const keys = { accessKeyId: 'LTAI-test-key', accessKeySecret: 'test-secret', securityToken: 'a-token/+=' }
    expect(signOss({ ...request, method: 'HEAD', headers: {} }, keys, NOW)).toMatchObject({
      'x-oss-security-token': 'a-token/+=',
      authorization:
        'OSS4-HMAC-SHA256 Credential=LTAI-test-key/20261129/cn-hangzhou/oss/aliyun_v4_request,' +
        'Signature=9ab75e232f4a88c7a1785a1ad680ec1a5ab516beb8db628440ff841b842e3353',
    })
  })

  // `v4Auth` of esdk-obs-nodejs 3.26.8, lib/utils.js.
  it.each([
    {
      method: 'PUT' as const,
      headers: TYPE,
      token: {},
      signature: '7ad3caa8a81aba0c9a9504bc07a80525983034aceb5b7d73b6cc11938585b896',
    },
    {
      method: 'HEAD' as const,
      headers: {},
      token: { sessionToken: 'a-token/+=' },
      signature: '0628804c8957fd1ca1636178f58976c68d01455af0184d92a820df2db07e47f1',
    },
  ])('is the one of the OBS SDK: $method', async ({ method, headers, token, signature }) => {
    const url = new URL('https://my-bucket.obs.cn-north-4.myhuaweicloud.com/templates/net/0a1b.tf')
    const keys = { accessKeyId: 'HPUA-test-key', secretAccessKey: 'test-secret', ...token }
    const signed = await signS3(
      { method, url, region: 'cn-north-4', headers, payload: 'UNSIGNED-PAYLOAD' },
      keys,
      NOW,
    )
    expect(signed['authorization']).toContain(`Signature=${signature}`)
  })

  // `S3SigV4Auth` of botocore 1.34.22; the bucket has a dot.
  it.each([
    {
      method: 'PUT' as const,
      headers: TYPE,
      payload: '49cbd1e9008e8b67dec76613bb4d6468c822c99701820526928d43b382f35fba',
      token: {},
      signature: 'c04a524329d4721e884c0de4e4391fd711ffddceb59c5e49ed35c26fd5f826c7',
    },
    {
      method: 'HEAD' as const,
      headers: {},
      payload: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      token: { sessionToken: 'a-token/+=' },
      signature: '77eb4eeccd0a421e407e8084b6a418fae40141cd1eb8165357720bcbe2737055',
    },
  ])("is the one of AWS's command line: $method", async ({ method, headers, payload, token, signature }) => {
    const url = new URL('https://s3.eu-west-1.amazonaws.com/my.bucket/templates/net/0a1b.yml')
    const keys = { accessKeyId: 'AKIA-test-key', secretAccessKey: 'test-secret', ...token }
    const signed = await signS3({ method, url, region: 'eu-west-1', headers, payload }, keys, NOW)
    expect(signed['authorization']).toContain(`Signature=${signature}`)
  })
})
