import { access, constants, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Renderer } from '../report.ts'
import { pathProblem } from '../../platform/path-problem.ts'
import { UsageError } from '../usage-error.ts'
import type { AcceptanceFindings } from './acceptance.ts'
import { observationsOf } from './facts.ts'
import { reportMarkdown, type AcceptanceReport } from './report.ts'

export interface ReportOptions {
  readonly findings: AcceptanceFindings
  readonly run: string
  readonly sandbox: boolean
  readonly startedAt: Date
  readonly endedAt: Date
  /** Of Stackbridge. */
  readonly version: string
  readonly folder: string
}

/** Creates the folder if it does not exist: a run whose report cannot be written is made for nothing. Throws `UsageError`. */
export async function prepareReportFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
    await access(folder, constants.W_OK)
  } catch (cause) {
    throw unusable(folder, cause)
  }
}

function unusable(path: string, cause: unknown): UsageError {
  return new UsageError(
    `${path} cannot be written (${pathProblem(cause)}); give another folder with --report`,
    {
      cause,
    },
  )
}

/** Writes the report as Markdown and as JSON, and names the files. Throws `UsageError`. */
export async function writeReport(options: ReportOptions, renderer: Renderer): Promise<void> {
  const report = reportOf(options)
  const path = join(options.folder, `stackbridge-acceptance-${options.run}`)
  try {
    await writeFile(`${path}.md`, reportMarkdown(report))
    await writeFile(`${path}.json`, `${JSON.stringify(report, undefined, 2)}\n`)
  } catch (cause) {
    throw unusable(`${path}.md`, cause)
  }
  renderer.report({ type: 'written', path: `${path}.md`, what: 'report' })
  renderer.report({ type: 'written', path: `${path}.json`, what: 'the same for programs' })
}

function reportOf({ findings, run, sandbox, startedAt, endedAt, version }: ReportOptions): AcceptanceReport {
  const { scenarios, observations, left } = findings
  return {
    version: 1,
    stackbridge: version,
    node: process.versions.node,
    run,
    startedAt: startedAt.toISOString(),
    endedAt: endedAt.toISOString(),
    subjects: [...new Set(scenarios.map(({ subject }) => subject))],
    sandbox,
    scenarios,
    facts: observationsOf(observations),
    left,
  }
}
