import { setTimeout as delay } from 'node:timers/promises'
import { startSandboxMns } from '../../src/sandbox/mns/server.ts'
import { processFigures } from '../process-figures.ts'
import type { Aim, Section, Table } from '../report/section.ts'
import { startClouds, type Clouds } from './clouds.ts'
import { createEvent, sendAll } from './events.ts'
import { startServerProcess, type ServerProcess } from './server-process.ts'

const MOST_LATE_MS = 200
const MOST_RESIDENT_MB = 700
const WAITING = [
  { name: 'a small template', bytes: 0, mostKb: 30 },
  { name: 'a template of 40 KB', bytes: 40 * 1024, mostKb: 45 },
]
const STEADY_MS = 8000

/** The number of events that each part sends. */
export interface ServeSizes {
  readonly bursts: readonly number[]
  readonly waiting: number
  readonly shared: number
}

const SIZES: ServeSizes = { bursts: [1000, 5000, 10_000], waiting: 1000, shared: 2000 }

interface Burst {
  readonly events: number
  readonly takenS: number
  readonly begunS: number
  readonly answeredS: number
  readonly failed: number
  readonly repeated: number
  readonly calls: number
  readonly loopWorstMs: number
  readonly cpuWorstMs: number
  readonly peakMb: number
}

interface Waiting {
  readonly name: string
  readonly mostKb: number
  readonly kb: number
}

interface Shared {
  readonly events: number
  readonly begun: readonly number[]
  readonly failed: number
  readonly repeated: number
}

/** `stackbridge serve` with its journal: bursts of events, the memory of waiting operations, and two servers on one queue. */
export async function measureServe(sizes: ServeSizes = SIZES): Promise<Section> {
  const measured: Burst[] = []
  for (const events of sizes.bursts) measured.push(await inClouds((clouds) => burst(events, clouds)))
  const waiting: Waiting[] = []
  for (const one of WAITING) waiting.push(await inClouds((clouds) => memoryOf(one, sizes.waiting, clouds)))
  const shared = await inClouds((clouds) => shareQueue(sizes.shared, clouds))
  return {
    title: 'The server',
    paragraphs: [
      '`stackbridge serve` with its journal on a disk; CloudFormation, the ResponseURL and the sender are in other processes. All events are sent at once, over 64 connections. Then all stacks are in progress, and are polled; then all of them complete at one moment. _Late_ is the worst delay of the event loop from the first event to the last answer; the part of it that was CPU time of the server itself is in brackets, since the processes share the cores. _Resident_ is the peak.',
      `The memory of a waiting operation is the difference of the heap in use, after a garbage collection, between none and ${String(sizes.waiting)} operations, all of which wait for their next poll.`,
      `Two servers, each with a journal of its own, poll one queue of ${String(sizes.shared)} events.`,
    ],
    aims: [...measured.slice(-1).map(burstAim), ...waiting.map(waitingAim), sharedAim(shared)],
    tables: [burstTable(measured), waitingTable(waiting)],
    plots: {},
  }
}

async function inClouds<T>(measure: (clouds: Clouds) => Promise<T>): Promise<T> {
  const clouds = await startClouds()
  try {
    return await measure(clouds)
  } finally {
    clouds.stop()
  }
}

async function burst(events: number, clouds: Clouds): Promise<Burst> {
  const server = await startServerProcess()
  try {
    await warmUp(server, clouds)
    const from = performance.now()
    const seconds = (): number => (performance.now() - from) / 1000
    await sendAll(eventsFor(clouds, 1, events), server)
    const takenS = seconds()
    await clouds.started(events + 1)
    const begunS = seconds()
    const { seconds: answeredS, failed, repeated, calls } = await clouds.settle(events + 1)
    const { loopWorstMs, cpuWorstMs } = await server.figures()
    const { peakMemoryMb: peakMb } = processFigures(server.pid)
    return { events, takenS, begunS, answeredS, failed, repeated, calls, loopWorstMs, cpuWorstMs, peakMb }
  } finally {
    await server.stop()
  }
}

async function memoryOf(
  { name, bytes, mostKb }: (typeof WAITING)[number],
  operations: number,
  clouds: Clouds,
): Promise<Waiting> {
  // Polls are rare, so that only waiting operations are in memory when it is measured.
  const server = await startServerProcess({
    STACKBRIDGE_POLL_MIN_MS: '60000',
    STACKBRIDGE_POLL_MAX_MS: '600000',
  })
  try {
    await warmUp(server, clouds)
    const before = await server.figures(true)
    await sendAll(eventsFor(clouds, 1, operations, bytes), server)
    await clouds.started(operations + 1)
    await delay(STEADY_MS)
    const after = await server.figures(true)
    return { name, mostKb, kb: (after.heap - before.heap) / 1024 / operations }
  } finally {
    await server.stop()
  }
}

async function shareQueue(events: number, clouds: Clouds): Promise<Shared> {
  const mns = await startSandboxMns()
  const environment = {
    STACKBRIDGE_QUEUE: mns.queueUrl,
    ALIBABA_CLOUD_ACCESS_KEY_ID: mns.credentials.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: mns.credentials.accessKeySecret,
  }
  const servers = await Promise.all([startServerProcess(environment), startServerProcess(environment)])
  try {
    for (const event of eventsFor(clouds, 0, events)) mns.send(event)
    await clouds.started(events)
    const { failed, repeated } = await clouds.settle(events)
    return { events, begun: servers.map((server) => server.begun()), failed, repeated }
  } finally {
    await Promise.all(servers.map((server) => server.stop()))
    await mns.close()
  }
}

/** The first operation loads the code that all operations share. */
async function warmUp(server: ServerProcess, clouds: Clouds): Promise<void> {
  await sendAll(eventsFor(clouds, 0, 1), server)
  await clouds.started(1)
  await delay(STEADY_MS / 4)
  await server.figures(true)
}

function* eventsFor({ ready }: Clouds, from: number, count: number, templateBytes = 0): Generator<string> {
  for (let index = from; index < from + count; index += 1) yield createEvent(index, ready, templateBytes)
}

function burstAim({ events, failed, repeated, loopWorstMs, cpuWorstMs, peakMb }: Burst): Aim {
  return {
    aim: `${events.toLocaleString('en')} events at once: all answered right and once, the event loop at most ${String(MOST_LATE_MS)} ms late, less than ${String(MOST_RESIDENT_MB)} MB resident`,
    measured: `${String(failed)} wrong, ${String(repeated)} repeated; ${late(loopWorstMs, cpuWorstMs)} late; ${peakMb.toFixed(0)} MB`,
    met: failed === 0 && repeated === 0 && loopWorstMs <= MOST_LATE_MS && peakMb < MOST_RESIDENT_MB,
    why: 'On a busy machine the delay includes the time that other processes used; the part in brackets is CPU time of the server itself.',
  }
}

function waitingAim({ name, kb, mostKb }: Waiting): Aim {
  return {
    aim: `a waiting operation with ${name}: at most ${String(mostKb)} KB`,
    measured: `${kb.toFixed(1)} KB`,
    met: kb <= mostKb,
    why: `It is ${(kb - mostKb).toFixed(1)} KB too much. The template is released once the stack has begun; the rest is promises, closures and the asynchronous contexts of the calls that wait, the logger, and the forms in which secrets are masked.`,
  }
}

function sharedAim({ events, begun, failed, repeated }: Shared): Aim {
  return {
    aim: `two servers on one queue share ${events.toLocaleString('en')} events, and answer each once`,
    measured: `${begun.map(String).join(' and ')} events; ${String(failed)} wrong, ${String(repeated)} repeated answers`,
    met: failed === 0 && repeated === 0 && begun.every((count) => count > events / 10),
    why: 'A message that its server does not hide again within a minute, as on a machine that is too busy, comes to the other server too. That one finds the stack of this very event, and gives the same answer.',
  }
}

function burstTable(bursts: readonly Burst[]): Table {
  return {
    caption: 'Events at once in one process',
    head: [
      ...['events', 'all taken', 'all begun', 'all answered, after the stacks completed'],
      ...['calls to the cloud', 'event loop late', 'resident'],
    ],
    rows: bursts.map((one) => [
      one.events.toLocaleString('en'),
      `${one.takenS.toFixed(0)} s`,
      `${one.begunS.toFixed(0)} s`,
      `${one.answeredS.toFixed(0)} s`,
      one.calls.toLocaleString('en'),
      late(one.loopWorstMs, one.cpuWorstMs),
      `${one.peakMb.toFixed(0)} MB`,
    ]),
  }
}

function waitingTable(waiting: readonly Waiting[]): Table {
  return {
    caption: 'The memory of a waiting operation',
    head: ['operation', 'heap'],
    rows: waiting.map(({ name, kb }) => [name, `${kb.toFixed(1)} KB`]),
  }
}

function late(loopMs: number, cpuMs: number): string {
  return `${loopMs.toFixed(0)} (${cpuMs.toFixed(0)}) ms`
}
