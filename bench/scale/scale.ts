import { spawn, type ChildProcess } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { cpuMsOf, processFigures } from '../process-figures.ts'
import { renderPlot } from '../report/plot.ts'
import type { Section } from '../report/section.ts'
import { createOf } from '../serve/events.ts'
import type { BridgeFigures, CloudsOrder, CloudsReport } from './messages.ts'
import { aimsOf, articleTable, bridgeTable, OPERATIONS_AXIS, type Sample } from './figures.ts'

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

const BRIDGE_OPERATIONS = [1, 10, 100, 500, 2000]
/** A boto3 session takes megabytes and a large part of a second: 2,000 would take longer than all other measurements. */
const ARTICLE_OPERATIONS = [1, 10, 100]
/** The poll interval; long enough that most operations wait at any moment. */
const INTERVAL_MS = 10_000
const STEADY_MS = 5000
/** The number of operations at once that other pages quote. */
const QUOTED_OPERATIONS = 100

/** Many operations at once in one process, with clouds in another. */
export async function measureScale(): Promise<Section> {
  const bridge: Sample[] = []
  for (const operations of BRIDGE_OPERATIONS) bridge.push(await inClouds(operations, runBridge))
  const article: Sample[] = []
  for (const operations of ARTICLE_OPERATIONS) article.push(await inClouds(operations, runArticle))
  return {
    title: 'Scale',
    paragraphs: [
      `Create events at once in one process, polling every ${String(INTERVAL_MS / 1000)} s, without hand-off. CloudFormation and the ResponseURL are in another process. ${String(STEADY_MS / 1000)} s after all stacks have started, memory is read while all operations wait. Then all stacks complete at one moment. _Answers per second_ counts from that moment to the last answer, which includes up to ${String(INTERVAL_MS / 1000)} s of waiting for the next poll. _Heap_ is the heap in use after a garbage collection, with the part that all operations share. The event loop's delay is measured from the start to the last answer.`,
      "The article's function runs with one thread per call, in one process.",
    ],
    aims: aimsOf(bridge),
    tables: [bridgeTable(bridge), articleTable(article)],
    quoted: {
      memory: {
        bridgeMb: memoryOf(bridge, QUOTED_OPERATIONS),
        articleMb: memoryOf(article, QUOTED_OPERATIONS),
      },
    },
    plots: {
      scale: renderPlot({
        title: 'CPU time for an operation, by how many there are at once',
        x: OPERATIONS_AXIS,
        y: {
          label: 'milliseconds',
          scale: 'log',
          ticks: [3, 10, 30, 100, 300, 1000].map((v) => [v, String(v)]),
        },
        series: [
          {
            name: 'the bridge',
            as: 'line',
            points: bridge.map((one) => [one.operations, one.cpuMsPerOperation]),
          },
          {
            name: 'the article (threads)',
            as: 'line',
            points: article.map((one) => [one.operations, one.cpuMsPerOperation]),
          },
        ],
      }),
      'scale-memory': renderPlot({
        title: 'Resident memory while all operations wait',
        x: OPERATIONS_AXIS,
        y: { label: 'MB', scale: 'log', ticks: [30, 100, 300, 1000, 3000].map((v) => [v, String(v)]) },
        series: [
          { name: 'the bridge', as: 'line', points: bridge.map((one) => [one.operations, one.memoryMb]) },
          {
            name: 'the article (threads)',
            as: 'line',
            points: article.map((one) => [one.operations, one.memoryMb]),
          },
        ],
      }),
    },
  }
}

function memoryOf(samples: readonly Sample[], operations: number): number {
  return samples.find((one) => one.operations === operations)?.memoryMb ?? Number.NaN
}

interface Clouds {
  readonly events: readonly object[]
  order(order: CloudsOrder): void
  report<Kind extends CloudsReport['report']>(kind: Kind): Promise<Extract<CloudsReport, { report: Kind }>>
}

async function inClouds(
  operations: number,
  run: (operations: number, clouds: Clouds) => Promise<Sample>,
): Promise<Sample> {
  const child = spawn(process.execPath, ['--import', 'tsx', here('clouds-process.ts')], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const report: Clouds['report'] = (kind) =>
    new Promise((resolve, reject) => {
      const onMessage = (message: CloudsReport): void => {
        if (!isOf(message, kind)) return
        child.off('message', onMessage)
        resolve(message)
      }
      child.on('message', onMessage)
      child.once('exit', () => void reject(new Error('the process of the clouds ended early')))
    })
  try {
    const ready = await report('ready')
    return await run(operations, {
      events: Array.from({ length: operations + 1 }, (_, index) => eventOf(index, ready)),
      report,
      order: (order) => child.send(order),
    })
  } finally {
    child.kill('SIGKILL')
  }
}

function isOf<Kind extends CloudsReport['report']>(
  message: CloudsReport,
  kind: Kind,
): message is Extract<CloudsReport, { report: Kind }> {
  return message.report === kind
}

function eventOf(index: number, clouds: Extract<CloudsReport, { report: 'ready' }>): object {
  return createOf(index, clouds, {
    Name: `scale-${String(index)}`,
    Template: '{"Resources":{"Thing":{"Type":"Sandbox::Resource"}}}',
  })
}

const ENVIRONMENT = { PATH: '/usr/bin:/bin', HOME: '/nonexistent' }

async function runBridge(operations: number, clouds: Clouds): Promise<Sample> {
  const child = spawn(process.execPath, ['--expose-gc', here('bridge-process.mjs')], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...ENVIRONMENT,
      STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true',
      STACKBRIDGE_LOG_LEVEL: 'info',
      STACKBRIDGE_CONTINUATION: 'off',
      STACKBRIDGE_POLL_MIN_MS: String(INTERVAL_MS),
      BENCH_ENTRY: here('../../dist/function/index.mjs'),
    },
  })
  const pid = child.pid ?? 0
  const figures = async (): Promise<BridgeFigures> => {
    const said = nextMessage<BridgeFigures>(child)
    child.send({})
    return said
  }
  try {
    await nextMessage(child)
    // The first operation loads the code that all operations share.
    child.send({ events: clouds.events.slice(0, 1) })
    const first = clouds.report('started')
    clouds.order({ order: 'report-when-started', stacks: 1 })
    await first
    await delay(STEADY_MS)
    await figures()
    const cpuBefore = cpuMsOf(pid)
    child.send({ events: clouds.events.slice(1) })
    const started = clouds.report('started')
    clouds.order({ order: 'report-when-started', stacks: operations + 1 })
    await started
    await delay(STEADY_MS)
    const { memoryMb } = processFigures(pid)
    const waiting = await figures()
    const answered = clouds.report('answered')
    clouds.order({ order: 'settle', answers: operations + 1 })
    const { seconds, calls, failed } = await answered
    if (failed > 0) throw new Error(`${String(failed)} of ${String(operations)} answers were wrong`)
    return {
      operations,
      answersPerSecond: (operations + 1) / seconds,
      cpuMsPerOperation: (cpuMsOf(pid) - cpuBefore) / operations,
      calls,
      memoryMb,
      heapMb: waiting.heap / 2 ** 20,
      loopMedianMs: waiting.loopMedianMs,
      loopWorstMs: waiting.loopWorstMs,
    }
  } finally {
    child.kill('SIGKILL')
  }
}

function nextMessage<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once('message', (message: T) => void resolve(message))
    child.once('exit', () => void reject(new Error('the process of the bridge ended early')))
  })
}

async function runArticle(operations: number, clouds: Clouds): Promise<Sample> {
  const [event = {}] = clouds.events
  const endpoint = /"Endpoint":"([^"]+)"/.exec(JSON.stringify(event))?.[1] ?? ''
  const child = spawn('/usr/bin/python3', [here('article_threads.py')], {
    stdio: ['pipe', 'ignore', 'inherit'],
    env: { ...ENVIRONMENT, BENCH_URL: endpoint },
  })
  const pid = child.pid ?? 0
  try {
    const started = clouds.report('started')
    clouds.order({ order: 'report-when-started', stacks: operations })
    child.stdin.end(
      clouds.events
        .slice(0, operations)
        .map((one) => JSON.stringify(one))
        .join('\n'),
    )
    await started
    await delay(STEADY_MS)
    const { memoryMb } = processFigures(pid)
    const answered = clouds.report('answered')
    clouds.order({ order: 'settle', answers: operations })
    const cpuMs = cpuMsOf(pid)
    const { seconds, calls, failed } = await answered
    if (failed > 0) throw new Error(`${String(failed)} of ${String(operations)} answers were wrong`)
    return {
      operations,
      answersPerSecond: operations / seconds,
      cpuMsPerOperation: cpuMs / operations,
      calls,
      memoryMb,
    }
  } finally {
    child.kill('SIGKILL')
  }
}
