import { readdirSync, readFileSync } from 'node:fs'

/** https://www.kernel.org/doc/html/latest/filesystems/proc.html */
export interface ProcessFigures {
  /** CPU time of the threads that still run, milliseconds. */
  readonly cpuMs: number
  readonly memoryMb: number
  readonly peakMemoryMb: number
}

export function processFigures(pid: number): ProcessFigures {
  const root = `/proc/${String(pid)}`
  const onCpu = readdirSync(`${root}/task`).map((task) => {
    const [ns] = readFileSync(`${root}/task/${task}/schedstat`, 'utf8').split(' ')
    return Number(ns)
  })
  const status = readFileSync(`${root}/status`, 'utf8')
  const kb = (field: string): number => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1])
  return {
    cpuMs: onCpu.reduce((sum, ns) => sum + ns, 0) / 1e6,
    memoryMb: kb('VmRSS') / 1024,
    peakMemoryMb: kb('VmHWM') / 1024,
  }
}

/** CPU time of a process in milliseconds, in steps of 10; threads that have ended are included. */
export function cpuMsOf(pid: number): number {
  const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}
