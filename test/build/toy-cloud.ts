import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { listen } from '../../src/sandbox/loopback-server.ts'

interface ToyStack {
  readonly name: string
  readonly number: string
  status: 'WORKING' | 'READY'
}

/** The loopback server of `test/fixtures/toy-cloud`. After each change, a stack is in progress until it was read once. */
export async function startToyCloud() {
  const stacks = new Map<string, ToyStack>()
  const calls: string[] = []
  let made = 0
  const server = createServer((request, response) => {
    const name = decodeURIComponent((request.url ?? '').replace(/^\/stacks\//, ''))
    calls.push(request.method ?? '')
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    const stack = stacks.get(name)
    switch (request.method) {
      case 'PUT':
        void text(request).then((body) => {
          const number = stack?.number ?? String((made += 1))
          stacks.set(name, { ...JSON.parse(body), name, number, status: 'WORKING' })
          answer(200, stacks.get(name))
        })
        return
      case 'DELETE':
        stacks.delete(name)
        answer(200, {})
        return
      default:
        answer(stack === undefined ? 404 : 200, stack ?? {})
        if (stack !== undefined) stack.status = 'READY'
    }
  })
  const listening = await listen(server)
  return { url: listening.url, close: () => listening.close(), stacks, calls }
}
