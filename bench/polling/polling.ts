import { renderPlot, type Axis, type Series } from '../report/plot.ts'
import type { Aim, Section, Table } from '../report/section.ts'
import type { QuotedFigures } from '../report/quoted-figures.ts'
import { mean } from '../statistics.ts'
import { PUBLISHED_TIMINGS } from './published-timings.ts'
import { halves, SECONDS_A_CALL, scoreOf } from './objective.ts'
import { article, bridge, fixed, former, growing, OTHERS, rootGrowing, type Schedule } from './schedules.ts'
import { informedRows, lastDurationTable, type InformedRow } from './last-duration.ts'
import { around, simulate, type Cost } from './simulate.ts'

/** From 5 s to 2 h, each a twelfth longer than the previous one. */
const LENGTHS = Array.from({ length: 92 }, (_, index) => 5 * (1440 ** (1 / 91)) ** index)
const SHOWN = [7, 15, 30, 50, 90, 180, 300, 480, 720, 1200, 1800, 3600, 6800]
const ALL = [bridge, ...OTHERS]
const QUOTED = [15, 50, 180, 720, 3600]
const RUNS = 10_000

/** The number of polls for a stack, and the delay until its end is seen. Simulated: the figures do not depend on the machine. */
export function measurePolling(): Section {
  const informed = informedRows()
  const curves = new Map(
    ALL.map((schedule) => [schedule, LENGTHS.map((length) => around(schedule, length, 1000))]),
  )
  return {
    title: 'Answer latency and calls',
    paragraphs: [
      `Simulated stacks of 5 s to 2 h: ${String(LENGTHS.length)} lengths, each varied by a fifth up and down. _Calls_ are polls of the stack; _late_ is the time from its end to the poll that sees it. The article polls every 3 s, CDK every 5 s, the AWS SDK's waiter every 30 s; each of them polls at the start, too.`,
      `The last row of the first table is the mean over ${String(PUBLISHED_TIMINGS.length)} published timings of CloudFormation stacks of half a minute to ${(Math.max(...PUBLISHED_TIMINGS.map(({ seconds }) => seconds)) / 3600).toFixed(1)} h (\`bench/polling/published-timings.ts\`, each with its source).`,
      `The schedule is chosen by one sum, the seconds late and the calls, ${String(1 / SECONDS_A_CALL)} of which count as a second, over every other one of the published timings by length (_choosing_). The others (_judging_) were not used. The first minute was given: no later than the article. Differences of one percent are chance.`,
    ],
    aims: [quickAim(), longAim(), frontAim(), chosenAim()],
    tables: [costTable(), alternatives(), choiceTable(), lastDurationTable(informed)],
    quoted: quotedPolling(informed),
    plots: {
      lateness: renderPlot({
        title: 'How late the end of a stack is seen',
        x: LENGTH_AXIS,
        y: { label: 'seconds late, average', scale: 'log', ticks: [0.5, 1, 2, 5, 10, 20, 50].map(tick) },
        series: seriesOf(curves, ({ lateS }) => lateS),
      }),
      calls: renderPlot({
        title: 'Polls of a stack until its end is seen',
        x: LENGTH_AXIS,
        y: { label: 'calls, average', scale: 'log', ticks: [1, 3, 10, 30, 100, 300, 1000, 3000].map(tick) },
        series: seriesOf(curves, ({ calls }) => calls),
      }),
      'pareto-front': renderPlot({
        title: 'All published timings: calls against lateness',
        x: { label: 'calls, average', scale: 'log', ticks: [20, 50, 100, 200, 500, 1000].map(tick) },
        y: {
          label: "late, share of the stack's time",
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

/** What other pages quote: simulated with fixed seeds, so the figures change with the schedule only. */
export function quotedPolling(
  informed: readonly InformedRow[] = informedRows(),
): Pick<QuotedFigures, 'polling' | 'lastDuration'> {
  const cost = (schedule: Schedule, stackS: number): Pick<Cost, 'calls' | 'lateS'> => {
    const { calls, lateS } = around(schedule, stackS, RUNS)
    return { calls, lateS }
  }
  return {
    polling: QUOTED.map((stackS) => ({
      stackS,
      bridge: cost(bridge, stackS),
      every3: cost(article, stackS),
      every30: cost(fixed(30), stackS),
    })),
    lastDuration: informed.map(({ schedule, scores }) => ({ schedule, scores: [...scores] })),
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
    aim: 'stacks under one minute: no later than the article',
    measured: `${seconds(ours)} against ${seconds(theirs)} on average; at most ${seconds(Math.max(...excess))} later in a band`,
    met: Math.max(...excess) <= 0,
    why: 'The difference is less than one poll interval.',
  }
}

function chosenAim(): Aim {
  const [ours, theirs] = [bridge, former].map((schedule) => scoreOf(schedule, halves().judging))
  const middle = [bridge, former].map((schedule) => simulate(schedule, 60, 600, 20_000))
  const [now, before] = middle.map(({ calls, lateS }) => `${calls.toFixed(0)} calls, ${seconds(lateS)} late`)
  return {
    aim: 'on timings that were not used to choose it, the schedule costs no more than the former one',
    measured: `${(ours?.sum ?? Number.NaN).toFixed(2)} against ${(theirs?.sum ?? Number.NaN).toFixed(2)}; stacks of 1 to 10 minutes: ${now ?? ''} against ${before ?? ''}`,
    met: (ours?.sum ?? Number.NaN) <= (theirs?.sum ?? Number.NaN),
    why: 'The sum hardly depends on the factor: what a larger one saves in calls, it costs in seconds late.',
  }
}

function choiceTable(): Table {
  const { choosing, judging } = halves()
  const cells = ({ calls, lateS, sum }: ReturnType<typeof scoreOf>): string =>
    `${calls.toFixed(0)}, ${seconds(lateS)} late: ${sum.toFixed(2)}`
  const factors = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.2].map(rootGrowing)
  return {
    caption: 'How the schedule is chosen',
    head: ['schedule', 'choosing half: calls, seconds late, sum', 'judging half'],
    rows: [bridge, former, ...factors, ...OTHERS].map((schedule) => [
      schedule.name,
      cells(scoreOf(schedule, choosing)),
      cells(scoreOf(schedule, judging)),
    ]),
  }
}

/** In narrow bands: an average over a wide range would hide the worst length. */
function longAim(): Aim {
  const long = LENGTHS.filter((length) => length >= 600).map((length) => {
    const [ours, theirs] = [bridge, article].map((schedule) => simulate(schedule, length, length * 1.1))
    return { length, share: (ours?.calls ?? 0) / (theirs?.calls ?? 0), late: ours?.lateShare ?? Number.NaN }
  })
  const over = long.filter(({ share }) => share > 0.2)
  const worst = Math.max(...long.map(({ share }) => share))
  const late = Math.max(...long.map((one) => one.late))
  const average = mean(long.map(({ share }) => share))
  return {
    aim: "stacks over ten minutes: at most 0.2 of the article's calls, less than 1 % late",
    measured: `calls: ${average.toFixed(2)} on average, ${worst.toFixed(3)} at worst; late: ${percent(late)} at worst`,
    met: worst <= 0.2 && late < 0.01,
    why: `The limit on the calls is exceeded for stacks of ${minutes(over[0]?.length)} to ${minutes(1.1 * (over.at(-1)?.length ?? Number.NaN))} min. To be as quick as the article in the first minute takes 20 of the 40 calls that it allows for a stack of ten minutes. The former schedule came close to both limits, but only by polling rarely before ten minutes, and more often after that: the ends of stacks of 1 to 10 minutes, which are common, were seen more than twice as late.`,
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
    aim: 'no fixed interval is both quicker and cheaper in any band',
    measured:
      beaten.length === 0
        ? 'none is'
        : beaten
            .map(
              (one) =>
                `${one.other.name} is in ${String(one.bands.length)} of ${String(bands.length)} bands: ${one.bands.map((band) => band.map((s) => s.toFixed(0)).join(' to ')).join(', ')} s`,
            )
            .join('; '),
    met: beaten.length === 0,
    why: "A schedule that is as quick as the article in the first minute makes 20 calls in it; an interval of 5 s makes 13. After the first minute the bridge polls less often, so an interval of 5 s is quicker until its number of calls has reached the bridge's. To be quicker there the bridge would have to poll even more often.",
  }
}

function costTable(): Table {
  const cells = (costs: readonly Cost[]): string[] =>
    costs.map(({ calls, lateS }) => `${calls.toFixed(0)}, ${seconds(lateS)} late`)
  return {
    caption: 'Calls and seconds late (averages)',
    head: ['stack takes', ...ALL.map(({ name }) => name)],
    rows: [
      ...SHOWN.map((length) => [
        duration(length),
        ...cells(ALL.map((schedule) => around(schedule, length, RUNS))),
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
        `${long.calls.toFixed(0)} (${(long.calls / simulate(article, 600, 720).calls).toFixed(2)} of the article's), ${percent(long.lateShare)} late`,
      ]
    },
  )
  return {
    caption: 'The cost of other schedules',
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
