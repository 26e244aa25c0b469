import { request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'

/**
 * Sends GET /healthz to the port in its argument, each time on a new connection, until its standard input ends. Then prints the
 * durations in milliseconds, separated by spaces. It is its own process, so that a load does not delay it.
 */

const EVERY_MS = 20
const port = Number(process.argv[2])
let isOver = false
process.stdin.once('end', () => {
  isOver = true
})
process.stdin.resume()

/** The duration that counts for a request without the status 200. */
const NO_ANSWER_MS = 60_000

function probe() {
  const startedAt = performance.now()
  return new Promise((resolve) => {
    const sent = request({ host: '127.0.0.1', port, path: '/healthz', agent: false }, (response) => {
      response.resume()
      response.once('end', () => {
        resolve(response.statusCode === 200 ? performance.now() - startedAt : NO_ANSWER_MS)
      })
    })
    sent.once('error', () => {
      resolve(NO_ANSWER_MS)
    })
    sent.end()
  })
}

// The first run compiles the code and is not counted.
for (let number = 0; number < 100; number += 1) await probe()
process.stderr.write('ready\n')
const waits = []
while (!isOver) {
  waits.push(probe())
  await delay(EVERY_MS)
}
process.stdout.write((await Promise.all(waits)).join(' '))
