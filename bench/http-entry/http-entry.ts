import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { circumstances } from '../circumstances.ts'
import { processFigures } from '../process-figures.ts'
import { quantile } from '../statistics.ts'
import { ATTACKS, type Attack } from './attacks.ts'

/**
 * Measures `stackbridge serve` under load from senders without a token: the duration of GET /healthz during each load, and the
 * memory and CPU time of the server's process. The first line is without a load, for comparison. Exits with 1 if a figure is
 * above its target.
 *
 * `npm run bench:http`
 */

const TARGET_P99_MS = 100
const TARGET_GROWTH_MB = 64
/** When a load is aborted that does not end by itself; longer than the server's own time limits. */
const LONGEST_MS = 20_000
const SHORTEST_MS = 3000

const PROOFS = {
  'a bearer token': { STACKBRIDGE_BEARER_TOKEN: 'a-bearer-token-of-no-value' },
  'a SignKey': {
    STACKBRIDGE_SIGN_KEY: 'a-sign-key-of-no-value',
    STACKBRIDGE_PUBLIC_URL: 'https://bridge.example.com',
  },
}

const startedAt = performance.now()
console.log(
  `${'proof'.padEnd(15)} ${'load'.padEnd(53)} ${'p99'.padStart(8)} ${'longest'.padStart(9)} ${'growth'.padStart(8)} ${'its CPU'.padStart(9)}`,
)
for (const [proof, environment] of Object.entries(PROOFS))
  for (const attack of ATTACKS) {
    const { p99, longest, growthMb, cpuMs } = await measure(attack, environment)
    const isMet = p99 <= TARGET_P99_MS && growthMb <= TARGET_GROWTH_MB
    if (!isMet) process.exitCode = 1
    console.log(
      `${proof.padEnd(15)} ${attack.name.padEnd(53)} ${p99.toFixed(0).padStart(5)} ms ${longest.toFixed(0).padStart(6)} ms ${growthMb.toFixed(0).padStart(5)} MB ${cpuMs.toFixed(0).padStart(6)} ms${isMet ? '' : '  above the target'}`,
    )
  }
console.log(`targets: p99 at most ${String(TARGET_P99_MS)} ms, growth at most ${String(TARGET_GROWTH_MB)} MB`)
for (const line of circumstances(performance.now() - startedAt).slice(0, 2)) console.log(line)

async function measure(attack: Attack, environment: Readonly<Record<string, string>>) {
  const journal = await mkdtemp(join(tmpdir(), 'stackbridge-http-'))
  const port = await freePort()
  const server = spawn(process.execPath, ['dist/cli.mjs', 'serve'], {
    env: {
      ...environment,
      STACKBRIDGE_LISTEN: `127.0.0.1:${String(port)}`,
      STACKBRIDGE_JOURNAL: journal,
      STACKBRIDGE_LOG_LEVEL: 'error',
    },
    stdio: 'inherit',
  })
  try {
    await listening(port)
    return await figures(attack, port, server)
  } finally {
    server.kill('SIGKILL')
    await rm(journal, { recursive: true, force: true })
  }
}

async function figures(attack: Attack, port: number, { pid = 0 }: ChildProcess) {
  const prober = spawn(process.execPath, ['bench/http-entry/prober.mjs', String(port)])
  const printed: Buffer[] = []
  prober.stdout.on('data', (chunk: Buffer) => printed.push(chunk))
  const ended = once(prober, 'close')
  await once(prober.stderr, 'data')
  const before = processFigures(pid)
  const over = new AbortController()
  const limit = setTimeout(() => {
    over.abort()
  }, LONGEST_MS)
  await Promise.all([attack.run(port, over.signal), delay(SHORTEST_MS)])
  clearTimeout(limit)
  prober.stdin.end()
  await ended
  const waits = Buffer.concat(printed).toString().split(' ').map(Number)
  const after = processFigures(pid)
  return {
    p99: quantile(waits, 0.99),
    longest: Math.max(...waits),
    growthMb: after.peakMemoryMb - before.memoryMb,
    cpuMs: after.cpuMs - before.cpuMs,
  }
}

async function listening(port: number): Promise<void> {
  const giveUpAt = performance.now() + 15_000
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${String(port)}/healthz`).catch(() => undefined)
    if (answer?.ok === true) return
    if (performance.now() > giveUpAt) throw new Error('The server does not start')
    await delay(100)
  }
}

function freePort(): Promise<number> {
  const server = createServer()
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (address === null || typeof address === 'string') throw new TypeError('The server has no port')
      server.close(() => {
        resolve(address.port)
      })
    })
  })
}
