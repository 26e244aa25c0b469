import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { listen } from '../../src/sandbox/loopback-server.ts'
import { processFigures } from '../process-figures.ts'

export interface Start {
  readonly command: readonly [string, ...string[]]
  readonly environment?: Readonly<Record<string, string>>
  /** The event. The listener's URL is inserted as the cloud's. */
  readonly event?: (url: string) => object
}

export interface Sample {
  readonly wallMs: number
  readonly cpuMs: number
  readonly peakMb: number
}

/** From the start of a process to its first request. Then the process gets the signal `end`. */
export async function measureStart(
  { command: [program, ...args], environment = {}, event }: Start,
  end: NodeJS.Signals = 'SIGKILL',
): Promise<Sample> {
  let arrived: (at: number) => void = () => undefined
  const arrival = new Promise<number>((resolve) => {
    arrived = resolve
  })
  const server = createServer((request) => {
    arrived(performance.now())
    request.resume()
  })
  const listening = await listen(server)
  const { url } = listening
  const startedAt = performance.now()
  const child = spawn(program, args, {
    stdio: 'ignore',
    env: {
      PATH: '/usr/bin:/bin',
      HOME: '/nonexistent',
      STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true',
      STACKBRIDGE_LOG_LEVEL: 'silent',
      BENCH_URL: url,
      ...(event === undefined ? {} : { BENCH_EVENT: JSON.stringify(event(url)) }),
      ...environment,
    },
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const failed = ended.then((code): never => {
    throw new Error(`${args.join(' ')} ended with ${String(code)} before its first request`)
  })
  const wallMs = (await Promise.race([arrival, failed])) - startedAt
  const { cpuMs, peakMemoryMb } = processFigures(child.pid ?? 0)
  failed.catch(() => undefined)
  child.kill(end)
  await ended
  await listening.close()
  return { wallMs, cpuMs, peakMb: peakMemoryMb }
}
