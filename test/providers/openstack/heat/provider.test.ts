import { SANDBOX_PUSH_CERTIFICATE } from '../../../../src/sandbox/mns/certificate.ts'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/platform/json.ts'
import { createLogger } from '../../../../src/platform/log.ts'
import { createNetwork } from '../../../../src/platform/network.ts'
import { Secrets } from '../../../../src/platform/secrets.ts'
import { provider as heat } from '../../../../src/providers/openstack/heat/provider.ts'
import type { StackRequest } from '../../../../src/providers/provider.ts'
import { FakeClock } from '../../../fake-clock.ts'

const owner = { rosStackId: 'ros-1', rosStackName: 'ros', logicalResourceId: 'A' }
const ID = 'arn:openstack:heat::p1:stacks/my-stack/0a1b2c3d-0000-4000-8000-00000000000a'
const Auth = {
  AuthUrl: 'https://203.0.114.1/v3',
  Username: 'demo',
  Password: 'planted-password',
  ProjectName: 'demo',
}
const Stack = { Name: 'my-stack', Template: 'heat_template_version: 2018-08-31' }

async function open(
  properties: JsonObject,
  more: Partial<StackRequest> = {},
  environment: Record<string, string> = {},
) {
  const secrets = new Secrets()
  const lines: string[] = []
  const opened = await heat.open(
    { kind: 'create', owner, requestId: 'r', properties, fingerprint: 'f', ...more },
    {
      clock: new FakeClock(),
      random: () => 0.5,
      network: createNetwork({ allowPrivateAddresses: false, intranetCallbackRanges: [] }),
      secrets,
      environment,
      log: createLogger({ level: 'trace', secrets, destination: { write: (line) => void lines.push(line) } }),
    },
  )
  const problems = opened.ok ? [] : opened.problems.map(({ path, problem }) => `${path} ${problem}`)
  return { opened, problems, secrets, logged: lines.join('') }
}

describe('the properties of a Heat stack', () => {
  it('are accepted whole', async () => {
    const { problems } = await open({
      Auth: { ...Auth, UserDomainName: 'Default', ProjectDomainId: 'default' },
      AuthType: 'v3password',
      RegionName: 'RegionOne',
      Interface: 'public',
      Endpoint: 'https://203.0.114.2/v1',
      CACert: SANDBOX_PUSH_CERTIFICATE,
      Insecure: 'false',
      Stack: {
        ...Stack,
        Parameters: { text: 'x', number: 5, truth: true, list: [1, 'a'], map: { a: { b: null } } },
        Environment: { parameters: {} },
        Files: {
          'env.yaml': 'parameters: {}',
          'nested.yaml': { heat_template_version: '2018-08-31' },
          empty: '',
        },
        EnvironmentFiles: ['env.yaml'],
        TimeoutMins: '30',
        DisableRollback: false,
        Tags: ['mine'],
      },
      OnDeleteFailed: ['retry', 'retry'],
      SecretParameters: ['text'],
      Timeout: 600,
      Outputs: ['a'],
      OnExisting: 'own',
      OnTimeout: 'cancel',
    })
    expect(problems).toEqual([])
  })

  it.each<[JsonObject, string]>([
    [{ Stack }, 'Auth is missing, and the function'],
    [{ Auth: {}, Stack }, 'Auth.AuthUrl is missing; it must be the URL of Keystone'],
    [{ Auth: { AuthUrl: Auth.AuthUrl }, Stack }, 'Auth.Username is missing'],
    [{ Auth: { AuthUrl: Auth.AuthUrl, Username: 'x' }, Stack }, 'Auth.Password is missing'],
    [
      { Auth: { ...Auth, UserName: 'x' }, Stack },
      'Auth.UserName is not a known property; did you mean Username?',
    ],
    [
      { Auth: { ...Auth, ApplicationCredentialId: 'x' }, Stack },
      'Auth.ApplicationCredentialSecret is missing',
    ],
    [{ Auth, AuthType: 'v3token', Stack }, 'Auth.Token is missing'],
    [{ Auth: { ...Auth, AuthUrl: 'http://127.0.0.1:5000/v3' }, Stack }, 'Auth.AuthUrl leads to 127.0.0.1'],
    [
      { Auth: { ...Auth, AuthUrl: 'http://169.254.169.254/v3' }, Stack },
      'Auth.AuthUrl leads to 169.254.169.254',
    ],
    [{ Auth, Endpoint: 'http://10.0.0.1/v1', Stack }, 'Endpoint leads to 10.0.0.1'],
    [{ Auth, CACert: 'not PEM', Stack }, 'CACert must be certificates as PEM text'],
    [{ Auth, Stack: { Name: 'x' } }, 'Stack.Template is missing'],
    [{ Auth, Stack: { Existing: true } }, 'Stack.Template is missing'],
    [
      { Auth, Stack: { ...Stack, TemplateURL: 'https://x.example/t' } },
      'Stack.TemplateURL must not be given together',
    ],
    [{ Auth, Stack: { ...Stack, Name: '1x' } }, 'Stack.Name must begin with a letter'],
    [{ Auth, Stack: { ...Stack, Tags: ['a,b'] } }, 'Stack.Tags[0] must not hold a comma'],
    [
      { Auth, Stack: { ...Stack, Tags: ['ok', 'x'.repeat(81)] } },
      'Stack.Tags[1] must be at most 80 characters',
    ],
    [
      { Auth, Stack: { ...Stack, Tags: ['stackbridge:x'] } },
      'Stack.Tags[0] must not begin with stackbridge:',
    ],
    [{ Auth, Stack: { ...Stack, Tags: { a: 'b' } } }, 'Stack.Tags must be a list of tags'],
    [{ Auth, Stack: { ...Stack, EnvironmentFiles: ['x'] } }, 'Stack.EnvironmentFiles must name files'],
    [
      { Auth, Stack: { ...Stack, ClearParameters: ['x'] } },
      'Stack.ClearParameters must be given together with Existing',
    ],
    [
      { Auth, Stack: { ...Stack, Parameters: { pin: '******' } } },
      'Stack.Parameters.pin is the asterisks that stand for a hidden value',
    ],
    [{ Auth, Stack: { ...Stack, TimeoutMins: 0 } }, 'Stack.TimeoutMins must be a whole number'],
    [{ Auth, Stack: { ...Stack, Capabilities: [] } }, 'Stack.Capabilities is not a known property'],
  ])('%j: %s', async (properties, problem) => {
    const { problems } = await open(properties)
    expect(problems).toEqual([expect.stringContaining(problem)])
    expect(problems.join()).not.toContain('planted-password')
  })

  it('need no template for an Update with Existing', async () => {
    const { problems } = await open(
      { Auth, Stack: { Existing: true } },
      { kind: 'update', physicalResourceId: ID },
    )
    expect(problems).toEqual([])
  })

  it('come from the environment if they are missing', async () => {
    const environment = {
      OS_AUTH_URL: 'https://203.0.114.1',
      OS_USERNAME: 'demo',
      OS_PASSWORD: 'planted-environment-password',
      OS_TENANT_NAME: 'demo',
    }
    const { opened, secrets } = await open({ Stack }, {}, environment)
    expect(opened.ok).toBe(true)
    expect(secrets.mask('planted-environment-password')).toBe('[secret]')
    const { problems } = await open({ Stack }, {}, { ...environment, OS_PASSWORD: '' })
    expect(problems).toEqual(["OS_PASSWORD is missing; it must be the user's password"])
  })

  it('that switch off certificate checks cause a warning', async () => {
    expect((await open({ Auth, Insecure: true, Stack })).logged).toContain('"level":"warn"')
    expect((await open({ Auth, Stack })).logged).toBe('')
  })

  it('that are invalid do not prevent a Delete', async () => {
    const { opened } = await open(
      { Auth, Nonsense: 1, Timeout: 'x', Stack: { Name: '1', Nonsense: 2 } },
      { kind: 'delete', physicalResourceId: ID },
    )
    expect(opened.ok).toBe(true)
  })
})

describe('an Update', () => {
  async function identity(properties: JsonObject, oldProperties: JsonObject = {}) {
    const { opened } = await open(
      { Auth, Stack, ...properties },
      { kind: 'update', physicalResourceId: ID, oldProperties },
    )
    return opened.ok ? opened.session.identityProblems.map(({ path }) => path) : ['not opened']
  }

  it('that would need another stack is refused', async () => {
    expect(await identity({ Stack: { ...Stack, Name: 'other' } })).toEqual(['Stack.Name'])
    expect(await identity({ Auth: { ...Auth, ProjectId: 'p2' } })).toEqual(['Auth.ProjectId'])
    expect(await identity({ RegionName: 'Two' }, { RegionName: 'One' })).toEqual(['RegionName'])
  })

  it('that names the same stack is accepted', async () => {
    expect(
      await identity({ Auth: { ...Auth, ProjectId: 'p1' }, RegionName: 'One' }, { RegionName: 'One' }),
    ).toEqual([])
    expect(await identity({ RegionName: 'One' })).toEqual([])
  })

  it("of an id that is not Heat's is refused", async () => {
    const { problems } = await open({ Auth, Stack }, { kind: 'update', physicalResourceId: 'something' })
    expect(problems).toEqual([expect.stringContaining('PhysicalResourceId is not the id of a Heat stack')])
  })
})
