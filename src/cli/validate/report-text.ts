import { inputName } from '../options/input-name.ts'
import { printable } from '../terminal/terminal-text.ts'
import type { FileReport, LocatedFinding } from './validate-file.ts'

/** For people, one line per finding in the format of compilers: `file:line: path: problem`. */
export function reportLines(report: FileReport): string[] {
  const lines = [...report.findings.map((finding) => findingLine(report.file, finding)), summaryLine(report)]
  // A name in a file can hold control characters.
  return lines.map(printable)
}

/** For programs: objects of the types `finding` and `file`. */
export function reportObjects({ findings, ...file }: FileReport): object[] {
  const found = findings.map(({ includedFile, ...finding }) => ({
    type: 'finding',
    file: includedFile ?? file.file,
    ...finding,
  }))
  return [...found, { type: 'file', ...file, ...countsOf(findings) }]
}

function findingLine(
  template: string,
  { line, path, problem, severity, includedFile }: LocatedFinding,
): string {
  const file = includedFile ?? inputName(template)
  const place = line === undefined ? file : `${file}:${String(line)}`
  const parts = [
    place,
    ...(severity === 'warning' ? ['warning'] : []),
    ...(path === '' ? [] : [path]),
    problem,
  ]
  return parts.join(': ')
}

function summaryLine({ file, content, resources, unknownValues, findings }: FileReport): string {
  const { errors, warnings } = countsOf(findings)
  const verdict = errors > 0 ? counted(errors, 'problem') : 'ok'
  const parts = [
    verdict,
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
    ...(content === 'template' ? [resourcesIn(resources)] : []),
    ...(unknownValues > 0
      ? [
          `${counted(unknownValues, 'value')} that ROS computes ${unknownValues === 1 ? 'was' : 'were'} not checked`,
        ]
      : []),
  ]
  return `${inputName(file)}: ${parts.join(', ')}`
}

function resourcesIn(count: number): string {
  return count === 0 ? 'no resources that Stackbridge serves' : `${counted(count, 'resource')} checked`
}

function countsOf(findings: readonly LocatedFinding[]) {
  const errors = findings.filter(({ severity }) => severity === 'error').length
  return { errors, warnings: findings.length - errors }
}

function counted(count: number, what: string): string {
  return `${String(count)} ${what}${count === 1 ? '' : 's'}`
}
