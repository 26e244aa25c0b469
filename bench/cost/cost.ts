import { fileURLToPath } from 'node:url'
import { readSettings } from '../../src/platform/settings.ts'
import { bridge } from '../polling/schedules.ts'
import { PUBLISHED_TIMINGS } from '../polling/published-timings.ts'
import { renderPlot } from '../report/plot.ts'
import type { Aim, Section, Table } from '../report/section.ts'
import { mean, median, seeded, spread } from '../statistics.ts'
import { measureBundleCalls } from './bundle-calls.ts'
import { SIZE, usd } from './prices.ts'
import { simulateCalls } from './simulated-calls.ts'

const built = fileURLToPath(new URL('../../dist', import.meta.url))
const LENGTHS_S = [60, 600, 3600]
/** How much a call gets longer for each of its two requests over a real network: assumed, since nothing here has one. */
const NETWORK_S = 0.1
const REQUESTS_A_HOP = 2
const INLINE_S = [0, 1, 2, 5, 10, 20, 30, 60]
const { settings } = readSettings({})

interface Bill {
  readonly invocations: number
  readonly seconds: number
  /** The same with the assumed time on the network. */
  readonly distantS: number
}

/** What Function Compute bills for one stack, beside the article's function of the same size. */
export async function measureCost(): Promise<Section> {
  const calls = await measureBundleCalls(built)
  const hopS = median(calls.hopsMs) / 1000
  const rows: { lengthS: number; article: Bill; inPlace: Bill; over: Bill }[] = []
  for (const lengthS of LENGTHS_S) {
    const [inPlace, over] = [await simulateCalls(lengthS, true), await simulateCalls(lengthS, false)]
    const hops = over.invocations - 1
    rows.push({
      lengthS,
      article: billOf(1, lengthS + ARTICLE_LATE_S, 0),
      inPlace: billOf(1, inPlace.firstS, 0),
      over: billOf(over.invocations, over.firstS + calls.coldMs / 1000 + hops * hopS, hops),
    })
  }
  return {
    title: 'Billed cost',
    paragraphs: [
      `One AWS stack, at Function Compute’s published prices (\`bench/cost/prices.ts\`, with the source), for functions of ${String(SIZE.vcpu)} vCPU and ${String(SIZE.gb * 1024)} MB each; disk is left out on both sides. The number of calls comes from the bridge on a simulated clock; what a call takes from the built bundle in a process of its own, on the embedded Function Compute: ${String(calls.coldMs)} ms for the first one in a new instance, ${spread(calls.hopsMs)} ms for one that looks and hands over, ${spread(calls.answersMs)} ms for one that looks and answers. The article sleeps in its one call for as long as the stack takes, and ${String(ARTICLE_LATE_S)} s longer in the mean.`,
      `All requests here are answered on loopback. In brackets: with ${String(NETWORK_S * 1000)} ms for each of the ${String(REQUESTS_A_HOP)} requests of a call (an assumption). New instances after the first are not counted: whether one is kept between two looks is up to Function Compute.`,
      `Recommended: \`STACKBRIDGE_INLINE_SECONDS=${String(settings.inlineSeconds)}\`, the default: the quickest stacks, and updates that change nothing, are answered without a hand-over, and a stack of ten minutes still costs a fiftieth of the article’s. Each further second is one more billed second for almost every stack, and makes the end of a quick one visible sooner by a tenth of a second at most, since the delay of a hand-over is in whole seconds. How late Function Compute begins a delayed call is not published, and not in these figures: where seconds matter more than money, wait longer in place.`,
    ],
    aims: [...rows].slice(1).map(({ lengthS, article, over }) => aimOf(lengthS, article, over)),
    tables: [
      {
        caption: 'Billed for one stack',
        head: [
          'stack takes',
          'the article',
          'the bridge, in place',
          'the bridge, handing over',
          'share of the article',
        ],
        rows: rows.map(({ lengthS, article, inPlace, over }) => [
          `${String(lengthS / 60)} min`,
          billed(article),
          billed(inPlace),
          billed(over),
          `1/${(cost(article) / cost(over)).toFixed(0)} (1/${(cost(article) / distantCost(over)).toFixed(0)})`,
        ]),
      },
      inlineTable(hopS),
    ],
    plots: {
      'billed-time': renderPlot({
        title: 'Billed seconds for one stack, by the length of the stack',
        x: {
          label: 'the stack takes',
          scale: 'log',
          ticks: [
            [5, '5 s'],
            [60, '1 min'],
            [600, '10 min'],
            [3600, '1 h'],
            [7200, '2 h'],
          ],
        },
        y: {
          label: 'billed seconds',
          scale: 'log',
          ticks: [1, 10, 100, 1000, 10_000].map((value) => [value, String(value)]),
        },
        series: [
          { name: 'the article', as: 'line', points: PLOTTED_S.map((s) => [s, s + ARTICLE_LATE_S]) },
          ...[0, settings.inlineSeconds, 20].map((inlineS) => ({
            name: `handing over after ${String(inlineS)} s`,
            as: 'line' as const,
            points: PLOTTED_S.map((s): [number, number] => [s, waitBy(inlineS, [s], hopS).billedS]),
          })),
        ],
      }),
    },
  }
}

/** Half of its 3 s. */
const ARTICLE_LATE_S = 1.5
const PLOTTED_S = [5, 10, 20, 40, 60, 120, 300, 600, 1200, 1800, 3600, 7200]

function billOf(invocations: number, seconds: number, hops: number): Bill {
  return { invocations, seconds, distantS: seconds + hops * REQUESTS_A_HOP * NETWORK_S }
}

function aimOf(lengthS: number, article: Bill, over: Bill): Aim {
  const wanted = lengthS === 600 ? 50 : 200
  const [near, far] = [cost(article) / cost(over), cost(article) / distantCost(over)]
  return {
    aim: `a stack of ${String(lengthS / 60)} minutes costs at most 1/${String(wanted)} of the article’s`,
    measured: `1/${near.toFixed(0)} on loopback; 1/${far.toFixed(0)} with the assumed network`,
    met: near >= wanted,
    why: `It would take ${(cost(article) / wanted / USD_PER_SECOND).toFixed(1)} billed seconds at most.`,
  }
}

const USD_PER_SECOND = usd(0, 1)

function inlineTable(hopS: number): Table {
  const random = seeded(1)
  const quick = Array.from({ length: 400 }, () => 5 * 12 ** random())
  const published = PUBLISHED_TIMINGS.map(({ seconds }) => seconds)
  return {
    caption: `What handing over sooner or later changes (seconds billed with the assumed network; ${String(PUBLISHED_TIMINGS.length)} published timings; stacks of 5 s to 60 s)`,
    head: [
      'STACKBRIDGE_INLINE_SECONDS',
      'published: billed',
      'quick: billed',
      'quick: late',
      '10 min: billed',
      '60 min: billed',
    ],
    rows: INLINE_S.map((inlineS) => {
      const distantHopS = hopS + REQUESTS_A_HOP * NETWORK_S
      const [all, quickly, ten, sixty] = [published, quick, [600], [3600]].map((lengths) =>
        waitBy(inlineS, lengths, distantHopS),
      )
      return [
        `${String(inlineS)}${inlineS === settings.inlineSeconds ? ' (default)' : ''}`,
        `${all?.billedS.toFixed(1) ?? ''} s`,
        `${quickly?.billedS.toFixed(1) ?? ''} s`,
        `${quickly?.lateS.toFixed(1) ?? ''} s`,
        `${ten?.billedS.toFixed(1) ?? ''} s`,
        `${sixty?.billedS.toFixed(1) ?? ''} s`,
      ]
    }),
  }
}

/** Means over stacks of those lengths: delays of a hand-over are whole seconds, and each hop takes `hopS`. */
function waitBy(
  inlineS: number,
  lengths: readonly number[],
  hopS: number,
): { billedS: number; lateS: number } {
  const random = seeded(7)
  const waits = lengths.flatMap((length) =>
    Array.from({ length: 50 }, () => {
      let [now, billedS] = [0, 0]
      while (now < length) {
        const wait = bridge.next(now * 1000, random()) / 1000
        if (now + wait <= inlineS) {
          now += wait
          continue
        }
        billedS = billedS === 0 ? Math.min(Math.max(now, inlineS), length) : billedS
        now +=
          Math.ceil(now < inlineS ? now + wait - inlineS : wait) + (now < inlineS ? inlineS - now : 0) + hopS
        billedS += hopS
      }
      return { billedS: billedS === 0 ? now : billedS, lateS: now - length }
    }),
  )
  return { billedS: mean(waits.map((wait) => wait.billedS)), lateS: mean(waits.map(({ lateS }) => lateS)) }
}

function cost({ invocations, seconds }: Bill): number {
  return usd(invocations, seconds)
}

function distantCost({ invocations, distantS }: Bill): number {
  return usd(invocations, distantS)
}

function billed(bill: Bill): string {
  const far = bill.distantS === bill.seconds ? '' : ` (${bill.distantS.toFixed(0)} s)`
  const millionth = (cost(bill) * 1e6).toFixed(0)
  return `${String(bill.invocations)} calls, ${bill.seconds.toFixed(1)} s${far}, ${(bill.seconds * SIZE.gb).toFixed(1)} GB-s, ${millionth} µUSD`
}
