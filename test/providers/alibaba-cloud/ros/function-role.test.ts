import { createServer } from 'node:http'
import { afterEach, expect, it } from 'vitest'
import { parseEndpointHost } from '../../../../src/platform/endpoint-host.ts'
import { createLogger } from '../../../../src/platform/log.ts'
import { createNetwork, type NetworkOptions } from '../../../../src/platform/network.ts'
import { Secrets } from '../../../../src/platform/secrets.ts'
import { provider as aliyunRos } from '../../../../src/providers/alibaba-cloud/ros/provider.ts'
import { listen } from '../../../../src/sandbox/loopback-server.ts'
import { FakeClock } from '../../../fake-clock.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

const ANSWERS: Readonly<Record<string, unknown>> = {
  GetCallerIdentity: { RequestId: 'one', AccountId: '1234567890123456' },
  ListStacks: { RequestId: 'two', Stacks: [], TotalCount: 0 },
}

/** For properties with keys and an endpoint: who signed the requests at the endpoint, and which host names were resolved. */
async function createWithOwnKeys(allowed: readonly string[]) {
  const signers: string[] = []
  const server = createServer((request, response) => {
    signers.push(/Credential=([^,]*)/.exec(request.headers.authorization ?? '')?.[1] ?? '')
    request.resume()
    const answer = ANSWERS[String(request.headers['x-acs-action'])]
    response.statusCode = answer === undefined ? 404 : 200
    response.end(JSON.stringify(answer ?? { Code: 'StackNotFound', Message: 'There is none.' }))
  })
  const cloud = await listen(server)
  const { url } = cloud
  const names: string[] = []
  const lookup = (name: string, _: unknown, done: (error: Error) => void): void => {
    names.push(name)
    done(new Error(`${name} does not exist`))
  }
  const network = createNetwork({
    allowPrivateAddresses: true,
    intranetCallbackRanges: [],
    lookup: lookup as unknown as NonNullable<NetworkOptions['lookup']>,
  })
  closing.push(
    () => cloud.close(),
    () => network.close(),
  )
  const secrets = new Secrets()
  const opened = await aliyunRos.open(
    {
      kind: 'create',
      owner: { rosStackId: 'ros-1', rosStackName: 'ros', logicalResourceId: 'Foreign' },
      requestId: 'r',
      fingerprint: 'f',
      properties: {
        AccessKeyId: 'own-key',
        AccessKeySecret: 'own-secret',
        RegionId: 'cn-hangzhou',
        Endpoint: url,
        StsEndpoint: url,
        Stack: { Name: 'name', Template: 'ROSTemplateFormatVersion: "2015-09-01"' },
      },
    },
    {
      clock: new FakeClock(),
      random: () => 0.5,
      network,
      secrets,
      environment: {
        ALIBABA_CLOUD_ACCESS_KEY_ID: 'function-key',
        ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'planted',
      },
      endpointHosts: allowed.flatMap((host) => parseEndpointHost(host) ?? []),
      log: createLogger({ level: 'silent', secrets }),
    },
  )
  if (!opened.ok) throw new Error(JSON.stringify(opened.problems))
  await expect(opened.session.create()).rejects.toMatchObject({ name: 'CloudError' })
  return { signers: new Set(signers), names }
}

it('the function’s role signs nothing for an endpoint that the properties name with their own keys', async () => {
  const { signers, names } = await createWithOwnKeys([])
  expect([...signers]).toEqual(['own-key'])
  expect(names).toContain('ros.aliyuncs.com')
})

it('the function’s role reads from that endpoint if the operator allows its host', async () => {
  const { signers, names } = await createWithOwnKeys(['127.0.0.1'])
  expect([...signers]).toContain('function-key')
  expect(names).toEqual([])
})
