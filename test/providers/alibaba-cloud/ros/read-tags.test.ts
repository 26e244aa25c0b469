import { createServer } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../../../src/platform/clock.ts'
import { createNetwork } from '../../../../src/platform/network.ts'
import { Secrets } from '../../../../src/platform/secrets.ts'
import { RosClient } from '../../../../src/providers/alibaba-cloud/ros/client.ts'
import { ownershipOf } from '../../../../src/providers/alibaba-cloud/ros/marks.ts'
import { listen } from '../../../../src/sandbox/loopback-server.ts'

const open: { close(): Promise<unknown> }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

const OWNER = { rosStackId: 'stack-1', rosStackName: 'ros', logicalResourceId: 'Network' }
const ANOTHERS = [
  { Key: 'stackbridge:ros-stack-id', Value: 'stack-2' },
  { Key: 'stackbridge:logical-resource-id', Value: 'Network' },
]

/** A client whose ROS shows a stack with these tags. */
async function clientOf(Tags: unknown): Promise<RosClient> {
  const stack = { RequestId: 'r', StackId: 'id', StackName: 'name', Status: 'CREATE_COMPLETE', Tags }
  const listening = await listen(
    createServer((request, response) =>
      request.resume().on('end', () => response.end(JSON.stringify(stack))),
    ),
  )
  const network = createNetwork({ allowPrivateAddresses: true, intranetCallbackRanges: [] })
  open.push(listening, network)
  return new RosClient({
    identity: {
      credentials: () => Promise.resolve({ accessKeyId: 'known', accessKeySecret: 'planted' }),
      account: () => Promise.resolve('1'),
      dropsRefused: () => false,
    },
    endpoint: listening.url,
    region: 'cn-hangzhou',
    surroundings: { network, clock: systemClock, random: () => 0.5, secrets: new Secrets(), environment: {} },
  })
}

describe("the owner's mark in the tags of a ROS stack", () => {
  it.each([
    ['null', null],
    ['absent', undefined],
  ])('is seen beside a tag whose value is %s', async (_, Value) => {
    const client = await clientOf([{ Key: 'env', Value }, ...ANOTHERS])
    const stack = await client.stack('id', { outputs: false })
    expect(ownershipOf(stack?.Tags ?? [], OWNER)).toMatchObject({ mark: 'another' })
  })

  it('does not count as missing if the tags cannot be read', async () => {
    const client = await clientOf([{ Key: 'env', Value: { nested: true } }, ...ANOTHERS])
    await expect(client.stack('id', { outputs: false })).rejects.toMatchObject({
      kind: 'unavailable',
      isUnreadable: true,
    })
  })

  it.each([[null], [undefined]])('is missing if there are no tags: %s', async (Tags) => {
    const client = await clientOf(Tags)
    expect((await client.stack('id', { outputs: false }))?.Tags).toEqual([])
  })
})
