import type { PropertyProblem } from '../../providers/properties/property-problem.ts'

/** A problem in a file. Like a `PropertyProblem` it quotes no value that may be secret. */
export interface Finding extends PropertyProblem {
  /** `warning`: it may be intended. */
  readonly severity: 'error' | 'warning'
  /** Where the place is within a text that a value of the file is, such as a template: its path, and the line from 1. */
  readonly inText?: { readonly path: string; readonly line: number }
}

export function error(path: string, problem: string): Finding {
  return { severity: 'error', path, problem }
}

export function warning(path: string, problem: string): Finding {
  return { severity: 'warning', path, problem }
}

/** The path of the field or item `name` of the value at `path`. */
export function pathTo(path: string, name: string | number): string {
  if (typeof name === 'number') return `${path}[${String(name)}]`
  return path === '' ? name : `${path}.${name}`
}

/** A problem that a provider found in the map at `path`. */
export function within(path: string, { path: inner, problem }: PropertyProblem): Finding {
  return error(inner === '' ? path : pathTo(path, inner), problem)
}

/** A finding about something within the value at `path`. */
export function below(path: string, finding: Finding): Finding {
  return {
    ...finding,
    path: finding.path === '' ? path : pathTo(path, finding.path),
    ...(finding.inText === undefined
      ? {}
      : { inText: { ...finding.inText, path: pathTo(path, finding.inText.path) } }),
  }
}
