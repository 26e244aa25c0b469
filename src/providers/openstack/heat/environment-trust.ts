import { readFileSync } from 'node:fs'
import type { TlsOptions } from '../../../platform/network.ts'
import { certificateProblem, pemOf } from '../../properties/certificates.ts'
import type { PropertyProblem } from '../../properties/property-problem.ts'
import type { Surroundings } from '../../provider.ts'

export type EnvironmentTrust =
  { readonly ok: true; readonly tls: TlsOptions } | { readonly ok: false; readonly problem: PropertyProblem }

/** Bytes. A bundle of all public authorities has about 230 KB. */
const LARGEST_FILE = 1_048_576

/**
 * The certificates that the environment of OpenStack's own tools trusts: `OS_CACERT`, a file or the PEM text itself, and
 * `OS_INSECURE`.
 * https://docs.openstack.org/python-openstackclient/latest/cli/man/openstack.html#environment-variables
 */
export function environmentTrust({ environment }: Pick<Surroundings, 'environment'>): EnvironmentTrust {
  const insecure = (environment['OS_INSECURE'] ?? '').toLowerCase()
  if (!['', '1', '0', 'true', 'false', 'yes', 'no'].includes(insecure))
    return wrong('OS_INSECURE', 'true or false')
  const trusting: TlsOptions = ['1', 'true', 'yes'].includes(insecure) ? { rejectUnauthorized: false } : {}
  const authority = environment['OS_CACERT'] ?? ''
  if (authority === '') return { ok: true, tls: trusting }
  const read = authority.includes('-----BEGIN ')
    ? { ok: true as const, text: authority }
    : readFile(authority)
  if (!read.ok) return wrong('OS_CACERT', `the path of a file that can be read (${read.code}), or PEM text`)
  const problem = certificateProblem(read.text)
  return problem === undefined
    ? { ok: true, tls: { ...trusting, ca: pemOf(read.text) } }
    : { ok: false, problem: { path: 'OS_CACERT', problem, isOfEnvironment: true } }
}

type ReadFile = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly code: string }

function readFile(path: string): ReadFile {
  try {
    const bytes = readFileSync(path)
    return bytes.length > LARGEST_FILE
      ? { ok: false, code: 'too large' }
      : { ok: true, text: bytes.toString() }
  } catch (error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string')
      return { ok: false, code: error.code }
    throw error
  }
}

function wrong(path: string, rule: string): EnvironmentTrust {
  return { ok: false, problem: { path, problem: `must be ${rule}`, isOfEnvironment: true } }
}
