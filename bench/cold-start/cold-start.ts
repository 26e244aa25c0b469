import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { listen } from '../../src/sandbox/loopback-server.ts'
import { processFigures } from '../process-figures.ts'
import type { Aim, Section } from '../report/section.ts'
import { median, spread } from '../statistics.ts'

/**
 * The time from the start of a process to its first request to the cloud, measured by the listener that receives it; with the
 * CPU time until then, and the peak memory. Compared with the article's Python function and both bare interpreters. The
 * subjects run in turn, so that the load of the machine affects all of them.
 *
 * `npm run bench -- cold-start` (the Python function needs Debian's python3-boto3)
 */

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url))
const ROUNDS = 21

interface Subject {
  readonly name: string
  readonly command: readonly [string, ...string[]]
  readonly event?: (url: string) => object
}

const base = {
  RequestType: 'Create',
  RequestId: 'request',
  StackId: 'stack',
  StackName: 'stack',
  LogicalResourceId: 'Resource',
}
const awsEvent = (url: string): object => ({
  ...base,
  ResponseURL: url,
  ResourceType: 'Custom::AwsCloudFormationStack',
  ResourceProperties: {
    AccessKeyId: 'AKIABENCHBENCHBENCH0',
    AccessKeySecret: 'secret',
    RegionId: 'us-east-1',
    Endpoint: url,
    Stack: { Name: 'bench', Template: '{"Resources":{}}', Parameters: {} },
  },
})
const heatEvent = (url: string): object => ({
  ...base,
  ResponseURL: url,
  ResourceType: 'Custom::HeatStack',
  ResourceProperties: {
    Auth: { AuthUrl: `${url}/v3`, Username: 'u', Password: 'password', ProjectName: 'p' },
    Stack: { Template: 'heat_template_version: 2018-08-31' },
  },
})

const AWS = 'the bridge, AWS'
const HEAT = 'the bridge, Heat'
const ARTICLE = 'the article (Python, boto3)'

const SUBJECTS: readonly Subject[] = [
  { name: 'bare Node', command: [process.execPath, here('bare.mjs')] },
  { name: HEAT, command: [process.execPath, here('runner.mjs')], event: heatEvent },
  { name: AWS, command: [process.execPath, here('runner.mjs')], event: awsEvent },
  { name: 'bare Python', command: ['/usr/bin/python3', here('bare.py')] },
  { name: ARTICLE, command: ['/usr/bin/python3', here('article.py')], event: awsEvent },
]

interface Sample {
  readonly wallMs: number
  readonly cpuMs: number
  readonly peakMb: number
}

async function measure({ command: [program, ...args], event }: Subject): Promise<Sample> {
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
      BENCH_ENTRY: here('../../dist/function/index.mjs'),
      ...(event === undefined ? {} : { BENCH_EVENT: JSON.stringify(event(url)) }),
    },
  })
  const failed = new Promise<never>((_, reject) => {
    child.once('exit', (code) => {
      reject(new Error(`${args.join(' ')} ended with ${String(code)} before its first request`))
    })
  })
  const wallMs = (await Promise.race([arrival, failed])) - startedAt
  const { cpuMs, peakMemoryMb } = processFigures(child.pid ?? 0)
  const sample = { wallMs, cpuMs, peakMb: peakMemoryMb }
  failed.catch(() => undefined)
  child.kill('SIGKILL')
  await listening.close()
  return sample
}

export async function measureColdStart(): Promise<Section> {
  const samples = new Map<string, Sample[]>(SUBJECTS.map(({ name }) => [name, []]))
  for (let round = -1; round < ROUNDS; round += 1)
    for (const subject of SUBJECTS) {
      const sample = await measure(subject)
      // The first round fills the page cache and is not counted.
      if (round >= 0) samples.get(subject.name)?.push(sample)
    }
  const of = (name: string, field: keyof Sample): number[] =>
    (samples.get(name) ?? []).map((sample) => sample[field])
  const above = (name: string, bare: string): number =>
    median(of(name, 'wallMs')) - median(of(bare, 'wallMs'))
  const article = above(ARTICLE, 'bare Python')
  const cpuAbove = (name: string): number => median(of(name, 'cpuMs')) - median(of('bare Node', 'cpuMs'))
  const aims = [
    { name: AWS, mostMs: 40, mostShare: 0.4 },
    { name: HEAT, mostMs: 15, mostShare: 0.15 },
  ].flatMap(({ name, mostMs, mostShare }): Aim[] => {
    const ours = above(name, 'bare Node')
    return [
      {
        aim: `${name}: within ${String(mostMs)} ms of bare Node`,
        measured: `${ours.toFixed(0)} ms; ${cpuAbove(name).toFixed(0)} ms of CPU time`,
        met: ours <= mostMs,
        why: WHERE_IT_GOES,
      },
      {
        aim: `${name}: at most ${String(mostShare)} of the article’s time above bare Python`,
        measured: `${(ours / article).toFixed(2)} of ${article.toFixed(0)} ms`,
        met: ours / article <= mostShare,
        why: 'The cause is the same.',
      },
    ]
  })
  return {
    title: 'Cold start',
    paragraphs: [
      `The time from the start of a process to its first request to the cloud, measured by the listener on loopback that receives it, with CPU time and peak memory until then. Medians of ${String(ROUNDS)} starts, quartiles in brackets; the programs run in turn. Bare Node and bare Python send one request without a library.`,
    ],
    aims,
    tables: [
      {
        caption: 'From the start of the process to the first request on the wire',
        head: ['', 'first request, ms', 'CPU time, ms', 'peak memory, MB'],
        rows: SUBJECTS.map(({ name }) => [
          name,
          spread(of(name, 'wallMs')),
          spread(of(name, 'cpuMs')),
          median(of(name, 'peakMb')).toFixed(0),
        ]),
      },
    ],
    plots: {},
  }
}

const WHERE_IT_GOES =
  'All of it is CPU time to load code: about 10 ms for modules of Node that bare Node does not use (https, tls, crypto, zlib), 20 to 25 ms for the entry with pino and valibot, then 17 ms for the AWS SDK, or 3 ms for the Heat provider and 18 ms for undici. Removing HTTP/2 from undici and worker threads from pino made no measurable difference. V8’s compile cache is not in Node 20. The largest gain would be Node’s own HTTP client instead of undici.'
