import { renderPlot, type Axis, type Series } from '../report/plot.ts'
import type { Aim, Section, Table } from '../report/section.ts'
import { mean } from '../statistics.ts'
import { PUBLISHED_TIMINGS } from './published-timings.ts'
import { article, bridge, fixed, growing, OTHERS, type Schedule } from './schedules.ts'
import { around, simulate, type Cost } from './simulate.ts'

/** From 5 s to 2 h, each a twelfth longer than the one before. */
const LENGTHS = Array.from({ length: 92 }, (_, index) => 5 * (1440 ** (1 / 91)) ** index)
const SHOWN = [7, 15, 30, 50, 90, 180, 300, 480, 720, 1200, 1800, 3600, 6800]
const ALL = [bridge, ...OTHERS]

/** How many calls a stack costs, and how late its end is seen; simulated, so that the figures do not depend on the machine. */
export function measurePolling(): Section {
  const curves = new Map(
    ALL.map((schedule) => [schedule, LENGTHS.map((length) => around(schedule, length, 1000))]),
  )
  return {
    title: 'Answer latency and calls',
    paragraphs: [
      `Simulated stacks of 5 s to 2 h, ${String(LENGTHS.length)} lengths, each with a fifth to either side. _Calls_ are looks at the stack; _late_ is the time from its end to the look that sees it. The article looks every 3 s, CDK every 5 s, the AWS SDK’s waiter every 30 s, each of them at once first.`,
      `The last row of the first table is the mean over ${String(PUBLISHED_TIMINGS.length)} published timings of CloudFormation stacks of half a minute to ${(Math.max(...PUBLISHED_TIMINGS.map(({ seconds }) => seconds)) / 3600).toFixed(1)} h (\`bench/polling/published-timings.ts\`, each with its source).`,
    ],
    aims: [quickAim(), longAim(), frontAim()],
    tables: [costTable(), alternatives()],
    plots: {
      lateness: renderPlot({
        title: 'How late the end of a stack is seen',
        x: LENGTH_AXIS,
        y: { label: 'seconds late, mean', scale: 'log', ticks: [0.5, 1, 2, 5, 10, 20, 50].map(tick) },
        series: seriesOf(curves, ({ lateS }) => lateS),
      }),
      calls: renderPlot({
        title: 'Looks at a stack until its end is seen',
        x: LENGTH_AXIS,
        y: { label: 'calls, mean', scale: 'log', ticks: [1, 3, 10, 30, 100, 300, 1000, 3000].map(tick) },
        series: seriesOf(curves, ({ calls }) => calls),
      }),
      'pareto-front': renderPlot({
        title: 'All published timings: calls against lateness',
        x: { label: 'calls, mean', scale: 'log', ticks: [20, 50, 100, 200, 500, 1000].map(tick) },
        y: {
          label: 'late, share of the stack’s time',
          scale: 'log',
          ticks: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1].map((value) => [value, percent(value)]),
        },
        series: [
          {
            name: 'the bridge',
            as: 'dots',
            points: [published(bridge)].map((cost) => [cost.calls, cost.lateShare]),
          },
          {
            name: 'fixed: 3 s to 60 s',
            as: 'line',
            points: [3, 4, 5, 7, 10, 15, 20, 30, 45, 60].map(fixed).map(pointOf),
          },
          {
            name: 'growing: 2 % to 40 %',
            as: 'line',
            points: [0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.25, 0.4]
              .map((share) => growing(share, Infinity, 0))
              .map(pointOf),
          },
        ],
      }),
    },
  }
}

function quickAim(): Aim {
  const bands: [number, number][] = [
    [5, 10],
    [10, 20],
    [20, 40],
    [40, 60],
  ]
  const excess = bands.map(([from, to]) => {
    const [ours, theirs] = [bridge, article].map((schedule) => simulate(schedule, from, to, 20_000).lateS)
    return (ours ?? 0) - (theirs ?? 0)
  })
  const [ours, theirs] = [bridge, article].map((schedule) => simulate(schedule, 5, 60, 20_000).lateS)
  return {
    aim: 'a stack of less than one minute is seen no later than by the article',
    measured: `${seconds(ours)} against ${seconds(theirs)} in the mean; the difference is at most ${seconds(Math.max(...excess))} in any band from 5 s to 60 s`,
    met: Math.max(...excess) <= 0,
    why: 'The difference is within one look.',
  }
}

/** Narrow bands: an average over stacks of less than ten minutes would flatter those of more. */
function longAim(): Aim {
  const long = LENGTHS.filter((length) => length >= 600).map((length) => {
    const [ours, theirs] = [bridge, article].map((schedule) => simulate(schedule, length, length * 1.1))
    return { length, share: (ours?.calls ?? 0) / (theirs?.calls ?? 0), late: ours?.lateShare ?? Number.NaN }
  })
  const over = long.filter(({ share }) => share > 0.2)
  const worst = Math.max(...long.map(({ share }) => share))
  const late = Math.max(...long.map((one) => one.late))
  const alike = mean(long.map(({ share }) => share))
  return {
    aim: 'stacks over ten minutes: at most a fifth of the article’s calls, late by less than 1 % of the stack’s time',
    measured: `calls: ${alike.toFixed(2)} in the mean over all lengths, ${worst.toFixed(3)} at worst; late: ${percent(late)} at worst`,
    met: worst <= 0.2 && late < 0.01,
    why: `More than a fifth is taken only for stacks of ${minutes(over[0]?.length)} to ${minutes(1.1 * (over.at(-1)?.length ?? Number.NaN))} min. Whoever is as quick as the article in the first minute has made 20 of the 40 calls that a stack of ten minutes may cost; whoever is no later than the SDK’s waiter until then, 18 more; and seeing the end within 1 % takes one call in each 2 % from there on, so that nothing is left for jitter or for slowing down gradually. Waiting 40 s instead of 30 s would keep the fifth, and would be later than the SDK’s waiter with more calls than it.`,
  }
}

function frontAim(): Aim {
  const bands = Array.from({ length: 21 }, (_, index): [number, number] => [
    5 * 2 ** (index / 2),
    10 * 2 ** (index / 2),
  ])
  const beaten = OTHERS.map((other) => ({
    other,
    bands: bands.filter(([from, to]) => {
      const [ours, theirs] = [bridge, other].map((schedule) => simulate(schedule, from, Math.min(to, 7200)))
      if (ours === undefined || theirs === undefined) return false
      return theirs.calls <= ours.calls && theirs.lateS <= ours.lateS
    }),
  })).filter((one) => one.bands.length > 0)
  return {
    aim: 'nobody else is both quicker and cheaper, at any length',
    measured:
      beaten.length === 0
        ? 'nobody is'
        : beaten
            .map(
              (one) =>
                `whoever looks ${one.other.name} is for stacks of ${one.bands.map((band) => band.map((s) => s.toFixed(0)).join(' to ')).join(', ')} s, of ${String(bands.length)} bands from 5 s to 2 h`,
            )
            .join('; '),
    met: beaten.length === 0,
    why: 'No schedule can be on this front everywhere and as quick as the article in the first minute: that takes 20 calls, where looking every 5 s takes 13, and until the latter has caught up it has made fewer calls; to be quicker than it in that stretch, one would have to look more often still, and would never be caught up with.',
  }
}

function costTable(): Table {
  const cells = (costs: readonly Cost[]): string[] =>
    costs.map(({ calls, lateS }) => `${calls.toFixed(0)}, ${seconds(lateS)} late`)
  return {
    caption: 'Calls, and seconds late (means)',
    head: ['stack takes', ...ALL.map(({ name }) => name)],
    rows: [
      ...SHOWN.map((length) => [
        duration(length),
        ...cells(ALL.map((schedule) => around(schedule, length, 10_000))),
      ]),
      ['all published timings', ...cells(ALL.map(published))],
    ],
  }
}

function alternatives(): Table {
  const rows = [bridge, growing(0.25, 30_000), growing(0.05, 30_000, 0), growing(0.02, Infinity, 0)].map(
    (schedule) => {
      const [middle, long] = [simulate(schedule, 60, 600), simulate(schedule, 600, 720)]
      return [
        schedule.name,
        `${middle.calls.toFixed(0)}, ${percent(middle.lateShare)} late`,
        `${long.calls.toFixed(0)} (${(long.calls / simulate(article, 600, 720).calls).toFixed(2)} of the article’s), ${percent(long.lateShare)} late`,
      ]
    },
  )
  return {
    caption: 'What other schedules would cost',
    head: ['schedule', 'stacks of 1 to 10 min', 'stacks of 10 to 12 min'],
    rows,
  }
}

function published(schedule: Schedule): Cost {
  const costs = PUBLISHED_TIMINGS.map((timing) => around(schedule, timing.seconds, 400))
  return {
    calls: mean(costs.map(({ calls }) => calls)),
    lateS: mean(costs.map(({ lateS }) => lateS)),
    lateShare: mean(costs.map(({ lateShare }) => lateShare)),
  }
}

function pointOf(schedule: Schedule): readonly [number, number] {
  const { calls, lateShare } = published(schedule)
  return [calls, lateShare]
}

function seriesOf(
  curves: ReadonlyMap<Schedule, readonly Cost[]>,
  of: (cost: Cost) => number,
): readonly Series[] {
  return [...curves].map(([{ name }, costs]) => ({
    name,
    as: 'line',
    points: costs.map((cost, index): [number, number] => [LENGTHS[index] ?? 0, of(cost)]),
  }))
}

const LENGTH_AXIS: Axis = {
  label: 'the stack takes',
  scale: 'log',
  ticks: [5, 15, 60, 180, 600, 1800, 7200].map((value) => [value, duration(value)]),
}

function tick(value: number): readonly [number, string] {
  return [value, String(value)]
}

function duration(s: number): string {
  return s < 120 ? `${String(s)} s` : `${String(Math.round(s / 60))} min`
}

function seconds(s = Number.NaN): string {
  return `${s.toFixed(s > -0.1 && s < 0.1 ? 2 : 1)} s`
}

function minutes(s = Number.NaN): string {
  return (s / 60).toFixed(0)
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.02 ? 2 : 1)} %`
}
