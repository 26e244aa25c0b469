// Loaded into a "stackbridge serve" before its own code: reports the process's memory and how late its event loop is.
import { monitorEventLoopDelay } from 'node:perf_hooks'

const TICK_MS = 10
const delays = monitorEventLoopDelay({ resolution: TICK_MS })
delays.enable()

// The part of a delay that is CPU time of this process. On a busy machine, other processes used the rest.
let cpuWorstMs = 0
let cpuBefore = process.cpuUsage()
let tickedAt = performance.now()
setInterval(() => {
  const lateMs = performance.now() - tickedAt - TICK_MS
  const cpu = process.cpuUsage(cpuBefore)
  cpuWorstMs = Math.max(cpuWorstMs, Math.min(lateMs, (cpu.user + cpu.system) / 1000))
  cpuBefore = process.cpuUsage()
  tickedAt = performance.now()
}, TICK_MS).unref()

process.on('message', ({ collects }) => {
  const loopWorstMs = Math.max(0, delays.max / 1e6 - TICK_MS)
  const loopMedianMs = Math.max(0, delays.percentile(50) / 1e6 - TICK_MS)
  const figures = { loopMedianMs, loopWorstMs, cpuWorstMs }
  if (collects) for (let time = 0; time < 3; time += 1) global.gc()
  const { heapUsed, external } = process.memoryUsage()
  process.send({ heap: heapUsed + external, ...figures })
  delays.reset()
  cpuWorstMs = 0
})
process.channel.unref()
