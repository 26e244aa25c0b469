import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { asText, isJsonObject, type JsonObject, type JsonValue } from '../../src/platform/json.ts'
import { FUNCTION_COMPUTE_LIMITS } from '../../src/platform/limits/function-compute.ts'
import { readSettings } from '../../src/platform/settings.ts'
import { ACCOUNT, evaluate, REGION } from './ros-functions.ts'
import { propertyProblems } from './resource-properties.ts'
import { asMap, readTemplate } from './ros-template.ts'
import { ROOT } from './serverless-devs.ts'
import { CONTINUATION_KEY } from '../continuation-keys.ts'

/** The resources that `examples/deploy/stackbridge.yml` would create, with values for its parameters. */

const template = readTemplate(readFileSync(join(ROOT, 'examples/deploy/stackbridge.yml'), 'utf8'))
const prerequisites = readTemplate(readFileSync(join(ROOT, 'examples/deploy/prerequisites.yml'), 'utf8'))
const serverless = asMap(parse(readFileSync(join(ROOT, 'serverless.yml'), 'utf8')))

const VALUES = {
  CodeBucket: 'a-bucket',
  ContinuationKey: CONTINUATION_KEY,
}

function made(values: JsonObject = VALUES): Record<string, JsonObject> {
  const attributes = (resource: string, attribute: string): JsonValue => {
    const properties = asMap(template.Resources[resource]?.['Properties'])
    const own = evaluate(properties[attribute], { template, values, attributes })
    return own ?? `the ${attribute} of ${resource}`
  }
  return Object.fromEntries(
    Object.entries(template.Resources).map(([name, { Properties }]) => [
      name,
      asMap(evaluate(Properties, { template, values, attributes })),
    ]),
  )
}

/** Whether the template creates this resource with these values. */
function isMade(resource: string, values: JsonObject = VALUES): boolean {
  const condition = template.Resources[resource]?.['Condition']
  const scope = { template, values, attributes: () => '' }
  return condition === undefined || evaluate({ 'Fn::If': [condition, true, false] }, scope) === true
}

const environmentOf = (properties: JsonObject | undefined): Record<string, string> =>
  Object.fromEntries(
    Object.entries(asMap(properties?.['EnvironmentVariables'])).map(([name, value]) => [name, asText(value)]),
  )

function statementsOf(role: JsonObject | undefined): readonly JsonObject[] {
  const policies = role?.['Policies']
  if (!Array.isArray(policies)) return []
  return policies.flatMap((policy) => {
    const statements = asMap(asMap(policy)['PolicyDocument'])['Statement']
    return Array.isArray(statements) ? statements.filter(isJsonObject) : []
  })
}

describe('the ROS template of the bridge', () => {
  it('gives both functions the same code and the same environment', () => {
    const { Bridge, OnFailure } = made()
    expect(OnFailure).toMatchObject({ Code: Bridge?.['Code'] ?? null })
    expect(environmentOf(OnFailure)).toEqual(environmentOf(Bridge))
  })

  it('gives them an environment that the bridge accepts, without credentials that were not given', () => {
    const environment = environmentOf(made()['Bridge'])
    expect(readSettings(environment).problems).toEqual([])
    expect(Object.keys(environment)).toEqual(['STACKBRIDGE_LOG_LEVEL', 'STACKBRIDGE_CONTINUATION_KEY'])
  })

  it('passes any setting and any variable of a provider to both functions, and its own key last', () => {
    const { Bridge, OnFailure } = made({
      ...VALUES,
      Environment: {
        STACKBRIDGE_LOG_LEVEL: 'debug',
        STACKBRIDGE_CONTINUATION_KEY: 'not this one',
        AWS_REGION: 'us-east-1',
        OS_USER_DOMAIN_NAME: 'Default',
        OS_CACERT: '-----BEGIN CERTIFICATE-----',
      },
      SecretEnvironment: { STACKBRIDGE_BEARER_TOKEN: 'the token' },
    })
    expect(environmentOf(Bridge)).toEqual({
      STACKBRIDGE_LOG_LEVEL: 'debug',
      STACKBRIDGE_CONTINUATION_KEY: CONTINUATION_KEY,
      STACKBRIDGE_BEARER_TOKEN: 'the token',
      AWS_REGION: 'us-east-1',
      OS_USER_DOMAIN_NAME: 'Default',
      OS_CACERT: '-----BEGIN CERTIFICATE-----',
    })
    expect(environmentOf(OnFailure)).toEqual(environmentOf(Bridge))
  })

  it('omits the key if STACKBRIDGE_SECRETS refers to it', () => {
    const reference = 'STACKBRIDGE_CONTINUATION_KEY=oos:stackbridge-continuation-key'
    const environment = environmentOf(
      made({ ...VALUES, ContinuationKey: '', Environment: { STACKBRIDGE_SECRETS: reference } })['Bridge'],
    )
    expect(environment).not.toHaveProperty('STACKBRIDGE_CONTINUATION_KEY')
    expect(readSettings(environment).problems).toEqual([])
  })

  it('requires a key, or the choice of none, and refuses a short one', () => {
    const { Default, AllowedPattern } = asMap(template.Parameters['ContinuationKey'])
    expect(Default).toBeUndefined()
    const allowed = new RegExp(asText(AllowedPattern ?? ''))
    expect(
      ['', CONTINUATION_KEY, `${CONTINUATION_KEY},${CONTINUATION_KEY}`].map((key) => allowed.test(key)),
    ).toEqual([true, true, true])
    expect(allowed.test('short')).toBe(false)
  })

  it('puts both functions into a VPC only if one is given', () => {
    const vpc = { VpcId: 'vpc-1', VSwitchIds: ['vsw-1', 'vsw-2'], SecurityGroupId: 'sg-1' }
    const inVpc = made({ ...VALUES, ...vpc, InternetAccess: false })
    for (const name of ['Bridge', 'OnFailure']) {
      expect(made()[name]).not.toHaveProperty('VpcConfig')
      expect(made()[name]).toMatchObject({ InternetAccess: true })
      expect(inVpc[name]).toMatchObject({ VpcConfig: vpc, InternetAccess: false })
    }
  })

  it('runs both functions on Node 24 from the layer of the region, by the custom runtime of the zip', () => {
    const { Bridge, OnFailure } = made()
    for (const [properties, handler] of [
      [Bridge, 'index.handler'],
      [OnFailure, 'on-failure.handler'],
    ] as const) {
      expect(properties).toMatchObject({
        Runtime: 'custom.debian12',
        Handler: handler,
        Layers: [`acs:fc:${REGION}:official:layers/Nodejs24/versions/1`],
        CustomRuntimeConfig: { Command: ['/opt/nodejs24/bin/node', 'custom-runtime.mjs'], Port: 9000 },
      })
    }
  })

  it('runs both functions on the built-in runtime if requested, and is otherwise the same', () => {
    const onNode24 = made()
    const builtIn = made({ ...VALUES, Runtime: 'nodejs20' })
    const ofTheRuntime = { Runtime: 'nodejs20', Layers: undefined, CustomRuntimeConfig: undefined }
    for (const name of ['Bridge', 'OnFailure'])
      expect(builtIn[name]).toEqual({ ...onNode24[name], ...ofTheRuntime })
  })

  it.each(['custom.debian12', 'nodejs20'])(
    "is valid by ROS's properties of a function with %s",
    (Runtime) => {
      expect(template.Parameters['Runtime']).toMatchObject({
        AllowedValues: expect.arrayContaining([Runtime]),
      })
      for (const name of ['Bridge', 'OnFailure'])
        expect(propertyProblems('ALIYUN::FC3::Function', made({ ...VALUES, Runtime })[name] ?? {})).toEqual(
          [],
        )
    },
  )

  it('has parameters for memory, processors and the timeout', () => {
    const { Bridge, OnFailure } = made({ ...VALUES, MemorySize: 1024, Cpu: 0.5, TimeoutSeconds: 600 })
    expect(Bridge).toMatchObject({ MemorySize: 1024, Cpu: 0.5, Timeout: 600 })
    expect(OnFailure).toMatchObject({ MemorySize: 1024, Cpu: 0.5 })
  })

  it('attaches further policies to both roles', () => {
    const { BridgeRole, OnFailureRole } = made({
      ...VALUES,
      RolePolicies: ['stackbridge-secrets'],
      RoleSystemPolicies: ['AliyunECSNetworkInterfaceManagementAccess'],
    })
    for (const role of [BridgeRole, OnFailureRole])
      expect(role).toMatchObject({
        PolicyAttachments: {
          Custom: ['stackbridge-secrets'],
          System: ['AliyunECSNetworkInterfaceManagementAccess'],
        },
      })
    expect(made()['BridgeRole']).toMatchObject({ PolicyAttachments: { Custom: [], System: [] } })
  })

  it('creates no queue unless requested', () => {
    for (const name of ['HandOffQueue', 'HandOffQueuePolicy', 'HandOffQueueTrigger'])
      expect(isMade(name)).toBe(false)
    expect(environmentOf(made()['Bridge'])).not.toHaveProperty('STACKBRIDGE_HAND_OFF_QUEUE')
  })

  it('makes a queue for delayed calls with its trigger, the right to send to it, and the setting of both functions', () => {
    const values = { ...VALUES, UseHandOffQueue: true }
    for (const name of ['HandOffQueue', 'HandOffQueuePolicy', 'HandOffQueueTrigger'])
      expect(isMade(name, values)).toBe(true)
    const { Bridge, OnFailure, HandOffQueue, HandOffQueuePolicy, HandOffQueueTrigger } = made(values)
    for (const properties of [Bridge, OnFailure])
      expect(environmentOf(properties)).toMatchObject({
        STACKBRIDGE_HAND_OFF_QUEUE: 'the QueueUrl of HandOffQueue',
      })
    expect(HandOffQueue).toMatchObject({ QueueName: 'stackbridge-hand-off' })
    expect(HandOffQueuePolicy).toMatchObject({
      Roles: [`stackbridge-${REGION}`, `stackbridge-on-failure-${REGION}`],
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: ['mns:SendMessage'],
            Resource: [`acs:mns:${REGION}:${ACCOUNT}:/queues/stackbridge-hand-off/messages`],
          },
        ],
      },
    })
    expect(HandOffQueueTrigger).toMatchObject({
      FunctionName: 'stackbridge',
      TriggerType: 'eventbridge',
      TriggerConfig: {
        asyncInvocationType: true,
        eventSourceConfig: {
          eventSourceType: 'MNS',
          eventSourceParameters: {
            sourceMNSParameters: { RegionId: REGION, QueueName: 'stackbridge-hand-off' },
          },
        },
      },
    })
  })

  it('passes on the credentials that are given', () => {
    const environment = environmentOf(
      made({
        ...VALUES,
        AwsAccessKeyId: 'the key id',
        AwsSecretAccessKey: 'the key',
        OpenStackAuthUrl: 'https://keystone.example.com',
        OpenStackUserName: 'the user',
        OpenStackPassword: 'the password',
        OpenStackProjectName: 'the project',
        HuaweiAccessKeyId: 'the other key id',
        HuaweiSecretAccessKey: 'the other key',
      })['Bridge'],
    )
    expect(environment).toMatchObject({
      AWS_ACCESS_KEY_ID: 'the key id',
      AWS_SECRET_ACCESS_KEY: 'the key',
      OS_AUTH_URL: 'https://keystone.example.com',
      OS_USERNAME: 'the user',
      OS_PASSWORD: 'the password',
      OS_PROJECT_NAME: 'the project',
      HW_ACCESS_KEY: 'the other key id',
      HW_SECRET_KEY: 'the other key',
    })
  })

  it('lets the bridge invoke itself and its destination, the destination the bridge, both write their log, and nothing more', () => {
    const functions = `acs:fc:${REGION}:${ACCOUNT}:functions`
    const log = `acs:log:${REGION}:${ACCOUNT}:project/stackbridge-${ACCOUNT}/logstore/stackbridge`
    const { BridgeRole, OnFailureRole } = made()
    expect(statementsOf(BridgeRole)).toEqual([
      {
        Effect: 'Allow',
        Action: ['fc:InvokeFunction'],
        Resource: [
          `${functions}/stackbridge`,
          `${functions}/stackbridge/*`,
          `${functions}/stackbridge-on-failure`,
        ],
      },
      { Effect: 'Allow', Action: ['log:PostLogStoreLogs'], Resource: [log] },
    ])
    expect(statementsOf(OnFailureRole)).toEqual([
      {
        Effect: 'Allow',
        Action: ['fc:InvokeFunction'],
        Resource: [`${functions}/stackbridge`, `${functions}/stackbridge/*`],
      },
      { Effect: 'Allow', Action: ['log:PostLogStoreLogs'], Resource: [log] },
    ])
  })

  it('sends what has died to the destination, and keeps no event longer than ROS waits', () => {
    const { BridgeInvocation, OnFailureInvocation } = made({ ...VALUES, RosTimeoutSeconds: 7200 })
    expect(BridgeInvocation).toMatchObject({
      FunctionName: 'stackbridge',
      MaxAsyncEventAgeInSeconds: 7200,
      DestinationConfig: { OnFailure: { Destination: 'the ARN of OnFailure' } },
    })
    expect(OnFailureInvocation).toMatchObject({ MaxAsyncEventAgeInSeconds: 7200 })
  })

  it('takes the age of events, the retries and the task mode from parameters, with the limits of Function Compute', () => {
    const given = { AsyncEventAgeSeconds: 600, AsyncRetryAttempts: 0, TaskMode: false }
    const { BridgeInvocation, OnFailureInvocation } = made({ ...VALUES, ...given })
    const expected = { MaxAsyncEventAgeInSeconds: 600, MaxAsyncRetryAttempts: 0 }
    expect(BridgeInvocation).toMatchObject({ ...expected, AsyncTask: false })
    expect(OnFailureInvocation).toMatchObject(expected)
    expect(made()['BridgeInvocation']).toMatchObject({ AsyncTask: true, MaxAsyncRetryAttempts: 3 })
    const { asyncEventAge, asyncRetries } = FUNCTION_COMPUTE_LIMITS
    expect(template.Parameters['AsyncEventAgeSeconds']).toMatchObject({ MaxValue: asyncEventAge.most })
    expect(template.Parameters['AsyncRetryAttempts']).toMatchObject({
      MinValue: asyncRetries.least,
      MaxValue: asyncRetries.most,
      Default: asyncRetries.byDefault,
    })
  })

  it('has no parameter that docs/deploy.md omits', () => {
    const page = readFileSync(join(ROOT, 'docs/deploy.md'), 'utf8')
    const isCredential = /^(?:Aws|OpenStack|Huawei)/
    const names = Object.keys(template.Parameters).filter((name) => !isCredential.test(name))
    expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([])
  })

  it('has names that RAM accepts, with the longest name of function and region', () => {
    const longest = `${'x'.repeat(30)}-on-failure-cn-zhangjiakou-spe`
    expect(asMap(template.Parameters['FunctionName'])['AllowedPattern']).toContain('{0,29}')
    expect(longest.length).toBeLessThanOrEqual(64)
  })

  it('has the same roles and log as the template for serverless.yml', () => {
    const names = Object.keys(prerequisites.Resources)
    expect(names).toEqual([
      'Logs',
      'Logstore',
      'LogIndex',
      'BridgeRole',
      'OnFailureRole',
      'HandOffQueue',
      'HandOffQueuePolicy',
    ])
    for (const name of names) expect(prerequisites.Resources[name]).toEqual(template.Resources[name])
  })

  it.each([
    ['Bridge', 'BridgeInvocation', 'bridge'],
    ['OnFailure', 'OnFailureInvocation', 'on_failure'],
  ])('creates for %s the same as serverless.yml', (name, invocation, resource) => {
    const common = asMap(asMap(serverless['template'])['function'])
    const theirs: JsonObject = {
      ...common,
      ...asMap(asMap(asMap(serverless['resources'])[resource])['props']),
    }
    const own = withVariables(theirs)
    const resources = made()
    const ours = resources[name] ?? {}
    for (const property of [
      'Description',
      'Runtime',
      'CustomRuntimeConfig',
      'Handler',
      'Cpu',
      'MemorySize',
      'DiskSize',
      'InternetAccess',
      'Timeout',
      'LogConfig',
    ])
      expect(comparable(ours[property])).toEqual(comparable(own[inCamelCase(property)]))
    expect(comparable(resources[invocation])).toEqual(comparable(withVariables(theirs['asyncInvokeConfig'])))
    // Those of serverless.yml may be empty: the key, or its reference.
    expect(Object.keys(asMap(theirs['environmentVariables']))).toEqual([
      ...Object.keys(environmentOf(ours)),
      'STACKBRIDGE_SECRETS',
    ])
  })
})

/** Replaces the references with the values of `vars`. */
function withVariables(value: JsonValue | undefined): JsonObject {
  const variables = asMap(serverless['vars'])
  return Object.fromEntries(
    Object.entries(asMap(value)).map(([key, item]): [string, JsonValue] => {
      const [, name] = typeof item === 'string' ? (/^\$\{vars\.(\w+)\}$/.exec(item) ?? []) : []
      return [key, (name === undefined ? undefined : variables[name]) ?? item]
    }),
  )
}

/** In camel case, and without names, which are variables of `s` in one document and attributes in the other. */
function comparable(value: JsonValue | undefined): JsonValue | undefined {
  if (!isJsonObject(value)) return value
  const entries = Object.entries(value).map(([key, item]): [string, JsonValue] => [inCamelCase(key), item])
  return Object.fromEntries(entries.filter(([key]) => !NAMES.includes(key)))
}

const NAMES = ['project', 'functionName', 'destinationConfig']

function inCamelCase(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}
