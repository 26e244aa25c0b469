import { createServer } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../../../src/platform/clock.ts'
import { createNetwork } from '../../../../src/platform/network.ts'
import { Secrets } from '../../../../src/platform/secrets.ts'
import { RosClient } from '../../../../src/providers/alibaba-cloud/ros/client.ts'
import { listen } from '../../../../src/sandbox/loopback-server.ts'

const open: { close(): Promise<unknown> }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

/** Asks a server to delete a stack that answers so, with HTTP 200. */
async function deletion(answer: string) {
  const server = createServer((request, response) => request.resume().on('end', () => response.end(answer)))
  const listening = await listen(server)
  const network = createNetwork({ allowPrivateAddresses: true, intranetCallbackRanges: [] })
  open.push(listening, network)
  const client = new RosClient({
    identity: {
      credentials: () => Promise.resolve({ accessKeyId: 'known', accessKeySecret: 'planted' }),
      account: () => Promise.resolve('1'),
      dropsRefused: () => false,
    },
    endpoint: listening.url,
    region: 'cn-hangzhou',
    surroundings: { network, clock: systemClock, random: () => 0.5, secrets: new Secrets(), environment: {} },
  })
  return client.act({ action: 'DeleteStack', parameters: { StackId: 'id' } })
}

describe('an answer with HTTP 200 to DeleteStack of ROS', () => {
  it.each(['{"Message":"Blocked by policy"}', '{"StackId":"id"}', '{}', '[]', '', '<html>'])(
    'is a proxy’s without the RequestId that each answer of ROS has: %s',
    async (answer) => {
      await expect(deletion(answer)).rejects.toMatchObject({ kind: 'unavailable' })
    },
  )

  it('is accepted with nothing but a RequestId', async () => {
    expect(await deletion('{"RequestId":"B288A0BE-D927-4888-B0F7-B35EF84B6E6F"}')).toBeUndefined()
  })
})
