import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { listen } from '../../../../src/sandbox/loopback-server.ts'

/** What the AWS SDK would read from misleading configuration files, in a separate process. */

interface Recording {
  /** Files of the home folder that were opened. */
  readonly files: readonly string[]
  /** Host names that were resolved; none exists. */
  readonly names: readonly string[]
}

const run = promisify(execFile)
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const visits: string[] = []
let home: string
let wrongEndpoint: Awaited<ReturnType<typeof listen>>

beforeAll(async () => {
  wrongEndpoint = await listen(
    createServer((request, response) => {
      visits.push(`${request.method ?? ''} ${request.url ?? ''}`)
      request.resume()
      response.end('{}')
    }),
  )
  home = await mkdtemp(join(tmpdir(), 'stackbridge-home-'))
  await mkdir(join(home, '.aws'))
  const settings = [
    `endpoint_url = ${wrongEndpoint.url}/file`,
    'retry_mode = adaptive',
    'max_attempts = 1',
    'use_dualstack_endpoint = true',
    'use_fips_endpoint = true',
    'region = eu-west-9',
    'sdk_ua_app_id = misleading',
    'auth_scheme_preference = noAuth',
    'sigv4a_signing_region_set = *',
    'credential_process = /bin/false',
  ].join('\n')
  await writeFile(join(home, '.aws', 'config'), `[default]\n${settings}\n[profile misleading]\n${settings}\n`)
  await writeFile(join(home, '.aws', 'credentials'), `[default]\naws_access_key_id = AKIAMISLEADING\n`)
})
afterAll(async () => {
  await wrongEndpoint.close()
  await rm(home, { recursive: true })
})

async function runWithConfiguration(program: string, argument: string): Promise<Recording> {
  visits.length = 0
  const url = `${wrongEndpoint.url}/variable`
  const environment = {
    PATH: process.env['PATH'],
    HOME: home,
    AWS_PROFILE: 'misleading',
    AWS_CONFIG_FILE: join(home, '.aws', 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(home, '.aws', 'credentials'),
    // Not here: AWS_ENDPOINT_URL, AWS_USE_DUALSTACK_ENDPOINT, AWS_USE_FIPS_ENDPOINT and HTTPS_PROXY. The bridge itself reads
    // them, since the operator sets them.
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'false',
    AWS_REGION: 'eu-west-9',
    AWS_DEFAULT_REGION: 'eu-west-9',
    AWS_RETRY_MODE: 'adaptive',
    AWS_MAX_ATTEMPTS: '1',
    AWS_DEFAULTS_MODE: 'auto',
    AWS_STS_REGIONAL_ENDPOINTS: 'legacy',
    AWS_EC2_METADATA_SERVICE_ENDPOINT: url,
    AWS_CONTAINER_CREDENTIALS_FULL_URI: url,
    NODE_USE_ENV_PROXY: '1',
    STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true',
    STACKBRIDGE_LOG_LEVEL: 'silent',
    STACKBRIDGE_TIMEOUT_SECONDS: '150',
  }
  const hooks = ['--require', here('./misleading-configuration/recorder.cjs'), '--import', 'tsx']
  const { stdout } = await run(process.execPath, [...hooks, here(program), argument], { env: environment })
  const recording: unknown = JSON.parse(stdout)
  if (!isRecording(recording)) throw new TypeError(`The process said ${stdout}`)
  return recording
}

function isRecording(value: unknown): value is Recording {
  return typeof value === 'object' && value !== null && 'files' in value && 'names' in value
}

describe("the AWS SDK's own configuration", () => {
  it.each([
    ['the sources', () => here('../../../../handlers/fc.ts')],
    ["the function's bundle", () => join(inject('built'), 'function', 'index.mjs')],
  ])('is not read by %s: no file is opened, and no endpoint or region of it is used', async (_, entry) => {
    const { files, names } = await runWithConfiguration(
      './misleading-configuration/serve-without-endpoint.mjs',
      entry(),
    )
    expect(files).toEqual([])
    expect(visits).toEqual([])
    expect([...new Set(names)].sort()).toEqual([
      'cloudformation.us-east-1.amazonaws.com',
      'ros.example.com',
      'sts.us-east-1.amazonaws.com',
    ])
    // Three attempts, as the bridge asks for, though the configuration allows one.
    expect(names.filter((name) => name.startsWith('sts.')).length).toBeGreaterThanOrEqual(3)
  })

  it('is read by a client without settings, so this test can detect it', async () => {
    const { files } = await runWithConfiguration('./misleading-configuration/client-of-defaults.mjs', '')
    expect(files).toContain(join(home, '.aws', 'config'))
    expect(visits.length).toBeGreaterThan(0)
  })
})
