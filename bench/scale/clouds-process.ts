import { createServer } from 'node:http'
import { startSandboxCloudFormation } from '../../src/sandbox/aws/cloudformation/server.ts'
import { listen } from '../../src/sandbox/loopback-server.ts'
import { GateClock } from './gate-clock.ts'
import type { CloudsOrder, CloudsReport } from './messages.ts'

/**
 * CloudFormation and ROS's end of the callback in a process of their own, so that the memory and the CPU time of whoever
 * is measured are its alone. The stacks settle when they are told to.
 */

const clock = new GateClock()
const aws = await startSandboxCloudFormation({ clock })
const answers = { count: 0, failed: 0 }
const ros = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    answers.count += 1
    if (!Buffer.concat(chunks).includes('"SUCCESS"')) answers.failed += 1
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
})
const listening = await listen(ros)

function report(message: CloudsReport): void {
  process.send?.(message)
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5))
}

async function follow(order: CloudsOrder): Promise<void> {
  switch (order.order) {
    case 'tell-when-begun':
      await until(() => aws.cloud.stacks.size >= order.stacks)
      report({ report: 'begun' })
      return
    case 'settle': {
      clock.open()
      const from = performance.now()
      await until(() => answers.count >= order.answers)
      const seconds = (performance.now() - from) / 1000
      report({ report: 'answered', seconds, failed: answers.failed, calls: aws.calls.length })
    }
  }
}

process.on('message', (order: CloudsOrder) => void follow(order))
report({
  report: 'ready',
  url: aws.url,
  responseUrl: listening.url,
  key: aws.key,
  region: aws.region,
})
