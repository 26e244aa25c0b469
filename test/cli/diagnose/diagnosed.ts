import { diagnose } from '../../../src/cli/diagnose/diagnose.ts'
import type { NamedTarget } from '../../../src/cli/diagnose/diagnose-target.ts'
import type { InquiryRequest } from '../../../src/cli/inquiry/inquiry.ts'
import type { DiagnosisReport } from '../../../src/cli/report.ts'
import { writeJson, type JsonObject } from '../../../src/platform/json.ts'

type DiagnoseRequest = InquiryRequest & NamedTarget

const NONE: Omit<DiagnoseRequest, 'target' | 'sandbox'> = {
  parameters: new Map(),
  localStack: { state: '/nowhere/at/all' },
  environment: {},
}

export type Read = Extract<DiagnosisReport, { outcome: 'read' }>

/** The only report of `stackbridge diagnose` for an event or a stack's id. */
export async function diagnosed(
  target: JsonObject | string,
  options: Partial<DiagnoseRequest> = {},
): Promise<DiagnosisReport> {
  const reports: DiagnosisReport[] = []
  const event = typeof target === 'string' ? undefined : target
  await diagnose(
    { ...NONE, sandbox: false, ...options, target: typeof target === 'string' ? target : 'event.json' },
    () => Promise.resolve(Buffer.from(writeJson(event ?? null))),
    {
      report(report) {
        if (report.type === 'diagnosis') reports.push(report)
      },
      close: () => undefined,
    },
    new AbortController().signal,
  )
  const [report] = reports
  if (report === undefined || reports.length > 1) throw new Error(`${String(reports.length)} diagnoses`)
  return report
}

/** The target, if the stack could be read. */
export async function readDiagnosis(
  target: JsonObject | string,
  options: Partial<DiagnoseRequest> = {},
): Promise<Read> {
  const report = await diagnosed(target, options)
  if (report.outcome !== 'read') throw new Error(`not read: ${JSON.stringify(report)}`)
  return report
}

/** The path of each failure, with a mark for what it is. */
export function shapeOf({ failures }: Read): string[] {
  return failures.map(
    ({ path, isConsequence }) => `${isConsequence ? '(' : ''}${path}${isConsequence ? ')' : ''}`,
  )
}
