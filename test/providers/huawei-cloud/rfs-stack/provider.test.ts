import { SANDBOX_PUSH_CERTIFICATE } from '../../../../src/sandbox/mns/certificate.ts'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/platform/json.ts'
import { createLogger } from '../../../../src/platform/log.ts'
import { createNetwork } from '../../../../src/platform/network.ts'
import { Secrets } from '../../../../src/platform/secrets.ts'
import { provider as huaweiRfsStack } from '../../../../src/providers/huawei-cloud/rfs-stack/provider.ts'
import type { StackRequest } from '../../../../src/providers/provider.ts'
import { FakeClock } from '../../../fake-clock.ts'
import { OWNER } from '../world.ts'

const ID = 'huaweicloud:rfs:cn-north-4:0a1:stacks/my-stack/0a1b2c3d-0000-4000-8000-00000000000a'
const Auth = { AccessKey: 'AK', SecretKey: 'planted-secret-key' }
const Stack = { Name: 'my-stack', TemplateBody: 'variable "a" {}' }
const properties = { Auth, Region: 'cn-north-4', Stack }

async function open(
  given: JsonObject,
  more: Partial<StackRequest> = {},
  environment: Record<string, string> = {},
) {
  const secrets = new Secrets()
  const opened = await huaweiRfsStack.open(
    { kind: 'create', owner: OWNER, requestId: 'r', properties: given, fingerprint: 'f', ...more },
    {
      clock: new FakeClock(),
      random: () => 0.5,
      network: createNetwork({ allowPrivateAddresses: false, intranetCallbackRanges: [] }),
      secrets,
      environment,
      log: createLogger({ level: 'silent', secrets, destination: { write: () => undefined } }),
    },
  )
  const problems = opened.ok ? [] : opened.problems.map(({ path, problem }) => `${path} ${problem}`)
  return { opened, problems, secrets }
}

describe('the properties of an RFS stack', () => {
  it('are accepted whole', async () => {
    const { problems } = await open({
      Auth: { ...Auth, SecurityToken: 'planted-token', ProjectId: '0a1', DomainId: 'd1' },
      Region: 'eu-west-101',
      Endpoint: 'https://rfs.example.com/',
      CACert: SANDBOX_PUSH_CERTIFICATE,
      Stack: {
        Name: '资源栈_1',
        Description: 'text',
        TemplateUri: 'https://bucket.obs.cn-north-4.myhuaweicloud.com/main.tf',
        Parameters: { a: { b: [1, true, null] } },
        VarsStructure: [
          { VarKey: 'c', VarValue: 5 },
          { VarKey: 'd', VarValue: 'x', Encryption: { Kms: { Id: 'k', CipherText: 't' } } },
        ],
        VarsUri: 'https://bucket.obs.cn-north-4.myhuaweicloud.com/a.tfvars',
        Agencies: [{ ProviderName: 'huaweicloud', AgencyUrn: 'iam::x:agency:y' }],
        EnableDeletionProtection: 'true',
        EnableAutoRollback: false,
      },
      ContinueRollback: true,
      RetainAllResources: false,
      OnDeleteFailed: ['retry', 'retain'],
      SecretParameters: ['a'],
      Timeout: 600,
      Outputs: { New: 'Old' },
    })
    expect(problems).toEqual([])
  })

  it.each<[string, JsonObject, string]>([
    [
      'two templates',
      { TemplateBody: 'x', TemplateUri: 'https://x' },
      'Stack.TemplateUri must not be given together with TemplateBody',
    ],
    [
      'variables in two forms of one thing',
      { TemplateBody: 'x', Parameters: { a: 1 }, VarsBody: 'a = 1' },
      'Stack.VarsBody must not be given together with Parameters, which is the same in another form',
    ],
    [
      'a variable twice',
      { TemplateBody: 'x', Parameters: { a: 1 }, VarsStructure: [{ VarKey: 'a', VarValue: '1' }] },
      'Stack.VarsStructure must not hold a variable that Parameters holds too',
    ],
    [
      'variables without a template',
      { Parameters: { a: 1 } },
      'Stack.TemplateBody must be given, or TemplateUri, where there are variables',
    ],
    [
      'a template that is too long',
      { TemplateBody: 'x'.repeat(51_201) },
      'Stack.TemplateBody must be at most 51200 characters long; give what is longer as TemplateUri',
    ],
    [
      'a name that RFS does not take',
      { Name: '1st' },
      'Stack.Name must begin with a letter and hold only letters, digits, _ and -, 128 at most; Chinese characters count as letters',
    ],
    [
      'an agency that is named in two ways',
      { Agencies: [{ ProviderName: 'huaweicloud', AgencyName: 'a', AgencyUrn: 'b' }] },
      'Stack.Agencies[0].AgencyName must be given, or else AgencyUrn, but not both',
    ],
    [
      'two agencies for one provider',
      {
        Agencies: [
          { ProviderName: 'huaweicloud', AgencyName: 'a' },
          { ProviderName: 'huaweicloud', AgencyName: 'b' },
        ],
      },
      'Stack.Agencies must name each ProviderName once',
    ],
    [
      'a description that would hide the mark',
      { Description: 'stackbridge:owner=x' },
      'Stack.Description must not hold stackbridge:, which marks the owner',
    ],
    [
      'an unknown property',
      { TemplateBodi: 'x' },
      'Stack.TemplateBodi is not a known property; did you mean TemplateBody?',
    ],
  ])('are refused with the expected value: %s', async (_, stack, problem) => {
    expect((await open({ ...properties, Stack: stack })).problems).toEqual([problem])
  })

  it('name the missing part of the credentials', async () => {
    const missing = async (auth: JsonObject) => (await open({ ...properties, Auth: auth })).problems
    expect(await missing({ AccessKey: 'AK' })).toEqual([
      'Auth.SecretKey is missing; it must be the secret key (SK) of the access key',
    ])
    expect(await missing({ UserName: 'u', Password: 'planted-password' })).toEqual([
      "Auth.DomainName is missing; it must be the name of the user's account",
    ])
    expect((await open({ Stack })).problems).toEqual([
      'Auth is missing; it must be AccessKey and SecretKey, or UserName, Password and DomainName, or Token; in the environment, HW_ACCESS_KEY and HW_SECRET_KEY',
      "Region is missing, and the function's environment has no HW_REGION_NAME; it must be the id of a region, for example cn-north-4",
    ])
  })

  it('may leave credentials and region to the environment', async () => {
    const environment = { HW_ACCESS_KEY: 'AK', HW_SECRET_KEY: 'planted-sk', HW_REGION_NAME: 'cn-east-3' }
    const { problems, secrets } = await open({ Stack }, {}, environment)
    expect(problems).toEqual([])
    expect(secrets.mask('planted-sk')).toBe('[secret]')
  })

  it.each([
    ['password', { HW_USER_ID: 'u', HW_USER_PASSWORD: 'planted-password' }],
    ['token', { HW_AUTH_TOKEN: 'planted-token' }],
    ['signature', { HW_ACCESS_KEY: 'AK', HW_SECRET_KEY: 'planted-sk' }],
  ])("do not send the environment's %s to an address of their own", async (_, environment) => {
    const Auth = { AuthUrl: 'https://iam.example.com' }
    const { problems } = await open({ Auth, Region: 'cn-north-4', Stack }, {}, environment)
    expect(problems).toEqual([
      expect.stringMatching(
        /^Auth.AuthUrl must not name iam.example.com where the credentials are the environment's.*STACKBRIDGE_ENDPOINT_HOSTS$/,
      ),
    ])
  })

  it('do not mix credentials of their own with those of the environment', async () => {
    const environment = { HW_ACCESS_KEY: 'AK', HW_SECRET_KEY: 'planted-sk' }
    const { problems } = await open({ ...properties, Auth: { AccessKey: 'other' } }, {}, environment)
    expect(problems).toEqual(['Auth.SecretKey is missing; it must be the secret key (SK) of the access key'])
  })

  it('cannot reach another host by the region, nor a forbidden address', async () => {
    expect((await open({ ...properties, Region: 'x.example.com/' })).problems).toEqual([
      'Region must be the id of a region, for example cn-north-4',
    ])
    const { problems } = await open({ ...properties, Endpoint: 'http://169.254.169.254' })
    expect(problems).toEqual([expect.stringMatching(/^Endpoint leads to 169\.254\.169\.254/)])
  })

  it('keep secrets secret', async () => {
    const uri = 'https://b.obs.cn-north-4.myhuaweicloud.com/main.tf?AccessKeyId=x&Signature=y'
    const { secrets } = await open({
      ...properties,
      Stack: { TemplateUri: uri, Parameters: { pin: 'planted-pin' } },
      SecretParameters: ['pin'],
    })
    for (const secret of ['planted-secret-key', 'planted-pin', uri])
      expect(secrets.mask(`<${secret}>`)).toBe('<[secret]>')
  })
})

describe('the identity of an RFS stack', () => {
  const update = async (changes: JsonObject) => {
    const { opened } = await open({ ...properties, ...changes }, { kind: 'update', physicalResourceId: ID })
    if (!opened.ok) throw new Error(JSON.stringify(opened.problems))
    return opened.session.identityProblems.map(({ path }) => path)
  }

  it('allows each change that keeps the stack the same', async () => {
    expect(await update({ Stack: { TemplateBody: 'other' }, Auth: { ...Auth, ProjectId: '0a1' } })).toEqual(
      [],
    )
  })

  it('allows no change of name, region or project', async () => {
    expect(await update({ Stack: { ...Stack, Name: 'other' } })).toEqual(['Stack.Name'])
    expect(await update({ Region: 'cn-east-3' })).toEqual(['Region'])
    expect(await update({ Auth: { ...Auth, ProjectId: 'p2' } })).toEqual(['Auth.ProjectId'])
  })

  it('is not another provider’s', async () => {
    const { problems } = await open(properties, {
      kind: 'update',
      physicalResourceId: 'arn:openstack:heat::p:stacks/a/b',
    })
    expect(problems).toEqual([
      'PhysicalResourceId is not the id of an RFS stack: this resource was not created by this provider',
    ])
  })

  it('is enough for a Delete, even with invalid properties', async () => {
    const { problems } = await open(
      { Auth, Stack: { Name: 5, Nonsense: true }, Timeout: 'x' },
      { kind: 'delete', physicalResourceId: ID },
    )
    expect(problems).toEqual([])
  })

  it('is kept when an operation is handed off, without template and variables', () => {
    expect(
      huaweiRfsStack.propertiesToFollow({
        ...properties,
        Timeout: 5,
        Stack: { ...Stack, Parameters: { a: 1 } },
      }),
    ).toEqual({ Auth, Region: 'cn-north-4', Timeout: 5, Stack: { Name: 'my-stack' } })
  })
})
