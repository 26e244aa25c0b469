import { describe, expect, it } from 'vitest'
import { certificateProblem, PEM_RULE, pemOf } from '../../../src/providers/properties/certificates.ts'
import { SANDBOX_PUSH_CERTIFICATE as PEM } from '../../../src/sandbox/mns/certificate.ts'

describe('certificates as PEM', () => {
  it.each([
    ['as a file has them', PEM],
    ['with CRLF', PEM.replaceAll('\n', '\r\n')],
    ['with \\n as two characters', PEM.replaceAll('\n', '\\n')],
    ['with \\r\\n as four characters', PEM.replaceAll('\n', '\\r\\n')],
    ['in one line', PEM.replaceAll('\n', ' ')],
    ['several, with words between them', `# one\n${PEM}\n# two\n${PEM}`],
  ])('can be read: %s', (_, text) => {
    expect(certificateProblem(text)).toBeUndefined()
    expect([PEM, `${PEM}${PEM}`]).toContain(pemOf(text))
  })

  it.each([
    ['', PEM_RULE],
    ['-----BEGIN CERTIFICATE-----\nx', PEM_RULE],
    [
      '-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----',
      'must be certificates as PEM text, and it cannot be read as a certificate',
    ],
    [
      `${PEM}\n-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----`,
      'must be certificates as PEM text, and number 2 of 2 cannot be read as a certificate',
    ],
  ])('%s', (text, problem) => {
    expect(certificateProblem(text)).toBe(problem)
  })
})
