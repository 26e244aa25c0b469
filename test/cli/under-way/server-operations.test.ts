import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { serverOperations } from '../../../src/cli/under-way/server-operations.ts'

const TOKEN = 'token-of-operations-0123456789abcdef'
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A server that has nothing under way, and keeps who asked it. */
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
  ])('is asked of the host that the URL names, also where its path is %j', async (path, expected) => {
    const { base, asked } = await startServer()
    expect(await serverOperations(`${base}${path}`, environment)).toEqual({ operations: [], gaps: [] })
    expect(asked).toEqual([`${expected}?limit=500 Bearer ${TOKEN}`])
  })
})
