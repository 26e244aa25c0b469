import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { asText } from '../../src/platform/json.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { createNetwork } from '../../src/platform/network.ts'
import { Secrets } from '../../src/platform/secrets.ts'
import { readSettings } from '../../src/platform/settings.ts'
import { tagsWithMark } from '../../src/providers/aws/cloudformation/ownership.ts'
import { HeatClient } from '../../src/providers/openstack/heat/client.ts'
import { createTokenCache } from '../../src/providers/http/token-cache.ts'
import { listen } from '../../src/sandbox/loopback-server.ts'
import { readTemplate } from './ros-template.ts'
import { ROOT } from './serverless-devs.ts'

/**
 * Compares the policies in `examples/policies` with the calls that the bridge makes: no permission is missing, and none is
 * unused.
 */

interface Statement {
  readonly Action: string | readonly string[]
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

const policy = (name: string) => JSON.parse(readFileSync(join(ROOT, 'examples/policies', name), 'utf8'))
const statementsOf = (name: string): Statement[] => policy(name).Statement
const actionsOf = (statements: readonly Statement[]) => statements.flatMap(({ Action }) => Action).sort()

/** `stackbridge doctor` makes further calls, and reports itself where it has no permission. */
const FOR_DOCTOR_ALONE = ['validate']

/** The calls to OOS or KMS that a file of `src/platform/output-store` makes. */
function callsOf(file: string, service: string): string[] {
  const source = readFileSync(join(ROOT, 'src/platform/output-store', file), 'utf8')
  const made = [...source.matchAll(/#api\.(?:call|read)\(\s*'(\w+)'/g)]
  return [...new Set(made.map(([, action = '']) => `${service}:${action}`))].sort()
}

describe('the policies for stored outputs', () => {
  it('allow each call of OOS that the bridge makes, and no other', () => {
    const allowed = actionsOf(statementsOf('alibaba-cloud/stored-outputs.json'))
    expect(allowed.filter((action) => action.startsWith('oos:'))).toEqual(callsOf('oos-parameters.ts', 'oos'))
  })

  it("allow each call of KMS that the bridge makes, the calls for a customer's own key, and no other", () => {
    const calls = callsOf('kms-secrets.ts', 'kms')
    expect(calls).toContain('kms:DescribeSecret')
    // https://www.alibabacloud.com/help/en/kms/support/use-ram-to-control-access-to-kms-resources
    expect(actionsOf(statementsOf('alibaba-cloud/stored-outputs-kms.json'))).toEqual(
      [...calls, 'kms:Decrypt', 'kms:GenerateDataKey'].sort(),
    )
  })

  it('allow reading and changing the secrets of only one prefix', () => {
    const statements: { Action: string | string[]; Resource: string[] }[] = policy(
      'alibaba-cloud/stored-outputs-kms.json',
    ).Statement
    const reach = (action: string) =>
      statements.filter(({ Action }) => [Action].flat().includes(action)).flatMap(({ Resource }) => Resource)
    for (const call of ['DescribeSecret', 'GetSecretValue', 'PutSecretValue', 'DeleteSecret'])
      expect(reach(`kms:${call}`)).toEqual(['acs:kms:REGION:ACCOUNT:secret/PREFIX-*'])
    expect(statements.flatMap(({ Resource }) => Resource)).not.toContain('*')
  })
})

describe('the policy for the command ps', () => {
  it('allows each call of Function Compute and Log Service that the command makes, and no other', () => {
    const sources = ['function-compute-api', 'tasks-under-way', 'log-service-api'].map((name) =>
      readFileSync(join(ROOT, `src/cli/deployed/${name}.ts`), 'utf8'),
    )
    const ofFunctionCompute = sources.flatMap((source) =>
      [...source.matchAll(/readFunctionCompute\('(\w+)'/g)].map(([, action = '']) => `fc:${action}`),
    )
    // GetLogsV2 is the only call: its action is that of its page.
    expect(sources.join('').match(/network\.request\(/g)?.length).toBe(2)
    expect(actionsOf(statementsOf('alibaba-cloud/operations.json'))).toEqual(
      [...new Set(ofFunctionCompute), 'log:GetLogStoreLogs'].sort(),
    )
  })
})

/** The commands of an AWS service that the provider's sources make. */
function commands(file: RegExp, prefix: string): string[] {
  const folder = join(ROOT, 'src/providers/aws/cloudformation')
  const made = readdirSync(folder)
    .filter((name) => file.test(name))
    .flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(/new (\w+)Command\(/g)])
  return [...new Set(made.map(([, command = '']) => `${prefix}:${command}`))].sort()
}

describe('the policies for AWS', () => {
  it('allow each call to CloudFormation that the bridge makes, the permissions that these imply, and nothing else', () => {
    // CreateStack and UpdateStack require these if they have a stack policy or tags.
    const implied = ['cloudformation:SetStackPolicy', 'cloudformation:TagResource']
    expect(actionsOf(statementsOf('aws/cloudformation/bridge.json'))).toEqual(
      [
        ...commands(
          /^(?!assumed-role|caller-identity|checks|change-set|diagnosis|drift-calls).*\.ts$/,
          'cloudformation',
        ),
        ...implied,
      ].sort(),
    )
  })

  it('restrict each write to the marks that the provider writes', () => {
    const owner = { rosStackId: 'stack', rosStackName: '', logicalResourceId: 'Resource' }
    const marks = tagsWithMark(undefined, { owner, adopted: false }).map(({ Key }) => Key ?? '')
    const given = (kind: string) => Object.fromEntries(marks.map((mark) => [`aws:${kind}/${mark}`, 'false']))
    for (const name of ['aws/cloudformation/bridge.json', 'aws/cloudformation/with-service-role.json']) {
      const statements = statementsOf(name)
      const bound = (kind: string) =>
        actionsOf(statements.filter(({ Condition }) => isDeepStrictEqual(Condition?.['Null'], given(kind))))
      expect(bound('RequestTag')).toEqual(['cloudformation:CreateStack'])
      const others = actionsOf(statements.filter(({ Condition }) => Condition?.['Null'] === undefined))
      expect(others.filter((action) => !/:(?:Describe|List)|PassRole$/.test(action))).toEqual([
        'cloudformation:SetStackPolicy',
        'cloudformation:TagResource',
      ])
      expect(statements.find(({ Action }) => Action === 'cloudformation:TagResource')?.Condition).toEqual({
        StringEquals: { 'cloudformation:CreateAction': ['CreateStack', 'UpdateStack'] },
      })
      expect(actionsOf(statements).filter((action) => !bound('ResourceTag').includes(action))).toEqual(
        [...others, 'cloudformation:CreateStack'].sort(),
      )
    }
  })

  it('allow passing the service role only to CloudFormation, and no change of a stack without it', () => {
    const statements = statementsOf('aws/cloudformation/with-service-role.json')
    const role = 'arn:aws:iam::ACCOUNT:role/SERVICE_ROLE'
    const byRole = statements.filter(
      ({ Condition }) => Condition?.['StringEquals']?.['cloudformation:RoleArn'] === role,
    )
    // CancelUpdateStack and others have no such condition, since they use no role.
    expect(actionsOf(byRole)).toEqual(
      ['ContinueUpdateRollback', 'CreateStack', 'DeleteStack', 'RollbackStack', 'UpdateStack'].map(
        (action) => `cloudformation:${action}`,
      ),
    )
    const passRole = statements.at(-1)
    expect(passRole).toMatchObject({
      Action: 'iam:PassRole',
      Resource: role,
      Condition: { StringEquals: { 'iam:PassedToService': 'cloudformation.amazonaws.com' } },
    })
    expect(actionsOf(statements.slice(0, -1))).toEqual(
      actionsOf(statementsOf('aws/cloudformation/bridge.json')),
    )
    expect(statementsOf('aws/cloudformation/service-role-trust.json')).toMatchObject([
      { Principal: { Service: 'cloudformation.amazonaws.com' } },
    ])
  })

  it('allow the only call to STS, for one role', () => {
    expect(actionsOf(statementsOf('aws/cloudformation/assume-role.json'))).toEqual(
      commands(/^assumed-role\.ts$/, 'sts'),
    )
  })

  it('are named by the page of the resource type', () => {
    const page = readFileSync(join(ROOT, 'docs/providers/aws/cloudformation.md'), 'utf8')
    for (const name of ['bridge', 'with-service-role'])
      expect(page).toContain(`(../../../examples/policies/aws/cloudformation/${name}.json)`)
  })
})

/**
 * The actions that ROS needs to create, change and delete a resource of each type, by the pages of these types and of the APIs.
 */
const CALLS_OF_ROS: Readonly<Record<string, readonly string[]>> = {
  'ALIYUN::SLS::Project': ['log:CreateProject', 'log:GetProject', 'log:UpdateProject', 'log:DeleteProject'],
  'ALIYUN::SLS::Logstore': [
    'log:CreateLogStore',
    'log:GetLogStore',
    'log:UpdateLogStore',
    'log:DeleteLogStore',
  ],
  'ALIYUN::SLS::Index': ['log:CreateIndex', 'log:GetIndex', 'log:UpdateIndex', 'log:DeleteIndex'],
  'ALIYUN::RAM::Role': [
    'ram:CreateRole',
    'ram:GetRole',
    'ram:UpdateRole',
    'ram:DeleteRole',
    'ram:CreatePolicy',
    'ram:DeletePolicy',
    'ram:CreatePolicyVersion',
    'ram:AttachPolicyToRole',
    'ram:DetachPolicyFromRole',
    'ram:ListPoliciesForRole',
  ],
  'ALIYUN::RAM::ManagedPolicy': [
    'ram:CreatePolicy',
    'ram:GetPolicy',
    'ram:DeletePolicy',
    'ram:ListEntitiesForPolicy',
  ],
  'ALIYUN::FC3::Function': [
    'fc:CreateFunction',
    'fc:GetFunction',
    'fc:UpdateFunction',
    'fc:DeleteFunction',
    'ram:PassRole',
    'oss:GetObject',
  ],
  'ALIYUN::FC3::AsyncInvokeConfig': [
    'fc:PutAsyncInvokeConfig',
    'fc:GetAsyncInvokeConfig',
    'fc:DeleteAsyncInvokeConfig',
  ],
  'ALIYUN::FC3::Trigger': ['fc:CreateTrigger', 'fc:GetTrigger', 'fc:UpdateTrigger', 'fc:DeleteTrigger'],
  'ALIYUN::MNS::Queue': [
    'mns:CreateQueue',
    'mns:GetQueueAttributes',
    'mns:SetQueueAttributes',
    'mns:DeleteQueue',
  ],
}

describe('the policy of the deploying user', () => {
  const statements = statementsOf('alibaba-cloud/deployer.json')
  const allowed = actionsOf(statements)

  it('allows the actions that ROS needs for each resource of the deployment templates', () => {
    for (const name of ['stackbridge.yml', 'prerequisites.yml']) {
      const { Resources } = readTemplate(readFileSync(join(ROOT, 'examples/deploy', name), 'utf8'))
      for (const { Type } of Object.values(Resources)) {
        const calls = CALLS_OF_ROS[asText(Type ?? '')]
        expect(calls, asText(Type ?? '')).toBeDefined()
        expect(calls?.filter((call) => !allowed.includes(call))).toEqual([])
      }
    }
  })

  it('allows the commands of getting started', () => {
    expect(allowed).toEqual(
      expect.arrayContaining([
        ...['CreateStack', 'UpdateStack', 'DeleteStack', 'GetStack', 'ListStacks'].map(
          (call) => `ros:${call}`,
        ),
        ...['Create', 'Get', 'Update', 'Delete'].map((verb) => `oos:${verb}SecretParameter`),
        ...['PutBucket', 'PutObject', 'ListObjects', 'DeleteObject'].map((call) => `oss:${call}`),
        'fc:InvokeFunction',
      ]),
    )
  })

  it('allows passing roles only to Function Compute, and names every resource except stacks of ROS', () => {
    const passRole = policy('alibaba-cloud/deployer.json').Statement.find(
      ({ Action }: Statement) => Action === 'ram:PassRole',
    )
    expect(passRole.Condition).toEqual({ StringEquals: { 'acs:Service': 'fc.aliyuncs.com' } })
    for (const { Action, Resource } of policy('alibaba-cloud/deployer.json').Statement)
      if (Resource === '*')
        expect([Action].flat().every((action: string) => action.startsWith('ros:'))).toBe(true)
    expect(allowed.filter((action) => action.includes('*'))).toEqual([])
  })
})

describe('the access rules for OpenStack', () => {
  it('allow each call to Heat that the bridge makes, and nothing else', async () => {
    const calls = await callsToHeat()
    const rules: { service: string; method: string; path: string }[] = policy(
      'openstack/heat/access-rules.json',
    )
    const ruleFor = (call: string) =>
      rules.findIndex(({ method, path }) =>
        // https://docs.openstack.org/keystone/latest/user/application_credentials.html#access-rules
        new RegExp(`^${method} ${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(call),
      )
    expect(calls.filter((call) => ruleFor(call) < 0)).toEqual([])
    expect([...new Set(calls.map(ruleFor))].sort((a, b) => a - b)).toEqual([...rules.keys()])
    expect(new Set(rules.map(({ service }) => service))).toEqual(new Set(['orchestration']))
  })
})

/** Method and path of every call that the client can make, as recorded by a server. */
async function callsToHeat(): Promise<string[]> {
  const calls: string[] = []
  const server = createServer((request, response) => {
    const path = (request.url ?? '').replace(/\?.*$/, '')
    request.resume()
    if (path === '/v3/auth/tokens') {
      const times = { issued_at: '2026-01-01T00:00:00Z', expires_at: '2099-01-01T00:00:00Z' }
      response.writeHead(201, { 'x-subject-token': 'a-token-of-the-test' })
      response.end(JSON.stringify({ token: { ...times, project: { id: 'a-project' }, catalog: [] } }))
      return
    }
    calls.push(`${request.method ?? ''} ${path}`)
    response.writeHead(404).end('{}')
  })
  const listening = await listen(server)
  const { url } = listening
  const { settings } = readSettings({ STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true' })
  const network = createNetwork(settings)
  const client = new HeatClient({
    trusting: () => [],
    credentials: { authUrl: `${url}/v3`, identity: { methods: ['token'], token: { id: 'another' } } },
    choice: { endpoint: `${url}/v1/a-project`, interface: 'public', regionName: undefined },
    http: { network, tls: {}, secrets: new Secrets(), placedBy: 'Endpoint' },
    clock: systemClock,
    tokens: createTokenCache(),
  })
  const stack = { name: 'a-stack', id: 'its-id' }
  const event = { id: 'an-event', event_time: '', resource_name: 'a-resource', links: [] }
  const each: Record<string, () => Promise<unknown>> = {
    projectId: () => client.projectId(),
    endpoint: () => client.endpoint(),
    locate: () => client.locate('a-stack'),
    show: () => client.show(stack, { outputs: true }),
    deleted: () => client.deleted('a-tag'),
    create: () => client.create({}),
    previewCreate: () => client.previewCreate({}),
    previewUpdate: () =>
      Promise.allSettled([client.previewUpdate('PUT', stack, {}), client.previewUpdate('PATCH', stack, {})]),
    update: () => Promise.allSettled([client.update('PUT', stack, {}), client.update('PATCH', stack, {})]),
    delete: () => client.delete(stack),
    act: () => client.act(stack, 'cancel_update'),
    check: () => client.check(stack),
    events: () => client.events(stack, { limit: 1 }),
    event: () => client.event(stack, event),
    resources: () => client.resources(stack),
  }
  // A call that is added to the client must be added here.
  const known = Object.entries(Object.getOwnPropertyDescriptors(HeatClient.prototype))
    .filter(([name, descriptor]) => name !== 'constructor' && 'value' in descriptor)
    .map(([name]) => name)
  expect(known.filter((name) => !FOR_DOCTOR_ALONE.includes(name))).toEqual(Object.keys(each))
  await Promise.allSettled(Object.values(each).map((call) => call()))
  await network.close()
  await listening.close()
  return calls
}
