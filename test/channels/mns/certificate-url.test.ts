import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { certificateUrl } from '../../../src/channels/mns/certificate-url.ts'
import { readSettings } from '../../../src/platform/settings.ts'

const { topicCertificates } = readSettings({}).settings
const base64 = (text: string) => Buffer.from(text).toString('base64')
const given = (url: string) => certificateUrl(base64(url), topicCertificates)?.href

describe("the URL of a push's certificate", () => {
  it.each([
    'https://mnstest.oss-cn-hangzhou.aliyuncs.com/x509_public_certificate.pem',
    'https://mns-cert.oss-cn-hangzhou.aliyuncs.com/x509_public_certificate.pem',
    'https://mns-cert.oss-ap-southeast-1.aliyuncs.com/certificates/2026.pem',
  ])("is accepted at MNS's own addresses: %s", (url) => {
    expect(given(url)).toBe(url)
    // A client that can change the certificate in transit could sign pushes.
    expect(given(url.replace('https:', 'http:'))).toBe(url)
  })

  it.each([
    'https://mns-cert.oss-cn.evil.test.aliyuncs.com/a.pem',
    'https://x.mns-cert.oss-cn-hangzhou.aliyuncs.com/a.pem',
    'https://xmns-cert.oss-cn-hangzhou.aliyuncs.com/a.pem',
    'https://mns-cert.oss-cn-hangzhou.aliyuncs.com.evil.test/a.pem',
    'https://mns-cert.oss-cn-hangzhou-aliyuncs.com/a.pem',
    'https://mns-cert.oss-evil.test%2f.aliyuncs.com/a.pem',
    'https://mns-cert.oss-evil.test#.aliyuncs.com/a.pem',
    'https://mns-cert.oss-evil.test?.aliyuncs.com/a.pem',
    String.raw`https://mns-cert.oss-evil.test\.aliyuncs.com/a.pem`,
    'https://mns-cert.oss-cn-hangzhou.aliyuncs.com@evil.test/a.pem',
    'https://evil.test@mns-cert.oss-cn-hangzhou.aliyuncs.com/a.pem',
    'https://mns-cert.oss-cn-hangzhou.aliyuncs.com:8443/a.pem',
    'https://mnstest.oss-cn-hangzhou.aliyuncs.com/a.pem?x=1',
    'https://mnstest.oss-cn-hangzhou.aliyuncs.com/a.pem#x',
    'https://mnstest.oss-cn-hangzhou.aliyuncs.com/',
    'ftp://mnstest.oss-cn-hangzhou.aliyuncs.com/a.pem',
    'no URL',
    '',
    `https://mnstest.oss-cn-hangzhou.aliyuncs.com/${'a'.repeat(1000)}`,
  ])('is refused at any other address: %s', (url) => {
    expect(given(url)).toBeUndefined()
  })

  it('leads to a host of the prefixes, for any URL', () => {
    const parts = fc.constantFrom(
      'https://',
      'mns-cert.oss-',
      'cn-hangzhou',
      '.aliyuncs.com',
      '/',
      '@',
      '\\',
      '?',
      '#',
      ':',
      '.',
      'evil.test',
      'a.pem',
      '%2e',
      '\t',
    )
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 10 }), (pieces) => {
        const url = certificateUrl(base64(`https://mns-cert.oss-${pieces.join('')}`), topicCertificates)
        expect(url?.hostname ?? 'mns-cert.oss-x.aliyuncs.com').toMatch(
          /^mns-cert\.oss-[a-z0-9-]+\.aliyuncs\.com$/,
        )
      }),
    )
  })
})
