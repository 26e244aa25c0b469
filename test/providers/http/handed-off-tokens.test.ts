import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../../src/platform/clock.ts'
import type { JsonObject } from '../../../src/platform/json.ts'
import { createLogger } from '../../../src/platform/log.ts'
import { createNetwork } from '../../../src/platform/network.ts'
import { Secrets } from '../../../src/platform/secrets.ts'
import { provider as aliyunRos } from '../../../src/providers/alibaba-cloud/ros/provider.ts'
import { provider as aws } from '../../../src/providers/aws/cloudformation/provider.ts'
import { OperationTokens, type CarriedToken } from '../../../src/providers/http/operation-tokens.ts'
import { createTokenCache } from '../../../src/providers/http/token-cache.ts'
import { createHuaweiMemory } from '../../../src/providers/huawei-cloud/client.ts'
import { createHuaweiRfsStack } from '../../../src/providers/huawei-cloud/rfs-stack/provider.ts'
import { createHeat } from '../../../src/providers/openstack/heat/provider.ts'
import type { StackProvider } from '../../../src/providers/provider.ts'
import { startSandboxAliyunRos } from '../../../src/sandbox/alibaba-cloud/ros/server.ts'
import { startSandboxCloudFormation } from '../../../src/sandbox/aws/cloudformation/server.ts'
import { SANDBOX_AGENCY } from '../../../src/sandbox/huawei-cloud/iam.ts'
import { startSandboxHuaweiCloud } from '../../../src/sandbox/huawei-cloud/server.ts'
import { heatFault, startScriptedCloud } from '../openstack/heat/scripted-cloud.ts'
import { awsConnection, rfsConnection, rosConnection } from '../../embedded-connections.ts'

/** Tokens and role sessions that an operation brings with it, from one process to the next. */

interface Cloud {
  /** Like in a separate process, which has no token yet. */
  readonly provider: () => StackProvider
  readonly properties: JsonObject
  readonly logins: () => number
  close(): Promise<unknown>
}

const CLOUDS: Readonly<Record<string, () => Promise<Cloud>>> = {
  async 'a role of AWS'() {
    const cloud = await startSandboxCloudFormation()
    return {
      provider: () => aws,
      properties: {
        ...awsConnection(cloud),
        AssumeRole: { RoleArn: 'arn:aws:iam::123456789012:role/Any', Endpoint: cloud.url },
        Stack: { Name: 'stack', Template: { Resources: {} } },
      },
      logins: () => cloud.calls.filter((call) => call === 'AssumeRole').length,
      close: () => cloud.close(),
    }
  },
  async 'a role of Alibaba Cloud'() {
    const cloud = await startSandboxAliyunRos()
    return {
      provider: () => aliyunRos,
      properties: {
        ...rosConnection(cloud),
        AssumeRole: { RoleArn: 'acs:ram::1234567890123456:role/any' },
        Stack: { Name: 'stack', Template: 'ROSTemplateFormatVersion: "2015-09-01"' },
      },
      logins: () => cloud.calls.filter((call) => call === 'AssumeRole').length,
      close: () => cloud.close(),
    }
  },
  async 'an agency of Huawei Cloud'() {
    const cloud = await startSandboxHuaweiCloud()
    return {
      provider: () => createHuaweiRfsStack(createHuaweiMemory()),
      properties: {
        ...rfsConnection(cloud),
        AssumeRole: { AgencyName: SANDBOX_AGENCY.name, DomainName: SANDBOX_AGENCY.domainName },
        Stack: { Name: 'a-stack', TemplateBody: 'variable "v" { default = 1 }' },
      },
      logins: () => cloud.requests.filter(({ url }) => url.endsWith('/securitytokens')).length,
      close: () => cloud.close(),
    }
  },
  async 'a token of Keystone'() {
    const cloud = await startScriptedCloud(systemClock, ({ token }) =>
      token?.startsWith('token-') === true
        ? heatFault(404, 'EntityNotFound', 'The Stack (my-stack) could not be found.')
        : { status: 401, body: 'no' },
    )
    return {
      provider: () => createHeat(createTokenCache()),
      properties: { ...cloud.properties, Stack: { Name: 'my-stack', Template: 'x' } },
      logins: () => cloud.logins.length,
      close: () => cloud.close(),
    }
  },
}

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

/** Looks for the stack in a new process, with the tokens that were handed off to it. */
async function find({ provider, properties }: Cloud, tokens: OperationTokens) {
  const network = createNetwork({ allowPrivateAddresses: true, intranetCallbackRanges: [] })
  closing.push(() => network.close())
  const secrets = new Secrets()
  const opened = await provider().open(
    {
      kind: 'create',
      owner: { rosStackId: 'ros-1', rosStackName: 'ros', logicalResourceId: 'Foreign' },
      requestId: 'r',
      fingerprint: 'f',
      properties,
    },
    {
      clock: systemClock,
      random: Math.random,
      network,
      secrets,
      environment: {},
      log: createLogger({ level: 'silent', secrets }),
      tokens,
    },
  )
  if (!opened.ok) throw new Error(JSON.stringify(opened.problems))
  expect(await opened.session.find()).toMatchObject({ found: false })
  return secrets
}

/** What a continuation brings: plain JSON. */
function handedOff(tokens: OperationTokens): CarriedToken[] {
  return structuredClone([...tokens.validAt(systemClock.now())])
}

describe.each(Object.entries(CLOUDS))('%s', (_, start) => {
  it('is requested once for an operation over several processes, and masked in each', async () => {
    const cloud = await start()
    closing.push(() => cloud.close())
    let tokens = new OperationTokens()
    await find(cloud, tokens)
    for (let hop = 0; hop < 3; hop += 1) {
      const carried = handedOff(tokens)
      tokens = new OperationTokens(carried)
      const secrets = await find(cloud, tokens)
      for (const value of carried.flatMap((token) => token.secrets))
        expect(secrets.mask(value)).toBe('[secret]')
    }
    expect(cloud.logins()).toBe(1)
  })

  it('that the cloud refuses is replaced once, and the call succeeds', async () => {
    const cloud = await start()
    closing.push(() => cloud.close())
    const tokens = new OperationTokens()
    await find(cloud, tokens)
    const revoked = handedOff(tokens).map((one) => ({ ...one, token: revokedToken(one.token) }))
    const next = new OperationTokens(revoked)
    await find(cloud, next)
    expect(cloud.logins()).toBe(2)
    await find(cloud, new OperationTokens(handedOff(next)))
    expect(cloud.logins()).toBe(2)
  })

  it('that has expired, or cannot be read, is not used', async () => {
    const cloud = await start()
    closing.push(() => cloud.close())
    const tokens = new OperationTokens()
    await find(cloud, tokens)
    const expired = handedOff(tokens).map((one) => ({ ...one, token: { ...one.token, expiresAt: 1 } }))
    await find(cloud, new OperationTokens(expired))
    expect(cloud.logins()).toBe(2)
    await find(cloud, new OperationTokens(handedOff(tokens).map((one) => ({ ...one, token: {} }))))
    expect(cloud.logins()).toBe(3)
  })
})

/** A project's id, which is handed off too, is not secret and cannot be revoked. */
function revokedToken(token: JsonObject): JsonObject {
  if ('keys' in token)
    return { ...token, value: 'REVOKED', keys: { accessKey: 'REVOKED', secretKey: 'x', securityToken: 'y' } }
  return 'accessKeySecret' in token || 'secretAccessKey' in token || 'projectId' in token
    ? { ...token, value: 'REVOKED' }
    : token
}
