import { writeJson } from '../platform/json.ts'
import { createColors, type Colors } from './colors.ts'
import type { Check } from '../providers/provider.ts'
import { displayStateOf } from './display-state.ts'
import { planLines } from './plan-text.ts'
import type {
  Renderer,
  Report,
  ResourceReport,
  SandboxServiceReport,
  SettledReport,
  StackReport,
  StoryReport,
  SummaryRow,
  TroubleReport,
} from './report.ts'
import { printableDeep } from './terminal-text.ts'

export interface Screen {
  /** One finished line. */
  line(text: string): void
  /** Replaces the progress text, which only a terminal shows; `undefined` removes it. */
  progress(text: string | undefined): void
}

/** For people: plain lines, with colors and a spinner where the screen has them. */
export function createTextRenderer(screen: Screen, colored: boolean): Renderer {
  const colors = createColors(colored)
  // Held back until the next report: the reason of the answer may hold the same sentence.
  let refusal: TroubleReport | undefined
  let lastTrouble: string | undefined
  const print = (report: Report): void => {
    for (const line of linesOf(report, colors)) screen.line(line)
  }
  const printRefusal = (reason = ''): void => {
    if (refusal !== undefined && !reason.includes(refusal.message)) print(refusal)
    refusal = undefined
  }
  return {
    report(given) {
      // The renderer adds its own colors and line breaks after this.
      const report = printableDeep(given)
      if (FINAL_REPORTS.includes(report.type)) screen.progress(undefined)
      if (report.type === 'status') {
        screen.progress(`${report.status}  ${duration(report.elapsedMs)}`)
        return
      }
      printRefusal(report.type === 'answer' ? report.reason : undefined)
      if (report.type !== 'trouble') {
        print(report)
        return
      }
      if (isRefusal(report)) refusal = report
      else print(report.message === lastTrouble ? { ...report, message: SAME_ERROR } : report)
      lastTrouble = report.message
    },
    close() {
      printRefusal()
      screen.progress(undefined)
    },
  }
}

const SAME_ERROR = 'the same error again'

function isRefusal({ kind }: TroubleReport): boolean {
  return kind === 'denied' || kind === 'rejected'
}

/** No operation is in progress after one of these. */
const FINAL_REPORTS: readonly Report['type'][] = ['answer', 'settled', 'stack', 'story', 'summary']

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
        `${timeColumn(report.elapsedMs)}  ${colors.dim('bridge')}     ${report.action}${report.stackId === null ? '' : `  ${colors.dim(report.stackId)}`}`,
      ]
    case 'status':
      return []
    case 'stack-event':
      return [
        `${timeColumn(report.elapsedMs)}  ${colorOf(report.status, colors)(report.status.padEnd(28))} ${report.resource}${report.resourceType === '?' ? '' : ` ${colors.dim(report.resourceType)}`}` +
          (report.reason === undefined ? '' : `\n${' '.repeat(10)}${report.reason}`),
      ]
    case 'watching':
      return [
        `${timeColumn(0)}  ${colors.cyan('watching')}   ${report.name}: ${report.status}  ${colors.dim(report.stackId)}`,
      ]
    case 'settled':
      return [`${timeColumn(report.elapsedMs)}  ${colors.cyan('settled')}    ${settledText(report, colors)}`]
    case 'check':
      return [
        `${coloredResult(report.result, colors)}  ${report.name.padEnd(LONGEST_CHECK)}  ${report.detail}`,
      ]
    case 'trouble':
      return [`${timeColumn(report.elapsedMs)}  ${colors.yellow(troubleLabel(report))}  ${report.message}`]
    case 'answer':
      return answerLines(report, colors)
    case 'resource':
      return resourceLines(report, colors)
    case 'stack':
      return stackLines(report, colors)
    case 'plan':
      return planLines(report, colors)
    case 'call':
      return [
        `${timeColumn(report.elapsedMs)}  ${colors.dim('call')} ${String(report.number).padEnd(4)}  ${report.ended}, ${billed(report.billedMs)} billed`,
      ]
    case 'sandbox-service':
      return serviceLines(report, colors)
    case 'sandbox-note':
      return [`${' '.repeat(10)}${colors.yellow('sandbox:')} ${report.cloud}: ${report.note}`]
    case 'written':
      return [`${colors.green('written')}  ${report.path}  ${colors.dim(report.what)}`]
    case 'next':
      return [
        '',
        'next:',
        ...report.steps.map(({ command, why }) => `  ${command}  ${colors.dim(`# ${why}`)}`),
      ]
    case 'acceptance-plan':
      return [...report.lines, '']
    case 'story':
      return storyLines(report, colors)
    case 'cleaned':
      return [
        report.problem === undefined
          ? `${colors.green('deleted')}   ${report.stack}`
          : `${colors.red('left')}      ${report.stack}: ${report.problem}`,
      ]
    case 'calls-left-out':
      return [`${' '.repeat(10)}${colors.dim(`… ${String(report.count)} more invocations …`)}`]
    case 'figures':
      return figureLines(report.rows)
    case 'summary':
      return summaryLines(report.rows, colors)
  }
}

function answerLines(report: Extract<Report, { type: 'answer' }>, colors: Colors): string[] {
  const title = report.status === 'SUCCESS' ? colors.green('SUCCESS') : colors.red('FAILED')
  const data = Object.entries(report.data ?? {}).map(
    ([name, value]) => `          ${name} = ${typeof value === 'string' ? value : writeJson(value)}`,
  )
  return [
    `${timeColumn(report.elapsedMs)}  ${colors.cyan('answer')}     ${title} ${report.resource}`,
    ...(report.reason === undefined ? [] : [`          ${report.reason}`]),
    ...data,
    ...(report.violations ?? []).map(
      (violation) => `          ${colors.yellow('violates a rule of ROS:')} ${violation}`,
    ),
  ]
}

function resourceLines(report: ResourceReport, colors: Colors): string[] {
  const { resource, resourceType, status, note, reason, elapsedMs } = report
  return [
    `${timeColumn(elapsedMs)}  ${colors.cyan('resource')}   ${colorOf(status, colors)(status)} ${resource} ${colors.dim(resourceType)}`,
    ...[note, reason].flatMap((text) => (text === undefined ? [] : [`          ${text}`])),
  ]
}

function stackLines(report: StackReport, colors: Colors): string[] {
  const { stackName, status, reason, outputs, elapsedMs } = report
  return [
    `${timeColumn(elapsedMs)}  ${colors.cyan('stack')}      ${colorOf(status, colors)(status)} ${stackName}`,
    ...(reason === undefined ? [] : [`          ${reason}`]),
    ...Object.entries(outputs).map(
      ([name, value]) => `          ${name} = ${typeof value === 'string' ? value : writeJson(value)}`,
    ),
  ]
}

function storyLines({ result, subject, title, detail, elapsedMs }: StoryReport, colors: Colors): string[] {
  const color = { passed: colors.green, failed: colors.red, 'not run': colors.yellow }[result]
  return [
    `${color(result.padEnd(8))} ${timeColumn(elapsedMs)}  ${subject}: ${title}`,
    ...(detail === undefined ? [] : [`${' '.repeat(19)}${colors.dim(detail)}`]),
  ]
}

function troubleLabel({ kind }: TroubleReport): string {
  switch (kind) {
    case 'denied':
    case 'rejected':
      return 'refused  '
    case 'throttled':
      return 'throttled'
    case 'unavailable':
      return 'error    '
    case 'invalid-answer':
      return 'invalid  '
  }
}

function settledText({ outcome, status, stackId }: SettledReport, colors: Colors): string {
  switch (outcome) {
    case 'succeeded':
      return colors.green(status ?? '')
    case 'failed':
      return colors.red(status ?? '')
    case 'gone':
      return `the stack was deleted  ${colors.dim(stackId ?? '')}`
    case 'absent':
      return colors.red('there is no such stack')
  }
}

function serviceLines(
  { service, url, environment, properties, hint }: SandboxServiceReport,
  colors: Colors,
): string[] {
  const propertyLines =
    Object.keys(properties).length === 0 ? [] : [colors.dim(`# properties: ${writeJson(properties)}`)]
  return [
    `${colors.cyan(service.padEnd(10))} ${url}`,
    colors.dim(`# ${hint}`),
    ...Object.entries(environment).map(([name, value]) => `export ${name}=${value}`),
    ...propertyLines,
    '',
  ]
}

/** Characters of `DescribeStackEvents`. */
const LONGEST_CHECK = 19

function coloredResult(result: Check['result'], colors: Colors): string {
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

function colorOf(status: string, colors: Colors): (text: string) => string {
  switch (displayStateOf(status)) {
    case 'success':
      return colors.green
    case 'failure':
      return colors.red
    case 'in progress':
      return colors.yellow
  }
}

function timeColumn(ms: number): string {
  return duration(ms).padStart(8)
}

function duration(ms: number): string {
  if (ms < 0) return `-${duration(-ms)}`
  const seconds = ms / 1000
  return seconds < 60
    ? `${seconds.toFixed(1)} s`
    : `${String(Math.floor(seconds / 60))} min ${String(Math.floor(seconds % 60))} s`
}
