import { createServer } from 'node:http'
import { startSandboxCloudFormation } from '../../src/sandbox/aws/cloudformation/server.ts'
import { listen } from '../../src/sandbox/loopback-server.ts'
import { GateClock } from './gate-clock.ts'
import type { CloudsOrder, CloudsReport } from './messages.ts'

/**
 * CloudFormation and ROS's ResponseURL in a separate process, so that they do not count in the memory and CPU time of the
 * measured process. All stacks complete on the command `settle`.
 */

const clock = new GateClock()
const aws = await startSandboxCloudFormation({ clock })
const answers = { count: 0, failed: 0 }
/** By the path of the ResponseURL, which is different for each event. */
const answered = new Set<string>()
const ros = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    answers.count += 1
    answered.add(request.url ?? '')
    if (!Buffer.concat(chunks).includes('"SUCCESS"')) answers.failed += 1
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
})
const listening = await listen(ros)

/** A second answer to an event would arrive together with the others. */
const REPEATED_WITHIN_MS = 1000

function report(message: CloudsReport): void {
  process.send?.(message)
}

async function waitUntil(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5))
}

async function execute(order: CloudsOrder): Promise<void> {
  switch (order.order) {
    case 'report-when-started':
      await waitUntil(() => aws.cloud.stacks.size >= order.stacks)
      report({ report: 'started' })
      return
    case 'settle': {
      clock.open()
      const from = performance.now()
      await waitUntil(() => answered.size >= order.answers)
      const seconds = (performance.now() - from) / 1000
      await new Promise((resolve) => setTimeout(resolve, REPEATED_WITHIN_MS))
      const repeated = answers.count - answered.size
      report({ report: 'answered', seconds, failed: answers.failed, repeated, calls: aws.calls.length })
    }
  }
}

process.on('message', (order: CloudsOrder) => void execute(order))
report({
  report: 'ready',
  url: aws.url,
  responseUrl: listening.url,
  key: aws.key,
  region: aws.region,
})
