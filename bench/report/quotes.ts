import type { QuotedFigures } from './quoted-figures.ts'

/** The parts of other pages that quote figures, each between two markers. */

type Quote = (figures: QuotedFigures) => string

export const QUOTES: Readonly<Record<string, Readonly<Record<string, Quote>>>> = {
  'README.md': { measured: measuredInEnglish },
  'README.zh-CN.md': { measured: measuredInChinese },
  'docs/architecture.md': { polling, 'last-duration': lastDuration },
  'docs/zh-CN/architecture.md': { polling: pollingInChinese, 'last-duration': lastDurationInChinese },
  'docs/operations.md': { billed },
  'docs/zh-CN/operations.md': { billed: billedInChinese },
}

const begin = (name: string): string => `<!-- figures: ${name}; written by npm run figures -->`
const END = '<!-- end of figures -->'

/**
 * The page with new figures between its markers; `page` is its path in `QUOTES`. Throws if a marker is missing, or if figures
 * are not used.
 */
export function withQuotes(page: string, text: string, figures: QuotedFigures): string {
  const quotes = Object.entries(QUOTES[page] ?? {})
  const markers = text.split('<!-- figures:').length - 1
  if (markers !== quotes.length)
    throw new Error(`${page} has ${String(markers)} parts with figures instead of ${String(quotes.length)}`)
  return quotes.reduce((written, [name, quote]) => {
    const from = written.indexOf(begin(name))
    const to = written.indexOf(END, from)
    if (from < 0 || to < 0) throw new Error(`${page} has no part between "${begin(name)}" and "${END}"`)
    return `${written.slice(0, from)}${begin(name)}\n\n${quote(figures)}\n\n${written.slice(to)}`
  }, text)
}

function measuredInEnglish(figures: QuotedFigures): string {
  const { run, coldStart, memory } = figures
  const polls = (stackS: number, name: 'bridge' | 'every3'): string => {
    const { calls, lateS } = pollingOf(figures, stackS)[name]
    return `${calls.toFixed(0)}, ${lateS.toFixed(1)} s`
  }
  const { articleS, bridge } = billedOf(figures, 120)
  return [
    `Against the article's Python function; ${run.date}, ${String(run.cores)} cores (${run.processor}), Node ${run.node}, embedded clouds on loopback. All figures, and which of our own targets they miss: [bench/results.md](bench/results.md); \`npm run bench\` writes them anew.`,
    '',
    ...table(
      ['', "the article's function", 'Stackbridge'],
      [
        [
          'from a cold start to the first request, AWS',
          `${coldStart.articleMs.toFixed(0)} ms`,
          coldStarts(figures, 'ms', (node, time) => `; on Node ${node} ${time}`),
        ],
        [
          'billed for a stack of 2 hours',
          `${articleS.toFixed(0)} s`,
          `${bridge.seconds.toFixed(1)} s; ${bridge.withNetworkS.toFixed(0)} s if each request takes 100 ms`,
        ],
        ['polls of a stack of 50 s, and how late its end is seen', polls(50, 'every3'), polls(50, 'bridge')],
        [
          'polls of a stack of 60 minutes, and how late its end is seen',
          polls(3600, 'every3'),
          polls(3600, 'bridge'),
        ],
        [
          'memory of one process with 100 stacks at once',
          `${memory.articleMb.toFixed(0)} MB`,
          `${memory.bridgeMb.toFixed(0)} MB`,
        ],
      ],
    ),
  ].join('\n')
}

function measuredInChinese(figures: QuotedFigures): string {
  const { run, coldStart, memory } = figures
  const polls = (stackS: number, name: 'bridge' | 'every3'): string => {
    const { calls, lateS } = pollingOf(figures, stackS)[name]
    return `${calls.toFixed(0)} 次，${lateS.toFixed(1)} 秒`
  }
  const { articleS, bridge } = billedOf(figures, 120)
  return [
    `与文章中的 Python 函数相比；${run.date}，${String(run.cores)} 核（${run.processor}），Node ${run.node}，内置的模拟云在本机环回网络上。\n全部数据，以及哪些自定目标没有达到：[bench/results.md](bench/results.md)；\`npm run bench\` 重新测量。`,
    '',
    ...table(
      ['', '文章中的函数', 'Stackbridge'],
      [
        [
          '冷启动到第一个请求，AWS',
          `${coldStart.articleMs.toFixed(0)} 毫秒`,
          coldStarts(figures, '毫秒', (node, time) => `；在 Node ${node} 上 ${time}`),
        ],
        [
          '2 小时的资源栈的计费时长',
          `${articleS.toFixed(0)} 秒`,
          `${bridge.seconds.toFixed(1)} 秒；每个请求 100 毫秒时 ${bridge.withNetworkS.toFixed(0)} 秒`,
        ],
        ['50 秒的资源栈：轮询次数，发现结束的延迟', polls(50, 'every3'), polls(50, 'bridge')],
        ['60 分钟的资源栈：轮询次数，发现结束的延迟', polls(3600, 'every3'), polls(3600, 'bridge')],
        [
          '一个进程同时处理 100 个资源栈时的内存',
          `${memory.articleMb.toFixed(0)} MB`,
          `${memory.bridgeMb.toFixed(0)} MB`,
        ],
      ],
    ),
  ].join('\n')
}

/** On the Node version of the run, and on the others. */
function coldStarts(
  { coldStart }: QuotedFigures,
  unit: string,
  onOther: (node: string, time: string) => string,
): string {
  const time = (ms: number): string => `${ms.toFixed(0)} ${unit}`
  const others = coldStart.otherNodes.map(({ node, bridgeMs }) => onOther(node, time(bridgeMs)))
  return [time(coldStart.bridgeMs), ...others].join('')
}

function polling(figures: QuotedFigures): string {
  const cell = ({ calls, lateS }: { readonly calls: number; readonly lateS: number }): string =>
    `${calls.toFixed(0)} calls, ${lateS.toFixed(1)} s late`
  return table(
    ['stack takes', 'the bridge', 'every 3 s (the article)', 'every 30 s (the AWS SDK)'],
    figures.polling.map(({ stackS, bridge, every3, every30 }) => [
      stackS < 120 ? `${String(stackS)} s` : `${String(stackS / 60)} min`,
      cell(bridge),
      cell(every3),
      cell(every30),
    ]),
  ).join('\n')
}

function pollingInChinese(figures: QuotedFigures): string {
  const cell = ({ calls, lateS }: { readonly calls: number; readonly lateS: number }): string =>
    `${calls.toFixed(0)} 次调用，晚 ${lateS.toFixed(1)} 秒`
  return table(
    ['资源栈用时', 'Stackbridge', '每 3 秒（文章）', '每 30 秒（AWS SDK）'],
    figures.polling.map(({ stackS, bridge, every3, every30 }) => [
      stackS < 120 ? `${String(stackS)} 秒` : `${String(stackS / 60)} 分钟`,
      cell(bridge),
      cell(every3),
      cell(every30),
    ]),
  ).join('\n')
}

function lastDuration(figures: QuotedFigures): string {
  return table(
    ['schedule', 'half to twice as long', 'a twentieth to a half', 'twice to eight times as long'],
    figures.lastDuration.map(({ schedule, scores }) => [
      schedule,
      ...scores.map(
        ({ calls, lateS, sum }) => `${calls.toFixed(0)} calls, ${lateS.toFixed(1)} s late: ${sum.toFixed(1)}`,
      ),
    ]),
  ).join('\n')
}

/** By the schedule's name in the figures. */
const SCHEDULES_IN_CHINESE: Readonly<Record<string, string>> = {
  'the bridge': 'Stackbridge',
  'more often while the end is expected': '预计结束时更频繁',
  'every 30 s before, more often then': '此前每 30 秒，预计结束时更频繁',
}

function lastDurationInChinese(figures: QuotedFigures): string {
  return table(
    ['轮询方式', '一半到两倍', '二十分之一到一半', '两倍到八倍'],
    figures.lastDuration.map(({ schedule, scores }) => {
      const name = SCHEDULES_IN_CHINESE[schedule]
      if (name === undefined) throw new Error(`no Chinese name of the schedule "${schedule}"`)
      const cells = scores.map(
        ({ calls, lateS, sum }) => `${calls.toFixed(0)} 次调用，晚 ${lateS.toFixed(1)} 秒：${sum.toFixed(1)}`,
      )
      return [name, ...cells]
    }),
  ).join('\n')
}

function billed(figures: QuotedFigures): string {
  return table(
    [
      'stack takes',
      'calls of the function',
      'billed on loopback',
      'if each request takes 100 ms',
      'cost, with those requests',
    ],
    figures.billed.map(({ minutes, bridge }) => [
      minutes === 120 ? '2 h' : `${String(minutes)} min`,
      String(bridge.calls),
      `${bridge.seconds.toFixed(1)} s`,
      `${bridge.withNetworkS.toFixed(0)} s`,
      `1/${(1 / bridge.share).toFixed(0)} of one long call`,
    ]),
  ).join('\n')
}

function billedInChinese(figures: QuotedFigures): string {
  return table(
    ['资源栈用时', '函数的调用次数', '在环回网络上的计费时长', '每个请求 100 毫秒时', '费用（按这种请求）'],
    figures.billed.map(({ minutes, bridge }) => [
      minutes === 120 ? '2 小时' : `${String(minutes)} 分钟`,
      String(bridge.calls),
      `${bridge.seconds.toFixed(1)} 秒`,
      `${bridge.withNetworkS.toFixed(0)} 秒`,
      `一次长调用的 1/${(1 / bridge.share).toFixed(0)}`,
    ]),
  ).join('\n')
}

function pollingOf(figures: QuotedFigures, stackS: number): QuotedFigures['polling'][number] {
  const found = figures.polling.find((row) => row.stackS === stackS)
  if (found === undefined) throw new Error(`no polling figures of a stack of ${String(stackS)} s`)
  return found
}

function billedOf(figures: QuotedFigures, minutes: number): QuotedFigures['billed'][number] {
  const found = figures.billed.find((row) => row.minutes === minutes)
  if (found === undefined) throw new Error(`no billed figures of a stack of ${String(minutes)} minutes`)
  return found
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)]
}
