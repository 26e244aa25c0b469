import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import { afterEach, describe, expect, it } from 'vitest'
import { CallScope } from '../../../../src/platform/call-scope.ts'
import { createNetwork, ForbiddenAddressError, type Network } from '../../../../src/platform/network.ts'
import { callsFor } from '../../../../src/providers/aws/cloudformation/calls.ts'
import { basicConfig } from '../../../../src/providers/aws/cloudformation/basic-config.ts'
import { listen } from '../../../../src/sandbox/loopback-server.ts'
import { FakeClock } from '../../../fake-clock.ts'

const open: { close(): Promise<unknown> }[] = []
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

const EMPTY =
  '<DescribeStacksResponse><DescribeStacksResult><Stacks/></DescribeStacksResult></DescribeStacksResponse>'

async function aws(answer: (request: IncomingMessage, response: ServerResponse, attempt: number) => void) {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`)
    request.resume()
    request.on('end', () => {
      answer(request, response, requests.length)
    })
  })
  const listening = await listen(server)
  open.push(listening)
  return { url: listening.url, requests }
}

function network(options: { allow?: boolean; clock?: FakeClock } = {}): Network {
  const { allow = true, clock } = options
  const created = createNetwork({
    allowPrivateAddresses: allow,
    intranetCallbackRanges: [],
    ...(clock === undefined ? {} : { clock }),
  })
  open.push(created)
  return created
}

const clientOf = (over: Network, endpoint: string) =>
  new CloudFormationClient({
    ...basicConfig('us-east-1', over),
    endpoint,
    credentials: { accessKeyId: 'AKIA', secretAccessKey: 'planted' },
  })

describe('a call of the AWS SDK', () => {
  it('is retried after a broken connection, an answer of 500, and a timeout', async () => {
    const clock = new FakeClock()
    const { url, requests } = await aws((request, response, attempt) => {
      if (attempt === 1) request.socket.destroy()
      else if (attempt === 2) void clock.advance(20_000)
      else response.end(EMPTY)
    })
    const client = clientOf(network({ clock }), url)
    await expect(client.send(new DescribeStacksCommand({}))).resolves.toMatchObject({ Stacks: [] })
    expect(requests).toHaveLength(3)
  })

  it('uses the path and the query of the endpoint', async () => {
    const { url, requests } = await aws((_, response) => response.end(EMPTY))
    await clientOf(network(), `${url}/cfn/v1`).send(new DescribeStacksCommand({}))
    expect(requests).toEqual(['POST /cfn/v1/'])
  })

  it('is not retried after its event was given up, while other calls of the same client continue', async () => {
    const { url, requests } = await aws((_, response, attempt) => {
      if (attempt === 2) response.end(EMPTY)
    })
    const scope = new CallScope(network())
    const client = clientOf(scope.process, url)
    const asked = callsFor(scope, () => client).send(new DescribeStacksCommand({}))
    const failed = expect(asked).rejects.toMatchObject({ name: 'AbortError' })
    await expect.poll(() => requests.length).toBe(1)
    const other = callsFor(new CallScope(scope.process), () => client).send(new DescribeStacksCommand({}))
    await expect(other).resolves.toMatchObject({ Stacks: [] })
    scope.abort()
    await failed
    expect(requests).toHaveLength(2)
  })

  it('calls no forbidden address, literal or resolved, and is not repeated', async () => {
    for (const endpoint of ['http://127.0.0.1:9/', 'http://localhost:9/', 'http://[fd00:ec2::254]/'])
      await expect(
        clientOf(network({ allow: false }), endpoint).send(new DescribeStacksCommand({})),
      ).rejects.toThrow(ForbiddenAddressError)
  })
})
