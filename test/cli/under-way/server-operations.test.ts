import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { ServerListError, serverOperations } from '../../../src/cli/under-way/server-operations.ts'
import { UsageError } from '../../../src/cli/usage-error.ts'

const TOKEN = 'token-of-operations-0123456789abcdef'
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A server without operations that records its requests. */
async function startServer() {
  const asked: string[] = []
  const server = createServer(({ url = '', headers }, response) => {
    asked.push(`${url} ${headers.authorization ?? ''}`)
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"operations":[],"total":0}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => new Promise((resolve) => server.close(resolve)))
  const { port } = server.address() as AddressInfo
  return { base: `http://127.0.0.1:${String(port)}`, asked }
}

describe('the list of a server', () => {
  const environment = { STACKBRIDGE_OPERATIONS_TOKEN: TOKEN, STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true' }

  it.each([
    ['', '/operations'],
    ['/', '/operations'],
    ['/bridge/', '/bridge/operations'],
    ['//other.example/', '//other.example/operations'],
  ])('is requested from the host of the URL, also if its path is %j', async (path, expected) => {
    const { base, asked } = await startServer()
    expect(await serverOperations(`${base}${path}`, environment)).toEqual({ operations: [], gaps: [] })
    expect(asked).toEqual([`${expected}?limit=500 Bearer ${TOKEN}`])
  })

  it("is requested over http only from this machine, or if the operator's URL begins with http://", async () => {
    const asking = (server: string, hosts = '') =>
      serverOperations(server, { ...environment, STACKBRIDGE_ENDPOINT_HOSTS: hosts })
    await expect(asking('http://bridge.invalid:8080')).rejects.toThrow(UsageError)
    await expect(asking('http://bridge.invalid:8080', 'bridge.invalid')).rejects.toThrow('has no TLS')
    await expect(asking('http://bridge.invalid:8080', 'http://bridge.invalid')).rejects.toThrow(
      ServerListError,
    )
    // The request contains no secret.
    await expect(
      serverOperations('http://bridge.invalid:8080', { STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true' }),
    ).rejects.toThrow(ServerListError)
  })
})
