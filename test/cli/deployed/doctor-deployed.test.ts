import { createServer } from 'node:http'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { diagnoseDeployed, rememberKey } from '../../../src/cli/deployed/doctor-deployed.ts'
import { UsageError } from '../../../src/cli/usage-error.ts'
import { keyFingerprint } from '../../../src/platform/key-fingerprint.ts'
import { listen } from '../../../src/sandbox/loopback-server.ts'
import { CONTINUATION_KEY, OTHER_CONTINUATION_KEY } from '../../continuation-keys.ts'

/** `stackbridge doctor --deployed`, with a Function Compute that has the functions of a map and records its requests. */

const TOKEN = 'acs:fc:cn-hangzhou:1234567890123456:functions/stackbridge'
const REFERENCE = 'STACKBRIDGE_CONTINUATION_KEY=oos:stackbridge-continuation-key'
const CREDENTIALS = {
  ALIBABA_CLOUD_ACCESS_KEY_ID: 'the-key-id',
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'the-secret-key',
}
const SETTINGS = { STACKBRIDGE_LOG_LEVEL: 'info', STACKBRIDGE_CONTINUATION_KEY: CONTINUATION_KEY }

interface Running {
  readonly url: string
  close(): Promise<unknown>
}

let functions: Map<string, Readonly<Record<string, string>>>
let destination: string | undefined
let status: number
let asked: string[]
let fc: Running
let oos: Running
let folder: string
let file: string
beforeEach(async () => {
  functions = new Map([
    ['stackbridge', SETTINGS],
    ['stackbridge-on-failure', SETTINGS],
  ])
  destination = `${TOKEN}-on-failure`
  status = 200
  asked = []
  fc = await listen(
    createServer((request, response) => {
      const path = request.url ?? ''
      asked.push(`${request.method ?? ''} ${path}`)
      const [, name = '', isConfig] =
        /^\/2023-03-30\/functions\/([\w-]+)(\/async-invoke-config)?$/.exec(path) ?? []
      const environmentVariables = functions.get(name)
      const answer =
        isConfig === undefined
          ? {
              functionName: name,
              runtime: 'custom.debian12',
              handler: 'index.handler',
              memorySize: 512,
              timeout: 120,
              environmentVariables,
            }
          : { destinationConfig: { onFailure: { destination } } }
      response.statusCode = status === 200 && environmentVariables === undefined ? 404 : status
      response.end(
        JSON.stringify(status === 200 ? answer : { Code: 'Forbidden', Message: 'not with the-secret-key' }),
      )
    }),
  )
  oos = await listen(
    createServer((request, response) => {
      asked.push(`OOS ${new URL(request.url ?? '', 'http://oos').searchParams.get('Name') ?? ''}`)
      response.end(JSON.stringify({ RequestId: 'request', Parameter: { Value: CONTINUATION_KEY } }))
    }),
  )
  folder = await mkdtemp(join(tmpdir(), 'stackbridge-fingerprint-'))
  file = join(folder, 'stackbridge.fingerprint.json')
})
afterEach(() => Promise.all([fc.close(), oos.close(), rm(folder, { recursive: true, force: true })]))

async function checks(environment: Record<string, string>, fingerprint?: string) {
  const found: [string, string, string][] = []
  const whole = { STACKBRIDGE_FC_ENDPOINT: fc.url, STACKBRIDGE_OOS_ENDPOINT: oos.url, ...environment }
  for await (const { result, name, detail } of diagnoseDeployed({
    serviceToken: TOKEN,
    fingerprint,
    environment: whole,
  }))
    found.push([result, name, detail])
  return found
}

const remember = (environment: Record<string, string>) =>
  rememberKey({ serviceToken: TOKEN, fingerprint: file, environment })

describe('doctor --deployed', () => {
  it('reports nothing missing for a complete deployment, changes nothing, and shows no key', async () => {
    const found = await checks(CREDENTIALS)
    expect(found.map(([result, name]) => [result, name])).toEqual([
      ['ok', 'function'],
      ['ok', 'settings'],
      ['ok', 'deployed key'],
      ['ok', 'failure destination'],
    ])
    expect(asked).toEqual([
      'GET /2023-03-30/functions/stackbridge',
      'GET /2023-03-30/functions/stackbridge/async-invoke-config',
      'GET /2023-03-30/functions/stackbridge-on-failure',
    ])
    expect(JSON.stringify(found)).toContain(keyFingerprint(CONTINUATION_KEY))
    expect(JSON.stringify(found)).not.toContain(CONTINUATION_KEY)
  })

  it('reports that the key in the environment is not the deployed one, and the remedy', async () => {
    const found = await checks({ ...CREDENTIALS, STACKBRIDGE_CONTINUATION_KEY: OTHER_CONTINUATION_KEY })
    expect(found).toContainEqual([
      'missing',
      'deployed key',
      expect.stringContaining('set the deployed key again, or both as NEW,OLD'),
    ])
  })

  it('names a wrong setting of the deployed function', async () => {
    functions.set('stackbridge', { ...SETTINGS, STACKBRIDGE_LOG_LEVEL: 'loud' })
    expect(await checks(CREDENTIALS)).toContainEqual([
      'missing',
      'settings',
      expect.stringContaining('STACKBRIDGE_LOG_LEVEL'),
    ])
  })

  it('names variables whose values differ between the two functions, without the values', async () => {
    functions.set('stackbridge-on-failure', {
      ...SETTINGS,
      STACKBRIDGE_CONTINUATION_KEY: OTHER_CONTINUATION_KEY,
    })
    const found = await checks(CREDENTIALS)
    expect(found).toContainEqual([
      'missing',
      'failure destination',
      expect.stringContaining('STACKBRIDGE_CONTINUATION_KEY'),
    ])
    expect(JSON.stringify(found)).not.toContain(OTHER_CONTINUATION_KEY)
  })

  it('reports that a bridge without a failure destination works with restrictions', async () => {
    destination = undefined
    expect((await checks(CREDENTIALS)).at(-1)).toEqual([
      'degraded',
      'failure destination',
      expect.stringContaining('none'),
    ])
  })

  it('reports that the function does not exist', async () => {
    functions.clear()
    expect(await checks(CREDENTIALS)).toEqual([
      ['missing', 'function', 'there is no function stackbridge in cn-hangzhou'],
    ])
  })

  it('reports unknown if the call is refused, and quotes no secret of the refusal', async () => {
    status = 403
    const [[result, name, detail] = []] = await checks(CREDENTIALS)
    expect([result, name]).toEqual(['unknown', 'function'])
    expect(detail).toContain('HTTP 403')
    expect(detail).not.toContain('the-secret-key')
  })

  it('reports unknown without credentials', async () => {
    expect(await checks({})).toEqual([
      ['unknown', 'function', expect.stringContaining('ALIBABA_CLOUD_ACCESS_KEY_ID')],
    ])
    expect(asked).toEqual([])
  })

  it('refuses a ServiceToken that is not of a function', async () => {
    const target = { serviceToken: 'stackbridge', fingerprint: undefined, environment: {} }
    await expect(diagnoseDeployed(target).next()).rejects.toThrow(UsageError)
  })
})

describe('doctor --deployed --fingerprint, before a deployment', () => {
  it('accepts a first deployment', async () => {
    functions.clear()
    const found = await checks({ ...CREDENTIALS, STACKBRIDGE_CONTINUATION_KEY: CONTINUATION_KEY }, file)
    expect(found.map(([result]) => result)).toEqual(['ok', 'unknown'])
  })

  it('requires a key', async () => {
    expect(await checks({}, file)).toEqual([['missing', 'key', expect.stringContaining('no key is set')]])
  })

  it('accepts the same key, also as an earlier key that is still valid', async () => {
    await remember({ STACKBRIDGE_CONTINUATION_KEY: CONTINUATION_KEY })
    for (const key of [
      CONTINUATION_KEY,
      `${OTHER_CONTINUATION_KEY},${CONTINUATION_KEY}`,
      `${CONTINUATION_KEY},${OTHER_CONTINUATION_KEY}`,
    ])
      expect((await checks({ STACKBRIDGE_CONTINUATION_KEY: key }, file))[0]?.[0]).toBe('ok')
  })

  it('refuses another key, and explains the remedy', async () => {
    await remember({ STACKBRIDGE_CONTINUATION_KEY: CONTINUATION_KEY })
    expect((await checks({ STACKBRIDGE_CONTINUATION_KEY: OTHER_CONTINUATION_KEY }, file))[0]).toEqual([
      'missing',
      'key',
      expect.stringContaining('set the deployed key again, or both as NEW,OLD'),
    ])
  })

  it('accepts the removal of the old key after a deployment of the new one', async () => {
    await remember({ STACKBRIDGE_CONTINUATION_KEY: `${OTHER_CONTINUATION_KEY},${CONTINUATION_KEY}` })
    expect((await checks({ STACKBRIDGE_CONTINUATION_KEY: OTHER_CONTINUATION_KEY }, file))[0]?.[0]).toBe('ok')
    expect((await checks({ STACKBRIDGE_CONTINUATION_KEY: CONTINUATION_KEY }, file))[0]?.[0]).toBe('missing')
  })

  it('accepts the same reference without reading it, and refuses another one', async () => {
    await remember({ STACKBRIDGE_SECRETS: REFERENCE })
    expect((await checks({ STACKBRIDGE_SECRETS: REFERENCE }, file))[0]?.[0]).toBe('ok')
    const other = REFERENCE.replace('oos:', 'kms:')
    expect((await checks({ STACKBRIDGE_SECRETS: other }, file))[0]).toEqual([
      'missing',
      'key',
      expect.stringContaining('cannot be told'),
    ])
    expect(asked).toEqual([])
  })

  it('accepts a move of the key to OOS, after reading the key for comparison', async () => {
    await remember({ STACKBRIDGE_CONTINUATION_KEY: CONTINUATION_KEY })
    const found = await checks({ ...CREDENTIALS, STACKBRIDGE_SECRETS: REFERENCE }, file)
    expect(found[0]?.[0]).toBe('ok')
    expect(asked[0]).toBe('OOS stackbridge-continuation-key')
  })

  it('detects another key in the deployed function if the file is lost', async () => {
    const found = await checks({ ...CREDENTIALS, STACKBRIDGE_CONTINUATION_KEY: OTHER_CONTINUATION_KEY }, file)
    expect(found).toContainEqual(['missing', 'deployed key', expect.stringContaining('would be replaced')])
  })

  it('writes no key into the file, and keeps the entries of other functions', async () => {
    await writeFile(file, JSON.stringify({ another: { place: 'kms:x' } }))
    await remember({ STACKBRIDGE_CONTINUATION_KEY: CONTINUATION_KEY })
    const text = await readFile(file, 'utf8')
    expect(JSON.parse(text)).toEqual({
      another: { place: 'kms:x' },
      [TOKEN]: { fingerprints: [keyFingerprint(CONTINUATION_KEY)] },
    })
    expect(text).not.toContain(CONTINUATION_KEY)
  })

  it('refuses a file with other content', async () => {
    await writeFile(file, '[1]')
    await expect(checks({ STACKBRIDGE_CONTINUATION_KEY: CONTINUATION_KEY }, file)).rejects.toThrow(
      /holds no fingerprints/,
    )
  })
})
