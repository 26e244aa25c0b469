import { once } from 'node:events'
import { request } from 'node:http'
import { connect, type Socket } from 'node:net'

/** Requests without a token, on loopback. Their connections and their time are limited. */

const BODY_BYTES = 2 * 1024 * 1024

export interface Attack {
  readonly name: string
  /** Resolves at the end of the load, or at the signal. */
  readonly run: (port: number, over: AbortSignal) => Promise<void>
}

/** 2 MiB of numbers: an earlier version created an object for each. */
function numbers(extra = ''): Buffer {
  const head = `{${extra}"a":[`
  return Buffer.from(`${head}${'1,'.repeat(Math.floor((BODY_BYTES - head.length - 4) / 2))}1]}`)
}

/** A wrong signature with the current date: with a SignKey, the server has to hash the whole request. */
function datedNumbers(): Buffer {
  return numbers(`"Signature":{"Date":"${new Date().toISOString()}","Value":"${'0'.repeat(40)}"},`)
}

function post(port: number, body: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const headers = { 'content-type': 'application/json', 'content-length': String(body.byteLength) }
    const sent = request({ host: '127.0.0.1', port, path: '/ros', method: 'POST', headers }, (response) => {
      response.resume()
      response.once('close', () => {
        resolve()
      })
    })
    // The server may close the connection before the body has arrived.
    sent.once('error', () => {
      resolve()
    })
    sent.end(body)
  })
}

/** Connections that each send a text and then, with `drip`, one more byte of it per second. */
async function hold(
  port: number,
  count: number,
  text: Buffer,
  drip: string,
  over: AbortSignal,
): Promise<void> {
  const sockets: Socket[] = []
  for (let number = 0; number < count; number += 1) {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => undefined)
    socket.write(text)
    socket.resume()
    sockets.push(socket)
  }
  const dripping = setInterval(() => {
    if (drip !== '') for (const socket of sockets) if (socket.writable) socket.write(drip)
  }, 1000)
  if (!over.aborted) await once(over, 'abort')
  clearInterval(dripping)
  for (const socket of sockets) socket.destroy()
}

const HEAD = 'POST /ros HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n'
const UNFINISHED = Buffer.concat([
  Buffer.from(`${HEAD}Content-Length: ${String(BODY_BYTES)}\r\n\r\n`),
  Buffer.alloc(BODY_BYTES - 4096, 'x'),
])

const CONNECTIONS = 300

export const ATTACKS: readonly Attack[] = [
  { name: 'none', run: () => Promise.resolve() },
  {
    name: '2 MiB of numbers, ten times one by one',
    run: async (port) => {
      for (let time = 0; time < 10; time += 1) await post(port, numbers())
    },
  },
  {
    name: '2 MiB of numbers, 20 at once',
    run: async (port) => {
      await Promise.all(Array.from({ length: 20 }, () => post(port, numbers())))
    },
  },
  {
    name: '2 MiB of numbers with a dated signature, 20 at once',
    run: async (port) => {
      await Promise.all(Array.from({ length: 20 }, () => post(port, datedNumbers())))
    },
  },
  {
    name: '300 connections with most of a body, waiting',
    run: (port, over) => hold(port, CONNECTIONS, UNFINISHED, '', over),
  },
  {
    name: '300 idle connections',
    run: (port, over) => hold(port, CONNECTIONS, Buffer.alloc(0), '', over),
  },
  {
    name: '300 connections whose headers drip',
    run: (port, over) => hold(port, CONNECTIONS, Buffer.from('POST /ros HTTP/1.1\r\nX-A: '), 'a', over),
  },
  {
    name: '300 connections whose bodies drip',
    run: (port, over) =>
      hold(
        port,
        CONNECTIONS,
        Buffer.from(`${HEAD}Content-Length: ${String(BODY_BYTES)}\r\n\r\n{`),
        ' ',
        over,
      ),
  },
]
