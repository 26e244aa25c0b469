import { createServer } from 'node:http'
import { request as ask } from 'node:http'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { listen } from '../../src/sandbox/loopback-server.ts'
import { startSandboxOpenStack } from '../../src/sandbox/openstack/server.ts'
import { run } from './built-cli.ts'

/** The bundle has its own parts of undici, so a test of the sources proves nothing about it. */

let asked: string[] = []
const proxyServer = createServer((incoming, response) => {
  asked.push(`${incoming.method ?? ''} ${incoming.url ?? ''}`)
  const { port, pathname, search } = new URL(incoming.url ?? '')
  const forwarded = ask(
    { port, path: `${pathname}${search}`, method: incoming.method ?? 'GET', headers: incoming.headers },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    },
  )
  incoming.pipe(forwarded)
})
proxyServer.on('connect', (incoming, socket) => {
  asked.push(`CONNECT ${incoming.url ?? ''}`)
  socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
})
let proxy: Awaited<ReturnType<typeof listen>>
let cloud: Awaited<ReturnType<typeof startSandboxOpenStack>>
beforeAll(async () => {
  proxy = await listen(proxyServer)
  cloud = await startSandboxOpenStack()
})
afterAll(async () => {
  await Promise.all([proxy.close(), cloud.close()])
})
beforeEach(() => {
  asked = []
})

const event = (resourceType: string, properties: object) =>
  JSON.stringify({
    RequestType: 'Create',
    ResourceType: resourceType,
    LogicalResourceId: 'X',
    ResourceProperties: { Timeout: 6, ...properties },
  })

it('the built command line calls an http: endpoint through HTTP_PROXY', async () => {
  const { port } = new URL(cloud.authUrl)
  const properties = {
    Auth: {
      AuthUrl: `http://cloud.example:${port}/v3`,
      Username: cloud.user.name,
      Password: cloud.user.password,
      UserDomainName: 'Default',
      ProjectId: cloud.user.projectId,
    },
    Stack: { Name: 'proxied', Template: 'heat_template_version: 2018-08-31' },
  }
  const { code, stdout } = await run(['invoke', '-'], event('Custom::HeatStack', properties), {
    HTTP_PROXY: proxy.url,
  })
  expect(stdout).toContain('SUCCESS')
  expect(code).toBe(0)
  // Keystone's catalogue contains a loopback address, which is called directly.
  expect(asked).toEqual([`POST http://cloud.example:${port}/v3/auth/tokens`])
})

const keys = { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE', AccessKeySecret: 'a-secret-of-no-value' }

it.each([
  [
    'Custom::AwsCloudFormationStack',
    { ...keys, RegionId: 'us-east-1', Stack: { Name: 's', Template: 'Resources: {}' } },
    'cloudformation.us-east-1.amazonaws.com:443',
  ],
  [
    'Custom::RosStack',
    {
      ...keys,
      RegionId: 'cn-hangzhou',
      Stack: { Name: 's', Template: "ROSTemplateFormatVersion: '2015-09-01'" },
    },
    'ros.aliyuncs.com:443',
  ],
  [
    'Custom::HuaweiRfsStack',
    {
      Auth: {
        AccessKey: 'AK',
        SecretKey: 'a-secret-of-no-value',
        ProjectId: '0123456789abcdef0123456789abcdef',
      },
      Region: 'cn-north-4',
      Stack: { Name: 's', TemplateBody: 'variable "a" {}' },
    },
    'rfs.cn-north-4.myhuaweicloud.com:443',
  ],
])('the built command line asks HTTPS_PROXY for a tunnel: %s', async (type, properties, host) => {
  const { code, stdout } = await run(['invoke', '-'], event(type, properties), { HTTPS_PROXY: proxy.url })
  expect(asked[0]).toBe(`CONNECT ${host}`)
  expect(stdout).toContain(
    `through the proxy ${new URL(proxy.url).host}: it refuses the connection with HTTP 403`,
  )
  expect(code).toBe(1)
})
