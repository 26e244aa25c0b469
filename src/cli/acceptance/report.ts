import { FACTS, type Observation } from './facts.ts'
import type { ScenarioResult } from './run-scenarios.ts'

/** All that a run has found. It holds no secret and no id of an account. */
export interface AcceptanceReport {
  readonly version: 1
  readonly stackbridge: string
  readonly node: string
  readonly run: string
  /** ISO 8601. */
  readonly startedAt: string
  readonly endedAt: string
  readonly subjects: readonly string[]
  readonly sandbox: boolean
  readonly scenarios: readonly ScenarioResult[]
  readonly facts: readonly Observation[]
  /** Stacks that may be left, each with the reason. */
  readonly left: readonly string[]
}

/** The report as Markdown, ready to be sent as an issue. */
export function reportMarkdown(report: AcceptanceReport): string {
  const { stackbridge, node, run, startedAt, endedAt, subjects, sandbox, left } = report
  return [
    `# Acceptance ${run}`,
    '',
    `Stackbridge ${stackbridge}, Node ${node}, ${subjects.join(', ')}${sandbox ? ' (embedded clouds)' : ''}; ${startedAt} to ${endedAt}.`,
    '',
    '## Scenarios',
    '',
    ...scenarioTable(report.scenarios),
    '',
    '## Facts that no document settles',
    '',
    ...factTable(report.facts),
    '',
    '## What is left',
    '',
    ...(left.length === 0 ? ['Nothing.'] : left.map((one) => `- ${inline(one)}`)),
    '',
  ].join('\n')
}

function scenarioTable(scenarios: readonly ScenarioResult[]): readonly string[] {
  const rows = scenarios.map(({ subject, title, result, elapsedMs, detail = '' }) =>
    [subject, title, result, `${(elapsedMs / 1000).toFixed(1)} s`, detail].map(inline),
  )
  return table([['on', 'scenario', 'result', 'time', 'what was seen'], ...rows])
}

function factTable(observations: readonly Observation[]): readonly string[] {
  const rows = observations.map((one) => {
    const { question = '', assumed = '' } = FACTS.find(({ id }) => id === one.fact) ?? {}
    return [question, assumed, one.seen ?? `not observed, because ${one.why}`].map(inline)
  })
  return table([['question', 'what the bridge assumes', 'what was seen'], ...rows])
}

function table([head = [], ...rows]: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)]
}

/** A cell's text: one line in which nothing is markup, and no name is a mention. */
function inline(text: string): string {
  return text
    .replaceAll(/[\\|`*_<>[\]]/g, '\\$&')
    .replaceAll('@', '@\u200b')
    .replaceAll(/\s+/g, ' ')
}
