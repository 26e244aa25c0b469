import { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { awsEndpoint } from '../../../src/providers/aws/cloudformation/region.ts'
import { aosEndpoint, iamEndpoint, rfsEndpoint } from '../../../src/providers/huawei-cloud/region.ts'
import { vendorEndpoint } from '../../../src/providers/http/vendor-endpoint.ts'

const DOMAIN = 'vendor.example'

describe("a vendor's endpoint", () => {
  it('has the host that its parts name, or is refused', () => {
    const label = fc.oneof(fc.stringMatching(/^[a-z0-9-]{1,10}$/), fc.string({ unit: 'binary' }))
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 3 }), (labels) => {
        let endpoint: string
        try {
          endpoint = vendorEndpoint(DOMAIN, ...labels)
        } catch (error) {
          expect(error).toBeInstanceOf(TypeError)
          return
        }
        const url = new URL(endpoint)
        expect(url.hostname).toBe([...labels, DOMAIN].join('.'))
        expect(url.href).toBe(`https://${url.hostname}/`)
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    ...[
      'evil.test?',
      'evil.test#',
      'evil.test/',
      'evil.test\\',
      'u@evil.test',
      'evil.test:80',
      '',
      'a b',
      'a%2f',
    ],
    ...['[::1]', 'EU', 'é', 'x\n', 'a.b', '-a', 'a-', 'a'.repeat(64)],
  ])('is not built with the part %j', (part) => {
    for (const build of [awsEndpoint.bind(undefined, 'sts'), iamEndpoint, rfsEndpoint, aosEndpoint])
      expect(() => build(part)).toThrow(TypeError)
    expect(() => vendorEndpoint(DOMAIN, 'service', part)).toThrow(TypeError)
  })

  it.each([
    ...['us-east-1', 'eu-central-1', 'ap-southeast-7', 'il-central-1', 'mx-central-1', 'cn-north-1'],
    ...[
      'cn-northwest-1',
      'us-gov-west-1',
      'us-iso-east-1',
      'us-isob-east-1',
      'eu-isoe-west-1',
      'us-isof-south-1',
    ],
    'eusc-de-east-1',
  ])('of AWS in %s is the one that the SDK knows', (Region) => {
    const { endpointProvider } = new CloudFormationClient({ region: Region }).config
    for (const fips of [false, true])
      for (const dualStack of [false, true]) {
        const { url } = endpointProvider({ Region, UseFIPS: fips, UseDualStack: dualStack })
        expect(awsEndpoint('cloudformation', Region, { fips, dualStack })).toBe(url.origin)
      }
  })

  it('of Huawei Cloud is under the domain of its site', () => {
    expect(iamEndpoint('cn-north-4')).toBe('https://iam.cn-north-4.myhuaweicloud.com')
    expect(iamEndpoint('eu-west-101')).toBe('https://iam.eu-west-101.myhuaweicloud.eu')
    expect(rfsEndpoint('cn-north-4')).toBe('https://rfs.cn-north-4.myhuaweicloud.com')
    expect(rfsEndpoint('eu-west-101')).toBe('https://aos.myhuaweicloud.eu')
    expect(aosEndpoint('cn-north-1')).toBe('https://aos.cn-north-1.myhuaweicloud.com')
  })
})
