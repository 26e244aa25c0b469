import { createColors, type Colors } from './colors.ts'
import type { Check } from '../providers/provider.ts'
import type { Renderer, Report, SandboxServiceReport, SettledReport, SummaryRow } from './report.ts'
import { toneOf } from './status-tone.ts'
import { printableDeep } from './terminal-text.ts'

export interface Screen {
  /** One finished line. */
  line(text: string): void
  /** What is going on right now; shown only where there is a terminal. */
  doing(text: string | undefined): void
}

/** For people: plain lines, with colours and a spinner where the screen has them. */
export function createTextRenderer(screen: Screen, coloured: boolean): Renderer {
  const colors = createColors(coloured)
  return {
    report(given) {
      // Colours and line breaks of the renderer's own are added to what is printable already.
      const report = printableDeep(given)
      if (ENDINGS.includes(report.type)) screen.doing(undefined)
      for (const line of linesOf(report, colors)) screen.line(line)
      if (report.type === 'status') screen.doing(`${report.status}  ${clock(report.elapsedMs)}`)
    },
    close() {
      screen.doing(undefined)
    },
  }
}

/** After these there is nothing to wait for. */
const ENDINGS: readonly Report['type'][] = ['answer', 'settled', 'summary']

function linesOf(report: Report, colors: Colors): string[] {
  switch (report.type) {
    case 'section':
      return ['', colors.bold(report.title)]
    case 'event':
      return [
        `${colors.cyan('ROS event')}  ${report.requestType} ${report.resource} (${report.resourceType})`,
      ]
    case 'asked':
      return [
        `${stamp(report.elapsedMs)}  ${colors.dim('bridge')}     ${report.action}${report.stackId === null ? '' : `  ${colors.dim(report.stackId)}`}`,
      ]
    case 'status':
      return []
    case 'stack-event':
      return [
        `${stamp(report.elapsedMs)}  ${shade(report.status, colors)(report.status.padEnd(28))} ${report.resource}${report.resourceType === '?' ? '' : ` ${colors.dim(report.resourceType)}`}` +
          (report.reason === undefined ? '' : `\n${' '.repeat(10)}${report.reason}`),
      ]
    case 'watching':
      return [
        `${stamp(0)}  ${colors.cyan('watching')}   ${report.name}: ${report.status}  ${colors.dim(report.stackId)}`,
      ]
    case 'settled':
      return [`${stamp(report.elapsedMs)}  ${colors.cyan('settled')}    ${settledInWords(report, colors)}`]
    case 'check':
      return [
        `${resultInColour(report.result, colors)}  ${report.name.padEnd(LONGEST_CHECK)}  ${report.detail}`,
      ]
    case 'trouble':
      return [`${stamp(report.elapsedMs)}  ${colors.yellow('no answer')}  ${report.message}`]
    case 'answer':
      return answerLines(report, colors)
    case 'call':
      return [
        `${stamp(report.elapsedMs)}  ${colors.dim('call')} ${String(report.number).padEnd(4)}  ${report.ended}, ${billed(report.billedMs)} billed`,
      ]
    case 'sandbox-service':
      return serviceLines(report, colors)
    case 'written':
      return [`${colors.green('written')}  ${report.path}  ${colors.dim(report.what)}`]
    case 'next':
      return [
        '',
        'next:',
        ...report.steps.map(({ command, why }) => `  ${command}  ${colors.dim(`# ${why}`)}`),
      ]
    case 'calls-left-out':
      return [`${' '.repeat(10)}${colors.dim(`… ${String(report.count)} calls like these …`)}`]
    case 'figures':
      return figureLines(report.rows)
    case 'summary':
      return summaryLines(report.rows, colors)
  }
}

function answerLines(report: Extract<Report, { type: 'answer' }>, colors: Colors): string[] {
  const title = report.status === 'SUCCESS' ? colors.green('SUCCESS') : colors.red('FAILED')
  const data = Object.entries(report.data ?? {}).map(
    ([name, value]) => `          ${name} = ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )
  return [
    `${stamp(report.elapsedMs)}  ${colors.cyan('answer')}     ${title} ${report.resource}`,
    ...(report.reason === undefined ? [] : [`          ${report.reason}`]),
    ...data,
    ...(report.violations ?? []).map(
      (violation) => `          ${colors.yellow('not as ROS wants it:')} ${violation}`,
    ),
  ]
}

function settledInWords({ outcome, status, stackId }: SettledReport, colors: Colors): string {
  switch (outcome) {
    case 'succeeded':
      return colors.green(status ?? '')
    case 'failed':
      return colors.red(status ?? '')
    case 'gone':
      return `the stack is gone  ${colors.dim(stackId ?? '')}`
    case 'absent':
      return colors.red('there is no such stack')
  }
}

function serviceLines(
  { service, url, environment, properties, hint }: SandboxServiceReport,
  colors: Colors,
): string[] {
  const inProperties =
    Object.keys(properties).length === 0 ? [] : [colors.dim(`# as properties: ${JSON.stringify(properties)}`)]
  return [
    `${colors.cyan(service.padEnd(10))} ${url}`,
    colors.dim(`# ${hint}`),
    ...Object.entries(environment).map(([name, value]) => `export ${name}=${value}`),
    ...inProperties,
    '',
  ]
}

/** Characters: `DescribeStackEvents`. */
const LONGEST_CHECK = 19

function resultInColour(result: Check['result'], colors: Colors): string {
  const padded = result.padEnd(8)
  switch (result) {
    case 'ok':
      return colors.green(padded)
    case 'missing':
      return colors.red(padded)
    case 'degraded':
    case 'unknown':
      return colors.yellow(padded)
  }
}

function billed(ms: number): string {
  return ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`
}

function figureLines(rows: Extract<Report, { type: 'figures' }>['rows']): string[] {
  const width = Math.max(...rows.map(([name]) => name.length))
  return ['', ...rows.map(([name, value]) => `${name.padEnd(width)}  ${value.padStart(10)}`)]
}

function summaryLines(rows: readonly SummaryRow[], colors: Colors): string[] {
  const width = Math.max(...rows.map(({ step }) => step.length), 4)
  const head = `${'step'.padEnd(width)}  answer   seconds`
  return [
    '',
    colors.bold(head),
    ...rows.map((row) => {
      const mark = row.asExpected ? '' : colors.red('  not as expected')
      const answer = row.answer.padEnd(7)
      const shown = row.answer === 'SUCCESS' ? colors.green(answer) : colors.red(answer)
      return `${row.step.padEnd(width)}  ${shown}  ${row.seconds.toFixed(1).padStart(7)}${mark}`
    }),
  ]
}

function shade(status: string, colors: Colors): (text: string) => string {
  switch (toneOf(status)) {
    case 'good':
      return colors.green
    case 'bad':
      return colors.red
    case 'busy':
      return colors.yellow
  }
}

function stamp(ms: number): string {
  return clock(ms).padStart(8)
}

function clock(ms: number): string {
  if (ms < 0) return `-${clock(-ms)}`
  const seconds = ms / 1000
  return seconds < 60
    ? `${seconds.toFixed(1)} s`
    : `${String(Math.floor(seconds / 60))} min ${String(Math.floor(seconds % 60))} s`
}
