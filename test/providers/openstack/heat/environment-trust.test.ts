import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { environmentTrust } from '../../../../src/providers/openstack/heat/environment-trust.ts'
import { SANDBOX_PUSH_CERTIFICATE as PEM } from '../../../../src/sandbox/mns/certificate.ts'

const folder = mkdtempSync(join(tmpdir(), 'stackbridge-trust-'))
const file = join(folder, 'ca.pem')
writeFileSync(file, PEM)
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const trust = (environment: Record<string, string>) => environmentTrust({ environment })

describe("the certificates that OpenStack's variables trust", () => {
  it.each([
    [{}, {}],
    [{ OS_CACERT: file }, { ca: PEM }],
    [{ OS_CACERT: PEM.replaceAll('\n', '\\n') }, { ca: PEM }],
    [{ OS_INSECURE: 'true' }, { rejectUnauthorized: false }],
    [
      { OS_INSECURE: '1', OS_CACERT: file },
      { rejectUnauthorized: false, ca: PEM },
    ],
    [{ OS_INSECURE: 'False' }, {}],
  ])('%o', (environment, tls) => {
    expect(trust(environment)).toEqual({ ok: true, tls })
  })

  it.each([
    [{ OS_CACERT: join(folder, 'missing.pem') }, 'OS_CACERT', 'that can be read (ENOENT)'],
    [{ OS_CACERT: '-----BEGIN CERTIFICATE-----x' }, 'OS_CACERT', 'certificates as PEM text'],
    [{ OS_INSECURE: 'maybe' }, 'OS_INSECURE', 'true or false'],
  ])('are refused where they cannot be used: %o', (environment, path, words) => {
    expect(trust(environment)).toMatchObject({
      ok: false,
      problem: { path, problem: expect.stringContaining(words), isOfEnvironment: true },
    })
  })
})
