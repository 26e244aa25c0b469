import { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import { afterEach, describe, expect, it } from 'vitest'
import { createNetwork, type Network } from '../../../../src/platform/network.ts'
import { sharedClient } from '../../../../src/providers/aws/cloudformation/shared-client.ts'

const networks: Network[] = []

function network(): Network {
  const created = createNetwork({ allowPrivateAddresses: true, intranetCallbackRanges: [] })
  networks.push(created)
  return created
}
afterEach(async () => {
  await Promise.all(networks.splice(0).map((one) => one.close()))
})

const create = () => new CloudFormationClient({ region: 'us-east-1' })
const keys = { accessKeyId: 'AKIA', secretAccessKey: 'one' }

describe('a client of the AWS SDK', () => {
  it('is shared by events with the same keys, region and endpoint', () => {
    const own = network()
    const first = sharedClient(own, ['us-east-1', undefined, keys], create)
    expect(sharedClient(own, ['us-east-1', undefined, { ...keys }], create)).toBe(first)
  })

  it('is never shared with other keys, another region, endpoint or network', () => {
    const own = network()
    const first = sharedClient(own, ['us-east-1', undefined, keys], create)
    const others = [
      sharedClient(own, ['us-east-1', undefined, { ...keys, secretAccessKey: 'two' }], create),
      sharedClient(own, ['us-east-1', undefined, { ...keys, sessionToken: 'token' }], create),
      sharedClient(own, ['eu-west-1', undefined, keys], create),
      sharedClient(own, ['us-east-1', 'https://heat.example', keys], create),
      sharedClient(network(), ['us-east-1', undefined, keys], create),
    ]
    expect(new Set([first, ...others]).size).toBe(1 + others.length)
  })

  it('is dropped after a hundred others were used', () => {
    const own = network()
    const clientOf = (index: number) => sharedClient(own, ['us-east-1', undefined, index], create)
    const first = clientOf(0)
    for (let index = 1; index < 100; index += 1) clientOf(index)
    expect(clientOf(0)).toBe(first)
    for (let index = 1; index <= 100; index += 1) clientOf(index)
    expect(clientOf(0)).not.toBe(first)
  })
})
