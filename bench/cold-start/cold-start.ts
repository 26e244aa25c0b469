import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { listen } from '../../src/sandbox/loopback-server.ts'

/**
 * How long a new instance takes from the start of its process to its first request to the cloud, taken by the listener
 * that the request arrives at; with the CPU time until then, and the memory. Against the article's Python function and the
 * two bare interpreters, in turn, so that they meet the same machine.
 *
 * `npm run bench:cold-start` (after `npm run build`; the Python function needs Debian's python3-boto3)
 */

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url))
const rounds = Number(process.argv[2] ?? 15)

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

const subjects: readonly Subject[] = [
  { name: 'bare Node', command: [process.execPath, here('bare.mjs')] },
  { name: 'Stackbridge, Heat', command: [process.execPath, here('runner.mjs')], event: heatEvent },
  { name: 'Stackbridge, AWS', command: [process.execPath, here('runner.mjs')], event: awsEvent },
  { name: 'bare Python', command: ['/usr/bin/python3', here('bare.py')] },
  { name: 'the article (Python, boto3)', command: ['/usr/bin/python3', here('article.py')], event: awsEvent },
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
  const begun = performance.now()
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
  const wallMs = (await Promise.race([arrival, failed])) - begun
  const sample = { wallMs, ...usageOf(child.pid ?? 0) }
  failed.catch(() => undefined)
  child.kill('SIGKILL')
  await listening.close()
  return sample
}

/** https://www.kernel.org/doc/html/latest/filesystems/proc.html: nanoseconds on a CPU, by thread; the peak of its memory. */
function usageOf(pid: number): Omit<Sample, 'wallMs'> {
  const root = `/proc/${String(pid)}`
  const onCpu = readdirSync(`${root}/task`).map((task) => {
    const [ns] = readFileSync(`${root}/task/${task}/schedstat`, 'utf8').split(' ')
    return Number(ns)
  })
  const [, peakKb] = /VmHWM:\s+(\d+)/.exec(readFileSync(`${root}/status`, 'utf8')) ?? []
  return { cpuMs: onCpu.reduce((sum, ns) => sum + ns, 0) / 1e6, peakMb: Number(peakKb) / 1024 }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

const samples = new Map<string, Sample[]>(subjects.map(({ name }) => [name, []]))
for (let round = -1; round < rounds; round += 1)
  for (const subject of subjects) {
    const sample = await measure(subject)
    // The first round warms the page cache for all of them alike.
    if (round >= 0) samples.get(subject.name)?.push(sample)
  }

const medianOf = (name: string, of: keyof Sample): number =>
  quantile(
    (samples.get(name) ?? []).map((sample) => sample[of]),
    0.5,
  )

console.log(`median of ${String(rounds)} starts (quartiles); Node ${process.version}`)
console.log(
  `${''.padEnd(30)}${'first request, ms'.padStart(24)}${'CPU, ms'.padStart(10)}${'peak, MB'.padStart(10)}`,
)
for (const { name } of subjects) {
  const wall = (samples.get(name) ?? []).map(({ wallMs }) => wallMs)
  const spread = `${quantile(wall, 0.5).toFixed(0)} (${quantile(wall, 0.25).toFixed(0)} to ${quantile(wall, 0.75).toFixed(0)})`
  const cpu = medianOf(name, 'cpuMs').toFixed(0)
  console.log(
    `${name.padEnd(30)}${spread.padStart(24)}${cpu.padStart(10)}${medianOf(name, 'peakMb').toFixed(0).padStart(10)}`,
  )
}
const above = (name: string, bare: string): number => medianOf(name, 'wallMs') - medianOf(bare, 'wallMs')
const article = above('the article (Python, boto3)', 'bare Python')
for (const name of ['Stackbridge, AWS', 'Stackbridge, Heat']) {
  const ours = above(name, 'bare Node')
  console.log(
    `${name}: ${ours.toFixed(0)} ms above bare Node, ${(ours / article).toFixed(2)} of the article's ${article.toFixed(0)} ms above bare Python`,
  )
}
