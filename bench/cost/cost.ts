import { delaySecondsOf } from '../../src/bridge/hand-off.ts'
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
/** Extra seconds for each request over a real network. An assumption: all requests here are on loopback. */
const NETWORK_S = 0.1
const REQUESTS_PER_HOP = 2
const INLINE_S = [0, 1, 2, 5, 10, 20, 30, 60]
const { settings } = readSettings({})

interface Bill {
  readonly invocations: number
  readonly seconds: number
  /** `seconds` with the assumed network time. */
  readonly withNetworkS: number
}

/** What Function Compute bills for one stack, compared with the article's function of the same size. */
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
      `One AWS stack at the published prices of Function Compute (\`bench/cost/prices.ts\` names the source). Both functions have ${String(SIZE.vcpu)} vCPU and ${String(SIZE.gb * 1024)} MB; disk is not counted. The number of calls comes from the bridge on a simulated clock. The duration of a call is measured with the built bundle on the embedded Function Compute: ${String(calls.coldMs)} ms for the first call in a new instance, ${spread(calls.hopsMs)} ms for a call that polls and hands off, ${spread(calls.answersMs)} ms for a call that polls and answers. The article’s function waits in one call until the stack has ended, and ${String(ARTICLE_LATE_S)} s longer on average.`,
      `All requests are answered on loopback. Figures in brackets add ${String(NETWORK_S * 1000)} ms for each of the ${String(REQUESTS_PER_HOP)} requests of a call (an assumption). Only the first call counts as a cold start: Function Compute decides whether it keeps an instance between two polls.`,
      'Function Compute adds up what a function uses in an hour and rounds it up to whole CU, at least one, of 20 µUSD. The figures are before this rounding: a function that serves one stack alone in an hour, at 49 µUSD or 2.45 CU, is billed 3 CU, or 60 µUSD; a chain of an hour is billed at most one CU more for each hour and function. The price is that of the first tier, without promotions, free quotas and resource plans.',
      `Recommended: \`STACKBRIDGE_INLINE_SECONDS=${String(settings.inlineSeconds)}\`, the default. The quickest stacks, and updates without a change, are answered without a hand-off; a stack of ten minutes still costs a fiftieth of the article’s. Each further second adds one billed second for almost every stack. It shows the end of a quick stack at most a tenth of a second sooner, since the delay of a hand-off is in whole seconds, and at most a quarter of a second is waited for in place. The time by which Function Compute starts a delayed call late is not published and not in these figures. If seconds matter more than cost, increase the setting.`,
    ],
    aims: [...rows].slice(1).map(({ lengthS, article, over }) => aimOf(lengthS, article, over)),
    tables: [
      {
        caption: 'Billed for one stack',
        head: [
          'stack takes',
          'the article',
          'the bridge, one call',
          'the bridge, hand-off',
          'share of the article',
        ],
        rows: rows.map(({ lengthS, article, inPlace, over }) => [
          `${String(lengthS / 60)} min`,
          billed(article),
          billed(inPlace),
          billed(over),
          `1/${(cost(article) / cost(over)).toFixed(0)} (1/${(cost(article) / costWithNetwork(over)).toFixed(0)})`,
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
            name: `hand-off after ${String(inlineS)} s`,
            as: 'line' as const,
            points: PLOTTED_S.map((s): [number, number] => [s, meanWait(inlineS, [s], hopS).billedS]),
          })),
        ],
      }),
    },
  }
}

/** Half of its interval of 3 s. */
const ARTICLE_LATE_S = 1.5
const PLOTTED_S = [5, 10, 20, 40, 60, 120, 300, 600, 1200, 1800, 3600, 7200]

function billOf(invocations: number, seconds: number, hops: number): Bill {
  return { invocations, seconds, withNetworkS: seconds + hops * REQUESTS_PER_HOP * NETWORK_S }
}

function aimOf(lengthS: number, article: Bill, over: Bill): Aim {
  const wanted = lengthS === 600 ? 50 : 200
  const [near, far] = [cost(article) / cost(over), cost(article) / costWithNetwork(over)]
  return {
    aim: `a stack of ${String(lengthS / 60)} minutes costs at most 1/${String(wanted)} of the article’s`,
    measured: `1/${near.toFixed(0)} on loopback; 1/${far.toFixed(0)} with the assumed network`,
    met: near >= wanted,
    why: `That is at most ${(cost(article) / wanted / USD_PER_SECOND).toFixed(1)} billed seconds.`,
  }
}

const USD_PER_SECOND = usd(0, 1)

function inlineTable(hopS: number): Table {
  const random = seeded(1)
  const quick = Array.from({ length: 400 }, () => 5 * 12 ** random())
  const published = PUBLISHED_TIMINGS.map(({ seconds }) => seconds)
  return {
    caption: `The effect of the time of the first hand-off (billed seconds with the assumed network; _published_: ${String(PUBLISHED_TIMINGS.length)} published timings; _quick_: stacks of 5 s to 60 s)`,
    head: [
      'STACKBRIDGE_INLINE_SECONDS',
      'published: billed',
      'quick: billed',
      'quick: late',
      '10 min: billed',
      '60 min: billed',
    ],
    rows: INLINE_S.map((inlineS) => {
      const hopWithNetworkS = hopS + REQUESTS_PER_HOP * NETWORK_S
      const [all, quickly, ten, sixty] = [published, quick, [600], [3600]].map((lengths) =>
        meanWait(inlineS, lengths, hopWithNetworkS),
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

/** Means over stacks of `lengths`, in seconds. A hand-off is delayed by whole seconds, and a short remainder is waited for in place; each hop takes `hopS`. */
function meanWait(
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
        const from = Math.max(now, inlineS)
        const left = now + wait - from
        const delayed = delaySecondsOf(left * 1000)
        now = from + Math.max(delayed, left) + hopS
        billedS += Math.max(0, left - delayed) + hopS
      }
      return { billedS: billedS === 0 ? now : billedS, lateS: now - length }
    }),
  )
  return { billedS: mean(waits.map((wait) => wait.billedS)), lateS: mean(waits.map(({ lateS }) => lateS)) }
}

function cost({ invocations, seconds }: Bill): number {
  return usd(invocations, seconds)
}

function costWithNetwork({ invocations, withNetworkS }: Bill): number {
  return usd(invocations, withNetworkS)
}

function billed(bill: Bill): string {
  const far = bill.withNetworkS === bill.seconds ? '' : ` (${bill.withNetworkS.toFixed(0)} s)`
  const millionth = (cost(bill) * 1e6).toFixed(0)
  return `${String(bill.invocations)} calls, ${bill.seconds.toFixed(1)} s${far}, ${(bill.seconds * SIZE.gb).toFixed(1)} GB-s, ${millionth} µUSD`
}
