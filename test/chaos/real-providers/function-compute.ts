import type { Clock } from '../../../src/platform/clock.ts'
import { Process } from './process.ts'

export interface FunctionComputeOptions {
  readonly clock: Clock
  /** Resolves when the process ends, with whether it ended without an error. */
  readonly serve: (process: Process) => Promise<boolean>
  /** Milliseconds between a failed try of this payload and the next try. */
  readonly retryPauseMs: (payload: Uint8Array) => number
}

const RETRIES = 3

/**
 * Asynchronous invocations as Function Compute makes them: at least once, retried three times, and then passed to the failure
 * destination. A task id that was accepted before is refused.
 * https://www.alibabacloud.com/help/en/functioncompute/fc-3-0/user-guide/asynchronous-invocation
 */
export class FunctionCompute {
  readonly processes: Process[] = []
  /** Payloads for which the failure destination has failed, too. */
  readonly lost: Uint8Array[] = []
  readonly #options: FunctionComputeOptions
  readonly #running = new Set<Promise<void>>()
  readonly #taskIds = new Set<string>()

  constructor(options: FunctionComputeOptions) {
    this.#options = options
  }

  invoke(payload: Uint8Array, delayMs = 0): void {
    this.track(this.#invoke(payload, delayMs))
  }

  invokeTask(taskId: string, payload: Uint8Array, delayMs: number): void {
    if (this.#taskIds.has(taskId)) return
    this.#taskIds.add(taskId)
    this.invoke(payload, delayMs)
  }

  /** `settle` waits for this work, too. */
  track(work: Promise<void>): void {
    const tracked = work.finally(() => this.#running.delete(tracked))
    this.#running.add(tracked)
  }

  /** Resolves when nothing is queued or running. */
  async settle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running)
  }

  async #invoke(payload: Uint8Array, delayMs: number): Promise<void> {
    const { clock, retryPauseMs } = this.#options
    await clock.sleep(delayMs)
    for (const givenUp of [undefined, 'The call of the bridge died (FunctionTimeout)'])
      for (let attempt = 0; attempt <= RETRIES; attempt += 1) {
        if (await this.#run(payload, givenUp)) return
        await clock.sleep(retryPauseMs(payload))
      }
    this.lost.push(payload)
  }

  #run(payload: Uint8Array, givenUp: string | undefined): Promise<boolean> {
    const process = new Process(this.processes.length + 1, payload, givenUp)
    this.processes.push(process)
    return this.#options.serve(process)
  }
}
