import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Clock } from '../../src/platform/clock.ts'
import type { JsonObject } from '../../src/platform/json.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { startSandboxSecrets, type SandboxSecrets } from '../../src/sandbox/alibaba-cloud/secrets/server.ts'
import { startSandboxHuaweiCloud, type SandboxHuaweiCloud } from '../../src/sandbox/huawei-cloud/server.ts'
import { startAbuse, type Abuse } from './harness.ts'

/** Credentials of the environment that STACKBRIDGE_SECRETS stores in KMS and OOS. */

const ROLE = {
  accessKeyId: 'STS.role-of-the-function',
  accessKeySecret: 'role-secret',
  securityToken: 'token',
}

let here: Abuse
let vendor: SandboxSecrets
let huawei: SandboxHuaweiCloud
const clock: Clock = systemClock

beforeAll(async () => {
  here = await startAbuse()
  huawei = await startSandboxHuaweiCloud({ clock })
})
afterAll(() => Promise.all([here.close(), huawei.close()]))
beforeEach(async () => {
  vendor = await startSandboxSecrets({ keys: [{ ...ROLE, accountId: '1234567890123456' }] })
  const { accessKeyId: id, secretAccessKey: secret } = here.aws.key
  vendor.secrets.set('aws', { data: JSON.stringify({ id, secret }) })
  vendor.parameters.set('openstack', here.openstack.user.password)
  vendor.secrets.set('huawei', { data: huawei.keys.secretKey })
})
afterEach(() => vendor.close())

const environment = (): Record<string, string> => ({
  STACKBRIDGE_SECRETS:
    'AWS_ACCESS_KEY_ID=kms:aws#id,AWS_SECRET_ACCESS_KEY=kms:aws#secret,OS_PASSWORD=oos:openstack,HW_SECRET_KEY=kms:huawei',
  STACKBRIDGE_KMS_ENDPOINT: vendor.url,
  STACKBRIDGE_OOS_ENDPOINT: vendor.url,
  STACKBRIDGE_ENDPOINT_HOSTS: 'http://127.0.0.1',
  STACKBRIDGE_TIMEOUT_SECONDS: '200',
  OS_AUTH_URL: here.openstack.authUrl,
  OS_USERNAME: here.openstack.user.name,
  OS_USER_DOMAIN_NAME: 'Default',
  OS_PROJECT_ID: here.openstack.user.projectId,
  HW_ACCESS_KEY: huawei.keys.accessKey,
  HW_AUTH_URL: huawei.url,
  HW_REGION_NAME: huawei.region,
})

const serve = (more: Readonly<Record<string, unknown>>, changed: Record<string, string> = {}) =>
  here.serve(here.event(more), { environment: { ...environment(), ...changed }, role: ROLE })

const CASES: readonly (readonly [string, () => JsonObject, readonly string[]])[] = [
  [
    'Custom::AwsCloudFormationStack',
    () => ({
      RegionId: here.aws.region,
      Endpoint: here.aws.url,
      Stack: { Template: { Resources: { B: { Type: 'AWS::S3::Bucket' } } } },
    }),
    ['GetSecretValue aws'],
  ],
  [
    'Custom::HeatStack',
    () => ({
      Stack: {
        Template: {
          heat_template_version: '2018-08-31',
          resources: { thing: { type: 'OS::Heat::TestResource', properties: { value: 'x' } } },
        },
      },
    }),
    ['GetSecretParameter openstack'],
  ],
  [
    'Custom::HuaweiRfsStack',
    () => ({ Endpoint: huawei.url, Stack: { TemplateBody: 'variable "v" { default = 1 }' } }),
    ['GetSecretValue huawei'],
  ],
]

describe('credentials by reference', () => {
  it.each(CASES)('are used for %s, and no others are read', async (type, properties, read) => {
    const more = { ResourceType: type, StackId: `stack-of-${type}`, ResourceProperties: properties() }
    expect(await serve(more)).toMatchObject({ kind: 'answered', verdict: { status: 'SUCCESS' } })
    expect(vendor.calls).toEqual(read)
    expect(here.output()).not.toContain(here.aws.key.secretAccessKey)
    expect(here.output()).not.toContain(here.openstack.user.password)
    expect(here.output()).not.toContain(huawei.keys.secretKey)
  })

  it('are not read for an event with its own credentials', async () => {
    const properties = here.awsProperties({ Template: { Resources: { B: { Type: 'AWS::S3::Bucket' } } } })
    const served = await serve({ StackId: 'own-keys', ResourceProperties: properties })
    expect(served).toMatchObject({ kind: 'answered', verdict: { status: 'SUCCESS' } })
    expect(vendor.calls).toEqual([])
  })

  it.each(['Create', 'Delete'])(
    'that cannot be read make a %s FAILED, without a call to the cloud',
    async (kind) => {
      vendor.secrets.delete('aws')
      const [, properties] = CASES[0] ?? raise()
      const calls = here.aws.calls.length
      const served = await serve({ RequestType: kind, ResourceProperties: properties() })
      expect(served).toMatchObject({
        verdict: {
          status: 'FAILED',
          reason: expect.stringMatching(
            /^AWS_ACCESS_KEY_ID, which STACKBRIDGE_SECRETS names, could not be read from kms:aws: KMS GetSecretValue answered HTTP 404: Forbidden.ResourceNotFound/,
          ),
        },
      })
      expect(here.aws.calls).toHaveLength(calls)
    },
  )

  it("count as the operator's, so the rule of endpoint hosts applies to them", async () => {
    const [, properties] = CASES[0] ?? raise()
    const served = await serve(
      { ResourceProperties: { ...properties(), Endpoint: here.trapUrl } },
      { STACKBRIDGE_ENDPOINT_HOSTS: '' },
    )
    expect(served).toMatchObject({
      verdict: { status: 'FAILED', reason: expect.stringContaining('STACKBRIDGE_ENDPOINT_HOSTS') },
    })
    expect(here.visits).toEqual([])
  })

  it('in the properties are ordinary texts', async () => {
    const properties = { ...here.awsProperties({ Template: {} }), AccessKeySecret: 'kms:aws#secret' }
    await serve({ StackId: 'literal', ResourceProperties: properties })
    expect(vendor.calls).toEqual([])
  })
})

function raise(): never {
  throw new Error('there is no such case')
}
