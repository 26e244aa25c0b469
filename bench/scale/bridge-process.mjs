// Runs the built function in one process, serves all received events at once, and reports its memory.
import { monitorEventLoopDelay } from 'node:perf_hooks'

const { handler } = await import(process.env.BENCH_ENTRY)
const delays = monitorEventLoopDelay({ resolution: 10 })
delays.enable()

process.on('message', async ({ events }) => {
  if (events !== undefined) {
    const context = { requestId: 'bench', function: { name: 'bench', timeout: 86_400 } }
    await Promise.all(events.map((event) => handler(Buffer.from(JSON.stringify(event)), context)))
    process.send({ done: true })
    return
  }
  for (let time = 0; time < 3; time += 1) global.gc()
  const { heapUsed, external } = process.memoryUsage()
  process.send({
    heap: heapUsed + external,
    loopMedianMs: delays.percentile(50) / 1e6 - 10,
    loopWorstMs: delays.max / 1e6 - 10,
  })
  delays.reset()
})
process.send({ ready: true })
