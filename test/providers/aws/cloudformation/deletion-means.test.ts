import { createServer } from 'node:http'
import { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import { afterEach, describe, expect, it } from 'vitest'
import { meansAgainstFailure } from '../../../../src/providers/aws/cloudformation/deletion-means.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** A client of a server that answers the page of each number, counted from 0. */
async function clientOf(pageOf: (number: number) => string): Promise<CloudFormationClient> {
  let calls = 0
  const server = createServer((_, response) => {
    const page = pageOf(calls++)
    response.end(
      `<ListStackResourcesResponse><ListStackResourcesResult>${page}</ListStackResourcesResult></ListStackResourcesResponse>`,
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const client = new CloudFormationClient({
    endpoint: `http://127.0.0.1:${String(address.port)}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIA', secretAccessKey: 'key' },
  })
  closing.push(() => {
    client.destroy()
    server.close()
  })
  return client
}

const member = (name: string, status: string) =>
  `<StackResourceSummaries><member><LogicalResourceId>${name}</LogicalResourceId><ResourceStatus>${status}</ResourceStatus></member></StackResourceSummaries>`
const stack = { id: 'arn:aws:cloudformation:us-east-1:123456789012:stack/one/1', name: 'one' }
const retained = {
  roleArn: undefined,
  config: undefined,
  onDeleteFailed: ['retain'],
  force: false,
  retain: [],
} as const

describe('the resources that a Delete keeps after it failed', () => {
  it('are those of all pages whose deletion failed', async () => {
    const client = await clientOf((page) =>
      page === 0
        ? `${member('One', 'DELETE_FAILED')}<NextToken>two</NextToken>`
        : member('Two', 'DELETE_FAILED') + member('Three', 'DELETE_COMPLETE'),
    )
    const means = await meansAgainstFailure(client, stack, retained, 1)
    expect(means.RetainResources?.sort()).toEqual(['One', 'Two'])
  })

  it('are read no further than a page that names itself as the next', async () => {
    const asked: number[] = []
    const client = await clientOf((page) => {
      asked.push(page)
      return `${member('One', 'DELETE_FAILED')}<NextToken>again</NextToken>`
    })
    await expect(meansAgainstFailure(client, stack, retained, 1)).rejects.toThrow('read already')
    expect(asked).toHaveLength(2)
  })

  it('end if the name of the next page is empty', async () => {
    const client = await clientOf(() => `${member('One', 'DELETE_FAILED')}<NextToken></NextToken>`)
    expect(await meansAgainstFailure(client, stack, retained, 1)).toEqual({ RetainResources: ['One'] })
  })
})
