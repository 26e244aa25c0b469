import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { run } from '../built-cli.ts'
import { startStrictStore, STORE_KEY, type StrictStore } from '../upload/strict-store.ts'

/** `stackbridge package` as a user runs it, with a store on loopback. */

const NETWORK = `Resources: {Topic: {Type: AWS::SNS::Topic}}\n${'# a comment\n'.repeat(5000)}`
const NAME = `${createHash('sha256').update(NETWORK).digest('hex')}.yml`

let folder: string
let template: string
let store: StrictStore
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stackbridge-package-'))
  template = join(folder, 'ros.yml')
  await writeFile(join(folder, 'network.yml'), NETWORK)
  await writeFile(template, ros('Custom::AwsCloudFormationStack'))
})
afterAll(() => rm(folder, { recursive: true }))
beforeEach(async () => {
  store = await startStrictStore()
})
afterEach(() => store.close())

const ros = (type: string): string => `ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Network:
    Type: ${type}
    Properties:
      ServiceToken: acs:fc:cn-hangzhou:1234567890123456:functions/stackbridge
      Timeout: 600
      Parameters: { Stack: { Template: file://network.yml } }
`

const environment = (secret = STORE_KEY.secret) => ({
  AWS_ENDPOINT_URL_S3: store.url,
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: STORE_KEY.id,
  AWS_SECRET_ACCESS_KEY: secret,
})

describe('stackbridge package --upload-to', () => {
  it('uploads a template that is too long, and writes its address', async () => {
    const out = join(folder, 'packaged.yml')
    const args = ['package', template, '--out', out, '--upload-to', 's3://my-bucket/net']
    const { code, stdout, stderr } = await run(args, '', environment())
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const address = `${store.url}/my-bucket/net/${NAME}`
    expect(await readFile(out, 'utf8')).toContain(`TemplateURL: ${address}`)
    expect(store.objects).toEqual(new Map([[`/my-bucket/net/${NAME}`, NETWORK]]))
    expect(stdout).toContain(`written  ${address}  template of Network from ${join(folder, 'network.yml')}`)
  })

  it('does not upload again what the store already has', async () => {
    const args = ['package', template, '--upload-to', 's3://my-bucket']
    const first = await run(args, '', environment())
    const second = await run(args, '', environment())
    expect(second.stdout).toBe(first.stdout)
    expect(second.stderr).toMatch(/which was there already/)
    expect(store.requests.map((one) => one.split(' ')[0])).toEqual(['HEAD', 'PUT', 'HEAD'])
  })

  it("prints the store's reason of a refusal, without a secret, and writes no template", async () => {
    const args = ['package', template, '--upload-to', 's3://my-bucket']
    const { code, stdout, stderr } = await run(args, '', environment('another-secret-of-no-value'))
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('was refused with status 403: SignatureDoesNotMatch')
    expect(stderr).not.toContain(STORE_KEY.id)
  })

  it('needs credentials only if something is uploaded', async () => {
    const args = ['package', template, '--upload-to', 's3://my-bucket?region=eu-west-1']
    const { code, stderr } = await run(args)
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'stackbridge: the upload to S3 needs credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY\n',
    })
  })

  it('uploads a template of Heat to a server that accepts PUT, with the header that it needs', async () => {
    const heat = join(folder, 'heat.yml')
    await writeFile(heat, ros('Custom::HeatStack'))
    const args = ['package', heat, '--upload', '--upload-to', `${store.url}/web/`]
    const variables = { SWIFT_HEADER: 'X-Auth-Token: web-token' }
    const { code, stdout } = await run([...args, '--upload-header-from', 'SWIFT_HEADER'], '', variables)
    expect(code).toBe(0)
    expect(stdout).toContain(`TemplateURL: ${store.url}/web/${NAME}`)
    expect(store.objects.get(`/web/${NAME}`)).toBe(NETWORK)
    expect((await run(args)).stderr).toContain('status 403: Unauthorized')
  })

  it('is required with --upload', async () => {
    const { code, stderr } = await run(['package', template, '--upload'])
    expect(code).toBe(2)
    expect(stderr).toContain('--upload needs a place; give --upload-to')
  })
})
