import { execFileSync } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hasNodeBinaries, NEWEST_NODE, nodeBinary } from '../../build/node-binary.ts'
import type { QuotedFigures } from '../report/quoted-figures.ts'
import type { Aim, Section, Table } from '../report/section.ts'
import { median, spread } from '../statistics.ts'
import { withCompileCache, type CachedFunction } from './compile-cache.ts'
import { measureStart, type Sample, type Start } from './start.ts'

/**
 * The time from the start of a process to its first request to the cloud, measured by the listener that receives it; with the
 * CPU time until then, and the peak memory. Compared with the article's Python function and both bare interpreters. The
 * subjects run in turn, so that the load of the machine affects all of them.
 *
 * `npm run bench -- cold-start` (the Python function needs Debian's python3-boto3). `BENCH_BEFORE=<file>`, the `index.mjs` of an
 * earlier build, compares with it. Also measures on the newest Node version of `build/node-binary.ts`, or on those that
 * `BENCH_NODES=<node>[:<node>…]` names, with a compile cache where Node has one.
 */

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url))
const ROUNDS = 21

const ENTRY = here('../../dist/function/index.mjs')

interface Subject extends Start {
  readonly name: string
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

const BARE = 'bare Node'

function bareOn(name: string, node: string): Subject {
  return { name, command: [node, here('bare.mjs')] }
}

function bridgeOn(node: string, entry = ENTRY): { readonly heat: Start; readonly aws: Start } {
  const start: Start = { command: [node, here('runner.mjs')], environment: { BENCH_ENTRY: entry } }
  return { heat: { ...start, event: heatEvent }, aws: { ...start, event: awsEvent } }
}

const ours = bridgeOn(process.execPath)
const SUBJECTS: readonly Subject[] = [
  bareOn(BARE, process.execPath),
  { name: HEAT, ...ours.heat },
  { name: AWS, ...ours.aws },
  { name: 'bare Python', command: ['/usr/bin/python3', here('bare.py')] },
  { name: ARTICLE, command: ['/usr/bin/python3', here('article.py')], event: awsEvent },
]

/** Each round runs all subjects once. The first round fills the page cache and is not counted. */
async function inTurn(subjects: readonly Subject[]): Promise<ReadonlyMap<string, readonly Sample[]>> {
  const samples = new Map<string, Sample[]>(subjects.map(({ name }) => [name, []]))
  for (let round = -1; round < ROUNDS; round += 1)
    for (const subject of subjects) {
      const sample = await measureStart(subject)
      if (round >= 0) samples.get(subject.name)?.push(sample)
    }
  return samples
}

function tableOf(caption: string, samples: ReadonlyMap<string, readonly Sample[]>): Table {
  return {
    caption,
    head: ['', 'first request, ms', 'CPU time, ms', 'peak memory, MB'],
    rows: [...samples].map(([name, all]) => [
      name,
      spread(all.map(({ wallMs }) => wallMs)),
      spread(all.map(({ cpuMs }) => cpuMs)),
      median(all.map(({ peakMb }) => peakMb)).toFixed(0),
    ]),
  }
}

/** Shares of the CPU time above bare Node, in pairs: each start against the start of the same round. */
async function againstBefore(
  before: string,
): Promise<{ readonly table: Table; readonly aims: readonly Aim[] }> {
  const earlier = bridgeOn(process.execPath, before)
  const samples = await inTurn([
    bareOn(BARE, process.execPath),
    { name: 'AWS before', ...earlier.aws },
    { name: 'AWS', ...ours.aws },
    { name: 'Heat before', ...earlier.heat },
    { name: 'Heat', ...ours.heat },
  ])
  const above = (name: string): number[] =>
    (samples.get(name) ?? []).map(({ cpuMs }, round) => cpuMs - (samples.get(BARE)?.[round]?.cpuMs ?? 0))
  const compared = MOST_SHARES.map(({ name, most }) => {
    const [then, now] = [above(`${name} before`), above(name)]
    return { name, most, then, now, share: median(now.map((ms, round) => ms / (then[round] ?? Number.NaN))) }
  })
  return {
    table: {
      caption: 'CPU time above bare Node until the first request, against an earlier build, in pairs',
      head: ['', 'before, ms', 'now, ms', 'share'],
      rows: compared.map(({ name, then, now, share }) => [name, spread(then), spread(now), share.toFixed(2)]),
    },
    aims: compared.map(({ name, most, share }) => ({
      aim: `${name}: at most ${String(most)} of the CPU time of the earlier build, above bare Node`,
      measured: share.toFixed(2),
      met: share <= most,
      why: WHERE_IT_GOES,
    })),
  }
}

/** Against the build before the work on the cold start, on Node 20. */
const MOST_SHARES = [
  { name: 'AWS', most: 0.58 },
  { name: 'Heat', most: 0.51 },
]

interface OtherNode {
  readonly table: Table
  readonly quoted: QuotedFigures['coldStart']['otherNodes'][number]
}

/** The binaries of other Node versions. */
async function otherNodes(): Promise<readonly string[]> {
  const { BENCH_NODES: named } = process.env
  if (named !== undefined) return named.split(':').filter(Boolean)
  return hasNodeBinaries ? [await nodeBinary(NEWEST_NODE)] : []
}

async function onOtherNodes(nodes: readonly string[]): Promise<OtherNode[]> {
  const measured: OtherNode[] = []
  for (const node of nodes) measured.push(await onOtherNode(node))
  return measured
}

async function onOtherNode(node: string): Promise<OtherNode> {
  const ask = (expression: string): string =>
    execFileSync(node, ['-p', expression], { encoding: 'utf8' }).trim()
  const { aws, heat } = bridgeOn(node)
  const hasCache = ask("typeof require('node:module').enableCompileCache") === 'function'
  const cache: CachedFunction | undefined = hasCache
    ? await withCompileCache(dirname(ENTRY), [aws, heat])
    : undefined
  const cached =
    cache === undefined
      ? []
      : [
          { name: `${AWS}, compile cache`, ...cache.cached(aws) },
          { name: `${HEAT}, compile cache`, ...cache.cached(heat) },
        ]
  const subjects = [bareOn(BARE, node), { name: HEAT, ...heat }, { name: AWS, ...aws }, ...cached]
  const samples = await inTurn(subjects)
  await cache?.remove()
  const version = ask('process.versions.node')
  const bridge = samples.get(AWS) ?? []
  return {
    table: tableOf(`On Node ${version}`, samples),
    quoted: { node: version, bridgeMs: median(bridge.map(({ wallMs }) => wallMs)) },
  }
}

export async function measureColdStart(): Promise<Section> {
  const { BENCH_BEFORE: before } = process.env
  const samples = await inTurn(SUBJECTS)
  const of = (name: string, field: keyof Sample): number[] =>
    (samples.get(name) ?? []).map((sample) => sample[field])
  const above = (name: string, bare: string): number =>
    median(of(name, 'wallMs')) - median(of(bare, 'wallMs'))
  const article = above(ARTICLE, 'bare Python')
  const cpuAbove = (name: string): number => median(of(name, 'cpuMs')) - median(of('bare Node', 'cpuMs'))
  const aims = [
    { name: AWS, mostMs: 40, mostShare: 0.4, why: WHERE_IT_GOES },
    { name: HEAT, mostMs: 15, mostShare: 0.15, why: WHERE_HEAT_GOES },
  ].flatMap(({ name, mostMs, mostShare, why }): Aim[] => {
    const ours = above(name, 'bare Node')
    return [
      {
        aim: `${name}: within ${String(mostMs)} ms of bare Node`,
        measured: `${ours.toFixed(0)} ms; ${cpuAbove(name).toFixed(0)} ms of CPU time`,
        met: ours <= mostMs,
        why,
      },
      {
        aim: `${name}: at most ${String(mostShare)} of the article's time above bare Python`,
        measured: `${(ours / article).toFixed(2)} of ${article.toFixed(0)} ms`,
        met: ours / article <= mostShare,
        why: 'The cause is the same.',
      },
    ]
  })
  const compared = before === undefined ? undefined : await againstBefore(before)
  const others = await onOtherNodes(await otherNodes())
  return {
    title: 'Cold start',
    paragraphs: [
      `The time from the start of a process to its first request to the cloud, measured by the listener on loopback that receives it, with CPU time and peak memory until then. Medians of ${String(ROUNDS)} starts, quartiles in brackets; the programs run in turn. Bare Node and bare Python send one request without a library.`,
    ],
    aims: [...aims, ...(compared?.aims ?? [])],
    tables: [
      tableOf('From the start of the process to the first request on the wire', samples),
      ...(compared === undefined ? [] : [compared.table]),
      ...others.map(({ table }) => table),
    ],
    plots: {},
    quoted: {
      coldStart: {
        articleMs: median(of(ARTICLE, 'wallMs')),
        bridgeMs: median(of(AWS, 'wallMs')),
        otherNodes: others.map(({ quoted }) => quoted),
      },
    },
  }
}

const WHERE_IT_GOES =
  'It is CPU time to load and compile code: modules of Node that bare Node does not use (https, tls, crypto, zlib), the bridge with pino and valibot, then the AWS SDK, or undici for Heat. What else was measured and left out, such as a code cache and CommonJS, is in docs/architecture.md.'
const WHERE_HEAT_GOES = `${WHERE_IT_GOES} 15 ms cannot be reached with undici and pino: loaded alone, with the modules of Node that they need, they took 53 ms where the function took 117 (Node 20, medians of 21 starts).`
