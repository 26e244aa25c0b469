import { spawn, type ChildProcess } from 'node:child_process'
import { setImmediate as turn } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const runner = fileURLToPath(new URL('runner.mjs', import.meta.url))

export interface InstanceOptions {
  /** The module that exports `handler`. */
  readonly entry: string
  /** The node binary; by default the one of this process. */
  readonly node?: string
  /** How the runtime gets the result: from the promise (Node 18 and later) or from the callback. */
  readonly style?: 'promise' | 'callback'
  readonly environment?: Readonly<Record<string, string>>
  /** The function's timeout in seconds, after which the instance is killed. */
  readonly timeoutSeconds?: number
}

export type Invocation =
  | { readonly ended: 'returned'; readonly value: string }
  | { readonly ended: 'threw'; readonly error: string }
  | { readonly ended: 'killed' }

/**
 * Stands in for one instance of a function on Function Compute: a separate process that gets a Buffer and a context, is killed
 * at the timeout, and is frozen between invocations.
 */
export class FcInstance {
  readonly #options: InstanceOptions
  readonly #output: string[] = []
  #child: ChildProcess | undefined
  #version = ''
  #count = 0

  constructor(options: InstanceOptions) {
    this.#options = options
  }

  /** The output of the process, from both streams. */
  get output(): string {
    return this.#output.join('')
  }

  /** The process id. The process is stopped between invocations. 0 before the first one. */
  get pid(): number {
    return this.#child?.pid ?? 0
  }

  get nodeVersion(): string {
    return this.#version
  }

  /** `context`: the context of Function Compute; by default that of a function that is not deployed. */
  async invoke(event: Uint8Array, context: object = this.#context()): Promise<Invocation> {
    const child = await this.#running()
    if (child === 'killed') return { ended: 'killed' }
    child.kill('SIGCONT')
    this.#count += 1
    const id = this.#count
    const over = new AbortController()
    const ended = new Promise<Invocation>((resolve) => {
      const hear = (message: { id?: number; value?: string; error?: string }): void => {
        if (message.id !== id) return
        // Unfinished work now waits for the next invocation.
        child.kill('SIGSTOP')
        const end: Invocation =
          message.error === undefined
            ? { ended: 'returned', value: message.value ?? '' }
            : { ended: 'threw', error: message.error }
        void pipesAreRead().then(() => {
          resolve(end)
        })
      }
      const die = (): void => {
        resolve({ ended: 'killed' })
      }
      child.on('message', hear)
      child.on('exit', die)
      over.signal.addEventListener('abort', () => {
        child.off('message', hear)
        child.off('exit', die)
      })
    })
    const killer = setTimeout(() => child.kill('SIGKILL'), (this.#options.timeoutSeconds ?? 120) * 1000)
    // It may have been killed at this moment; its exit code tells.
    child.send({ id, event: [...event], context }, () => undefined)
    const result = await ended
    clearTimeout(killer)
    over.abort()
    return result
  }

  /** Kills the process at any moment, as the platform may do; true if there was a process. */
  kill(): boolean {
    return this.#child?.kill('SIGKILL') ?? false
  }

  close(): void {
    this.#child?.kill('SIGKILL')
    this.#child = undefined
  }

  async #running(): Promise<ChildProcess | 'killed'> {
    if (this.#child?.exitCode === null && this.#child.signalCode === null) return this.#child
    const { entry, node = process.execPath, style = 'promise', environment = {} } = this.#options
    const child = spawn(node, [runner, entry, style], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { PATH: '/usr/bin:/bin', FC_REGION: 'cn-hangzhou', STACKBRIDGE_POLL_MIN_MS: '50', ...environment },
    })
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => this.#output.push(chunk.toString()))
    this.#child = child
    return new Promise<ChildProcess | 'killed'>((resolve, reject) => {
      child.once('message', (message: { ready?: string }) => {
        this.#version = message.ready ?? ''
        resolve(child)
      })
      child.once('exit', (code, signal) => {
        if (signal === 'SIGKILL') resolve('killed')
        else reject(new Error(`the instance ended with ${String(code)}: ${this.output}`))
      })
    })
  }

  /** https://help.aliyun.com/en/functioncompute/context-1-1 */
  #context() {
    return {
      requestId: `1-${String(this.#count).padStart(8, '0')}-fc`,
      credentials: { accessKeyId: 'fc-key', accessKeySecret: 'fc-secret', securityToken: 'fc-token' },
      function: {
        name: 'stackbridge',
        handler: 'index.handler',
        memory: 512,
        timeout: this.#options.timeoutSeconds ?? 120,
      },
      service: { name: '', logProject: '', logStore: '', qualifier: 'LATEST', versionId: '' },
      region: 'cn-hangzhou',
      accountId: '1234567890123456',
      retryCount: 0,
    }
  }
}

/** Output that the process wrote before its message is in the pipes. After one turn of the event loop all of it is read. */
async function pipesAreRead(): Promise<void> {
  await turn()
  await turn()
}
