import { fileURLToPath } from 'node:url'
import { delaySecondsOf } from '../../src/bridge/hand-off.ts'
import { readSettings } from '../../src/platform/settings.ts'
import { bridge } from '../polling/schedules.ts'
import { PUBLISHED_TIMINGS } from '../polling/published-timings.ts'
import { renderPlot } from '../report/plot.ts'
import type { Aim, Section, Table } from '../report/section.ts'
import { mean, median, seeded, spread } from '../statistics.ts'
import { articleBill, billOf, costs, describeBill, NETWORK_S, POLL_AND_HAND_OFF, type Bill } from './bill.ts'
import { measureBundleCalls } from './bundle-calls.ts'
import { SIZE, USD_PER_SECOND } from './prices.ts'
import { measurePrivateCa, privateCaAims, privateCaTable } from './private-ca.ts'
import { measureRealUse, realUseAims, realUseTable } from './real-use.ts'
import { simulateCalls, STATIC_KEYS } from './simulated-calls.ts'

const built = fileURLToPath(new URL('../../dist', import.meta.url))
const LENGTHS_S = [60, 600, 3600, 7200]
/** The maximum cost of a stack of so many seconds, as a part of the article's cost. */
const AIMS = [
  { lengthS: 600, part: 50 },
  { lengthS: 3600, part: 200 },
]
const INLINE_S = [0, 1, 2, 5, 10, 20, 30, 60]
const { settings } = readSettings({})

interface Row {
  readonly lengthS: number
  readonly article: Bill
  readonly inPlace: Bill
  readonly over: Bill
}

/** What Function Compute bills for one stack, compared with the article's function of the same size. */
export async function measureCost(): Promise<Section> {
  const calls = await measureBundleCalls(built, STATIC_KEYS, 2)
  const hopS = median(calls.hopsMs) / 1000
  const rows: Row[] = []
  for (const lengthS of LENGTHS_S)
    rows.push({
      lengthS,
      article: articleBill(lengthS + ARTICLE_LATE_S),
      inPlace: billOf(await simulateCalls({ seconds: lengthS, inPlace: true }), calls),
      over: billOf(await simulateCalls({ seconds: lengthS }), calls),
    })
  const uses = await measureRealUse(built)
  const privateCa = await measurePrivateCa(built)
  return {
    title: 'Billed cost',
    paragraphs: [
      `One AWS stack at the published prices of Function Compute (\`bench/cost/prices.ts\` names the source). Both functions have ${String(SIZE.vcpu)} vCPU and ${String(SIZE.gb * 1024)} MB; disk is not counted. The number of calls comes from the bridge on a simulated clock. The duration of a call is measured with the built bundle on the embedded Function Compute: ${String(calls.coldMs)} ms for the first call in a new instance, ${spread(calls.hopsMs)} ms for a call that polls and hands off, ${spread(calls.answersMs)} ms for a call that polls and answers. The article's function waits in one call until the stack has ended, and ${String(ARTICLE_LATE_S)} s longer on average.`,
      `All requests are answered on loopback. Figures in brackets add ${String(NETWORK_S * 1000)} ms for each of the ${String(POLL_AND_HAND_OFF)} requests of a call, the poll and the hand-off (an assumption).`,
      'Function Compute adds up what a function uses in an hour, and rounds the sum up to whole CU of 20 µUSD, at least one. _Alone_ is the bill of a function that serves this stack and nothing else; where other stacks share the hour, they share the rounding. The hours are counted from the event: where the stack begins within an hour of the clock, it may be billed for one more. The price is that of the first tier, without promotions, free quotas and resource plans.',
      `Recommended: \`STACKBRIDGE_INLINE_SECONDS=${String(settings.inlineSeconds)}\`, the default. The quickest stacks, and updates without a change, are answered without a hand-off. Each further second adds one billed second for almost every stack. It shows the end of a quick stack at most a tenth of a second sooner, since the delay of a hand-off is in whole seconds, and at most a quarter of a second is waited for in place. How late Function Compute starts a delayed call is not published, and not in these figures. If seconds matter more than cost, increase the setting.`,
      "The other tables count what a deployed function adds to that: a role in AWS, a new instance for each call (Function Compute decides how long it keeps an instance), and a private CA. The duration of a call in a new instance includes the start of its process, of which Function Compute bills a part only: its measurement begins when the call reaches the function's code.",
    ],
    aims: [...AIMS.flatMap((aim) => aimsOf(aim, rows)), ...realUseAims(uses), ...privateCaAims(privateCa)],
    tables: [billTable(rows), realUseTable(uses), privateCaTable(privateCa), inlineTable(hopS)],
    quoted: {
      billed: rows.map(({ lengthS, article, over }) => ({
        minutes: lengthS / 60,
        articleS: article.seconds,
        bridge: {
          calls: over.calls,
          seconds: over.seconds,
          withNetworkS: over.withNetworkS,
          share: costs(over).withNetwork / costs(article).loopback,
        },
      })),
    },
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

function billTable(rows: readonly Row[]): Table {
  return {
    caption: 'Billed for one stack',
    head: [
      'stack takes',
      'the article',
      'the bridge, one call',
      'the bridge, hand-off',
      "the article's cost",
    ],
    rows: rows.map(({ lengthS, article, inPlace, over }) => [
      `${String(lengthS / 60)} min`,
      describeBill(article),
      describeBill(inPlace),
      describeBill(over),
      `1/${partOf(article, over).loopback.toFixed(0)} (1/${partOf(article, over).withNetwork.toFixed(0)}); alone 1/${partOf(article, over).alone.toFixed(0)}`,
    ]),
  }
}

/** How many times more the article's function costs. */
function partOf(article: Bill, over: Bill): ReturnType<typeof costs> {
  const [theirs, ours] = [costs(article), costs(over)]
  return {
    loopback: theirs.loopback / ours.loopback,
    withNetwork: theirs.loopback / ours.withNetwork,
    alone: theirs.alone / ours.alone,
  }
}

function aimsOf({ lengthS, part }: (typeof AIMS)[number], rows: readonly Row[]): Aim[] {
  return rows
    .filter((row) => row.lengthS === lengthS)
    .map(({ article, over }) => {
      const parts = partOf(article, over)
      return {
        aim: `a stack of ${String(lengthS / 60)} minutes costs at most 1/${String(part)} of the article's, on loopback`,
        measured: `1/${parts.loopback.toFixed(0)}; 1/${parts.withNetwork.toFixed(0)} with the assumed network; 1/${parts.alone.toFixed(0)} alone in its hours, rounded`,
        met: parts.loopback >= part,
        why: `That is at most ${(costs(article).loopback / part / USD_PER_SECOND).toFixed(1)} billed seconds.`,
      }
    })
}

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
      const hopWithNetworkS = hopS + POLL_AND_HAND_OFF * NETWORK_S
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

/**
 * Means over stacks of `lengths`, in seconds. A hand-off is delayed by whole seconds, and the bridge waits for a short
 * remainder in place. Each hop takes `hopS`.
 */
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
