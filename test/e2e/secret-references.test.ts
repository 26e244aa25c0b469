import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import type { JsonObject } from '../../src/platform/json.ts'
import { startSandboxSecrets, type SandboxSecrets } from '../../src/sandbox/alibaba-cloud/secrets/server.ts'
import {
  startSandboxCloudFormation,
  type SandboxCloudFormation,
} from '../../src/sandbox/aws/cloudformation/server.ts'
import { SANDBOX_ROLE } from '../../src/sandbox/function-compute/server.ts'
import { SandboxResource, SandboxRos } from '../../src/sandbox/ros/ros.ts'
import { CONTINUATION_KEY } from '../continuation-keys.ts'
import { refused, succeeded } from '../outcome-assertions.ts'
import { BridgeServer } from './bridge-server.ts'
import { FcInstance } from './fc-instance.ts'
import { startFcWorld, type FcWorld } from './fc-world.ts'
import { contextOfRole, startCustomRuntime } from './role-hosts.ts'

/** The built function with references to the continuation key and AWS's keys in KMS and OOS, which it reads with its role. */

let aws: SandboxCloudFormation
let vendor: SandboxSecrets
let world: FcWorld

beforeEach(async () => {
  aws = await startSandboxCloudFormation({ resourceDelayMs: 50 })
  vendor = await startSandboxSecrets({ keys: [{ ...SANDBOX_ROLE, accountId: '1234567890123456' }] })
  vendor.secrets.set('aws', {
    data: JSON.stringify({ id: aws.key.accessKeyId, secret: aws.key.secretAccessKey }),
  })
  vendor.parameters.set('continuation-key', CONTINUATION_KEY)
  world = await startFcWorld({
    built: inject('built'),
    retries: 0,
    environment: {
      STACKBRIDGE_CONTINUATION_KEY: '',
      STACKBRIDGE_SECRETS:
        'STACKBRIDGE_CONTINUATION_KEY=oos:continuation-key,AWS_ACCESS_KEY_ID=kms:aws#id,AWS_SECRET_ACCESS_KEY=kms:aws#secret',
      STACKBRIDGE_KMS_ENDPOINT: vendor.url,
      STACKBRIDGE_OOS_ENDPOINT: vendor.url,
      STACKBRIDGE_ENDPOINT_HOSTS: 'http://127.0.0.1',
    },
  })
})
afterEach(() => Promise.all([world.close(), vendor.close(), aws.close()]))

const parametersOf = (parameters: JsonObject = {}): JsonObject => ({
  RegionId: aws.region,
  Endpoint: aws.url,
  Stack: {
    Name: 'slow',
    Template: {
      Resources: { Thing: { Type: 'Sandbox::Resource', Properties: { DelaySeconds: 4 } } },
      Outputs: { Thing: { Value: { Ref: 'Thing' } } },
    },
  },
  ...parameters,
})

const resource = (parameters: JsonObject = {}) =>
  new SandboxResource(world.ros, {
    logicalResourceId: 'Slow',
    resourceType: 'Custom::AwsCloudFormationStack',
    parameters: parametersOf(parameters),
    timeoutSeconds: 240,
  })

describe('the built function with secrets by reference', () => {
  it('hands operations off and follows them, reads each secret once per process, and logs none', async () => {
    const made = resource()
    expect(Object.keys(succeeded(await made.create()))).toEqual(['Thing'])
    succeeded(await made.delete())
    expect(world.output()).toContain('the operation is handed over')
    expect(world.output()).not.toContain(CONTINUATION_KEY)
    expect(world.output()).not.toContain(aws.key.secretAccessKey)
    const processes = new Set(vendor.calls).size
    expect(processes).toBe(2)
    expect(vendor.calls.filter((call) => call.includes('continuation-key')).length).toBeLessThanOrEqual(2)
  })

  it('answers FAILED with the name of the setting if the continuation key cannot be read', async () => {
    vendor.parameters.clear()
    expect(refused(await resource().create())).toMatch(
      /The bridge's environment is wrong: STACKBRIDGE_CONTINUATION_KEY, which STACKBRIDGE_SECRETS names, could not be read from oos:continuation-key: .*EntityNotExists/,
    )
    expect(aws.calls).toEqual([])
  })

  it('answers FAILED if the key is too weak', async () => {
    vendor.parameters.set('continuation-key', 'a weak key of many letters')
    expect(refused(await resource().create())).toMatch(
      /STACKBRIDGE_CONTINUATION_KEY must be a random key .*openssl rand -base64 32/,
    )
    expect(world.output()).not.toContain('a weak key')
  })
})

describe('the built custom runtime with secrets by reference', () => {
  it('starts if the continuation key cannot be read, and answers FAILED with its name', async () => {
    vendor.parameters.clear()
    const host = await startCustomRuntime({
      folder: join(inject('built'), 'function'),
      role: 'index',
      environment: {
        STACKBRIDGE_SECRETS: 'STACKBRIDGE_CONTINUATION_KEY=oos:continuation-key',
        STACKBRIDGE_OOS_ENDPOINT: vendor.url,
        STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true',
      },
    })
    const ros = await SandboxRos.start({
      rollback: false,
      invoke: async (event) => void (await host.invoke(event, contextOfRole('index'))),
    })
    try {
      const parameters = { RegionId: aws.region, Endpoint: aws.url, Stack: { Name: 'none' } }
      const made = new SandboxResource(ros, {
        logicalResourceId: 'Stack',
        resourceType: 'Custom::AwsCloudFormationStack',
        parameters,
      })
      expect(refused(await made.create())).toContain(
        "The bridge's environment is wrong: STACKBRIDGE_CONTINUATION_KEY, which STACKBRIDGE_SECRETS names, could not be read",
      )
    } finally {
      host.close()
      await ros.close()
    }
  })
})

describe('a bearer token by reference', () => {
  const TOKEN = 'a-bearer-token-of-no-value'
  const ROLE_IN_ENVIRONMENT = {
    ALIBABA_CLOUD_ACCESS_KEY_ID: SANDBOX_ROLE.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: SANDBOX_ROLE.accessKeySecret,
    ALIBABA_CLOUD_SECURITY_TOKEN: SANDBOX_ROLE.securityToken ?? '',
  }
  const environment = () => ({
    STACKBRIDGE_SECRETS: 'STACKBRIDGE_BEARER_TOKEN=kms:token',
    STACKBRIDGE_KMS_ENDPOINT: vendor.url,
    STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true',
  })
  /** Not a valid request: with the right token the status is 400. */
  const statusOf = async (instance: FcInstance, token: string): Promise<unknown> => {
    const event = {
      version: 'v1',
      rawPath: '/ros',
      body: '{}',
      isBase64Encoded: false,
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      queryParameters: {},
      requestContext: { http: { method: 'POST', path: '/ros', protocol: 'HTTP/1.1' } },
    }
    const context = {
      requestId: '1-http',
      credentials: SANDBOX_ROLE,
      function: { name: 'stackbridge', handler: 'http.handler', memory: 256, timeout: 30 },
      service: { name: '', qualifier: 'LATEST' },
      region: 'cn-hangzhou',
      accountId: '1234567890123456',
    }
    const ended = await instance.invoke(Buffer.from(JSON.stringify(event)), context)
    return ended.ended === 'returned' ? ended.value : ended
  }

  it('protects an HTTP trigger, which serves no request while the token cannot be read', async () => {
    const entry = join(inject('built'), 'function', 'http.mjs')
    const instance = new FcInstance({ entry, environment: environment() })
    try {
      expect(await statusOf(instance, TOKEN)).toMatchObject({ statusCode: 401 })
      vendor.secrets.set('token', { data: TOKEN })
      // A failure is cached for five seconds.
      await expect
        .poll(() => statusOf(instance, TOKEN), { interval: 1000 })
        .toMatchObject({ statusCode: 400 })
      expect(await statusOf(instance, `${TOKEN}x`)).toMatchObject({ statusCode: 401 })
    } finally {
      instance.close()
    }
  })

  it('is read by the custom runtime before it listens, with the role in its environment', async () => {
    vendor.secrets.set('token', { data: TOKEN })
    const host = await startCustomRuntime({
      folder: join(inject('built'), 'function'),
      role: 'http',
      environment: { ...environment(), ...ROLE_IN_ENVIRONMENT },
    })
    try {
      const request = async (token: string) =>
        (await host.request({ path: '/ros', body: Buffer.from('{}'), token })).status
      expect(await request(TOKEN)).toBe(400)
      expect(await request(`${TOKEN}x`)).toBe(401)
    } finally {
      host.close()
    }
  })

  it('is named by the custom runtime if it cannot read it, which then does not start', async () => {
    const started = promisify(execFile)(
      process.execPath,
      [join(inject('built'), 'function', 'custom-runtime.mjs')],
      { env: { ...environment(), ...ROLE_IN_ENVIRONMENT } },
    )
    await expect(started).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringMatching(
        /STACKBRIDGE_BEARER_TOKEN, which STACKBRIDGE_SECRETS names, could not be read/,
      ),
    })
  })

  it('is read by the stand-alone server before it listens', async () => {
    vendor.secrets.set('token', { data: TOKEN })
    const journal = await mkdtemp(join(tmpdir(), 'stackbridge-journal-'))
    const server = await BridgeServer.start({
      built: inject('built'),
      journal,
      environment: {
        ...environment(),
        ...ROLE_IN_ENVIRONMENT,
      },
    })
    try {
      const post = async (headers: Record<string, string>) =>
        (await fetch(`${server.url}/ros`, { method: 'POST', headers, body: '{}' })).status
      const type = { 'content-type': 'application/json' }
      expect(await post(type)).toBe(401)
      expect(await post({ ...type, authorization: `Bearer ${TOKEN}` })).toBe(400)
    } finally {
      await server.close()
      await rm(journal, { recursive: true, force: true })
    }
  })
})
