import { request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'

/**
 * Asks GET /healthz at the port of its argument, each time on a connection of its own, until its standard input ends; then
 * prints how long each took, in milliseconds with spaces between. A process of its own, so that a load does not hold it up.
 */

const EVERY_MS = 20
const port = Number(process.argv[2])
let isOver = false
process.stdin.once('end', () => {
  isOver = true
})
process.stdin.resume()

/** Without an answer of 200: as long as nobody waits. */
const NO_ANSWER_MS = 60_000

function probe() {
  const begunAt = performance.now()
  return new Promise((resolve) => {
    const sent = request({ host: '127.0.0.1', port, path: '/healthz', agent: false }, (response) => {
      response.resume()
      response.once('end', () => {
        resolve(response.statusCode === 200 ? performance.now() - begunAt : NO_ANSWER_MS)
      })
    })
    sent.once('error', () => {
      resolve(NO_ANSWER_MS)
    })
    sent.end()
  })
}

// Code that has run once is compiled.
for (let number = 0; number < 100; number += 1) await probe()
process.stderr.write('ready\n')
const waits = []
while (!isOver) {
  waits.push(probe())
  await delay(EVERY_MS)
}
process.stdout.write((await Promise.all(waits)).join(' '))
