import { writeJson } from '../../platform/json.ts'
import type { Colors } from '../terminal/colors.ts'
import type { Report, SandboxServiceReport } from '../report.ts'
import type { LineOptions } from './line-options.ts'
import { indented } from './text-layout.ts'

const INDENTATION = 10

/** The environment of an embedded cloud's service, to be pasted into a shell. */
export function serviceLines(
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

/** What an embedded cloud invents. */
export function sandboxNoteLines(
  { cloud, note }: Extract<Report, { type: 'sandbox-note' }>,
  { colors, width }: LineOptions,
): string[] {
  return indented(`sandbox: ${cloud}: ${note}`, INDENTATION, width).map(colors.yellow)
}
