import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { ServerFigures } from './messages.ts'

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

/** A `stackbridge serve` with its own journal, and with a probe for its figures. */
export interface ServerProcess {
  readonly pid: number
  readonly url: string
  readonly token: string
  /** The number of events that it has started. */
  begun(): number
  /** Since the last call. `collects`: after a garbage collection. */
  figures(collects?: boolean): Promise<ServerFigures>
  stop(): Promise<void>
}

const TOKEN = 'a-token-of-no-value-for-a-benchmark'
const ENVIRONMENT = {
  PATH: '/usr/bin:/bin',
  HOME: '/nonexistent',
  STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true',
  STACKBRIDGE_BEARER_TOKEN: TOKEN,
}

export async function startServerProcess(
  environment: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const journal = await mkdtemp(join(tmpdir(), 'stackbridge-bench-'))
  const child = spawn(
    process.execPath,
    [
      ...['--expose-gc', '--import', here('probe.mjs'), here('../../dist/cli.mjs')],
      ...['serve', '--listen', '127.0.0.1:0', '--journal', journal],
    ],
    { stdio: ['ignore', 'pipe', 'inherit', 'ipc'], env: { ...ENVIRONMENT, ...environment } },
  )
  const ended = new Promise<void>((resolve) => child.once('exit', () => void resolve()))
  const log = await readLog(child)
  return {
    pid: child.pid ?? 0,
    url: log.url,
    token: TOKEN,
    begun: log.begun,
    figures(collects = false) {
      const figures = new Promise<ServerFigures>((resolve) => child.once('message', resolve))
      child.send({ collects })
      return figures
    },
    async stop() {
      child.kill('SIGKILL')
      await ended
      await rm(journal, { recursive: true, force: true })
    },
  }
}

/** Resolves when the server listens. */
function readLog(child: ChildProcess): Promise<{ readonly url: string; readonly begun: () => number }> {
  return new Promise((resolve, reject) => {
    child.once('exit', () => void reject(new Error('the server ended early')))
    if (child.stdout === null) throw new TypeError('the server has no standard output')
    let begun = 0
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.includes('"msg":"an event has arrived"')) begun += 1
      const [, url] = /"url":"([^"]+)".*"msg":"the server is listening"/.exec(line) ?? []
      if (url !== undefined) resolve({ url, begun: () => begun })
    })
  })
}
