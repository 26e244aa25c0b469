import type { Axis } from '../report/plot.ts'
import type { Aim, Table } from '../report/section.ts'

/** The figures of one run. */
export interface Sample {
  readonly operations: number
  readonly answersPerSecond: number
  readonly cpuMsPerOperation: number
  readonly calls: number
  /** Resident memory while all operations wait. */
  readonly memoryMb: number
  /** Heap in use at that time, after a garbage collection; measured for the bridge only. */
  readonly heapMb?: number
  readonly loopMedianMs?: number
  readonly loopWorstMs?: number
}

export function aimsOf(bridge: readonly Sample[]): readonly Aim[] {
  const many = bridge.filter(({ operations }) => operations >= 100)
  const kb = heapKbPerOperation(many)
  // Per call: with more operations it takes longer until all have started, and the first ones are polled more often.
  const cpu = many.map((one) => (one.cpuMsPerOperation * one.operations) / one.calls)
  // A decrease is not a failure: calls get cheaper once the code is optimized.
  const growth = Math.max(...cpu.map((ms, index) => ms / Math.min(...cpu.slice(0, index + 1))))
  return [
    {
      aim: 'less than 20 KB for a waiting operation',
      measured: `${kb.toFixed(1)} KB each, from ${MEMORY_RANGE} operations`,
      met: kb < 20,
      why: WHERE_MEMORY_GOES,
    },
    {
      aim: 'CPU time per call: at most 1.5 times as much for 2,000 operations as for 100',
      measured: `${Math.min(...cpu).toFixed(1)} to ${Math.max(...cpu).toFixed(1)} ms per call to the cloud: at most ${growth.toFixed(2)} times`,
      met: growth <= 1.5,
      why: 'The start and the answer of an operation cost more than a poll, and the number of polls depends on the time until all have started: see the table. On a busy machine the figure varies.',
    },
  ]
}

const MEMORY_RANGE = '500 to 2,000'
const WHERE_MEMORY_GOES =
  'Events with the same keys share one client of the AWS SDK; one per event took 24 KB more. The template is released once the stack has begun. The rest is mainly about forty pending promises of calls that wait for one another, with their closures and asynchronous contexts (by which a crash is attributed to its event), then the logger, and the forms in which the secrets of an event are masked.'

/** The difference between 2,000 and 500 operations, so that shared memory, mainly compiled code, does not count. */
function heapKbPerOperation(samples: readonly Sample[]): number {
  const [few, most] = [samples.find(({ operations }) => operations === 500), samples.at(-1)]
  if (few?.heapMb === undefined || most?.heapMb === undefined) return Number.NaN
  return ((most.heapMb - few.heapMb) * 1024) / (most.operations - few.operations)
}

export function bridgeTable(samples: readonly Sample[]): Table {
  return {
    caption: 'The bridge',
    head: [
      'operations at once',
      'answers per second',
      'CPU time per operation',
      'calls per operation',
      'heap',
      'resident',
      'event loop delay: median, worst',
    ],
    rows: samples.map((one) => [
      String(one.operations),
      one.answersPerSecond.toFixed(0),
      `${one.cpuMsPerOperation.toFixed(1)} ms`,
      (one.calls / (one.operations + 1)).toFixed(1),
      `${(one.heapMb ?? Number.NaN).toFixed(1)} MB`,
      `${one.memoryMb.toFixed(0)} MB`,
      `${(one.loopMedianMs ?? Number.NaN).toFixed(1)} ms, ${(one.loopWorstMs ?? Number.NaN).toFixed(0)} ms`,
    ]),
  }
}

export function articleTable(samples: readonly Sample[]): Table {
  return {
    caption: "The article's function, one thread per call",
    head: [
      'operations at once',
      'answers per second',
      'CPU time per operation',
      'calls per operation',
      'resident',
    ],
    rows: samples.map((one) => [
      String(one.operations),
      one.answersPerSecond.toFixed(0),
      `${one.cpuMsPerOperation.toFixed(1)} ms`,
      (one.calls / one.operations).toFixed(1),
      `${one.memoryMb.toFixed(0)} MB`,
    ]),
  }
}

export const OPERATIONS_AXIS: Axis = {
  label: 'operations at once',
  scale: 'log',
  ticks: [1, 10, 100, 1000, 2000].map((value) => [value, String(value)]),
}
