import { spawn, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect } from 'vitest'

export interface BridgeServerOptions {
  /** The folder with `cli.mjs`. */
  readonly built: string
  readonly journal: string
  readonly environment?: Readonly<Record<string, string>>
}

/** `stackbridge serve` as a process that can be killed and started again, at the same address. */
export class BridgeServer {
  readonly #options: BridgeServerOptions
  readonly #port: number
  readonly #output: string[] = []
  #child: ChildProcess | undefined

  private constructor(options: BridgeServerOptions, port: number) {
    this.#options = options
    this.#port = port
  }

  static async start(options: BridgeServerOptions): Promise<BridgeServer> {
    for (let tries = 1; ; tries += 1) {
      const server = new BridgeServer(options, await freePort())
      try {
        await server.start()
        return server
      } catch (cause) {
        await server.close()
        // Another process may have taken the port meanwhile.
        if (tries === 3 || !server.output.includes('EADDRINUSE'))
          throw new Error(`the server did not start: ${server.output}`, { cause })
      }
    }
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.#port)}`
  }

  /** The output of all its processes. */
  get output(): string {
    return this.#output.join('')
  }

  /** The lines of its log with this message. */
  logged(message: string): readonly Record<string, unknown>[] {
    return this.output
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line): Record<string, unknown> => JSON.parse(line))
      .filter(({ msg }) => msg === message)
  }

  async start(): Promise<void> {
    const { built, journal, environment = {} } = this.#options
    const before = this.logged('the server is listening').length
    const child = spawn(process.execPath, [join(built, 'cli.mjs'), 'serve'], {
      env: {
        STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true',
        STACKBRIDGE_POLL_MIN_MS: '200',
        STACKBRIDGE_LISTEN: `127.0.0.1:${String(this.#port)}`,
        STACKBRIDGE_JOURNAL: journal,
        ...environment,
      },
    })
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => this.#output.push(chunk.toString()))
    this.#child = child
    const hasStarted = () => this.logged('the server is listening').length > before
    await expect.poll(() => hasStarted() || child.exitCode !== null).toBe(true)
    expect(hasStarted()).toBe(true)
  }

  /** Resolves with the exit code, or `null` if it was killed. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    const child = this.#child
    if (child?.exitCode !== null || child.signalCode !== null) return null
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
    child.kill(signal)
    return ended
  }

  async close(): Promise<void> {
    await this.end('SIGKILL')
  }

  post(path: string, body: Uint8Array): Promise<Response> {
    const headers = { 'content-type': 'application/json' }
    return fetch(`${this.url}${path}`, { method: 'POST', headers, body: Buffer.from(body) })
  }

  /** As ROS sends an idempotent request: again after a network error or a 500. */
  async send(event: Uint8Array): Promise<void> {
    const send = () =>
      this.post('/ros', event).then(
        ({ status }) => status,
        () => undefined,
      )
    await expect.poll(send, { interval: 100 }).toBe(202)
  }
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new TypeError('no port')
  return address.port
}
