import type { PropertyProblem } from '../properties/property-problem.ts'
import type { Surroundings } from '../provider.ts'

export interface RegionVariables {
  /** The first variable that is set is used. */
  readonly variables: readonly string[]
  /** Of the whole text. */
  readonly grammar: RegExp
  /** Completes "must be …". */
  readonly rule: string
}

export type EnvironmentRegion =
  | { readonly ok: true; readonly region: string | undefined }
  | { readonly ok: false; readonly problem: PropertyProblem }

/**
 * The region that the environment names, or `undefined`. It may become a part of a host name: a value that is not a
 * region is refused, and the problem names the variable.
 */
export function environmentRegion(
  { variables, grammar, rule }: RegionVariables,
  { environment }: Pick<Surroundings, 'environment'>,
): EnvironmentRegion {
  for (const name of variables) {
    const region = environment[name]
    if (region === undefined || region === '') continue
    if (grammar.test(region)) return { ok: true, region }
    return { ok: false, problem: { path: name, problem: `must be ${rule}`, isOfEnvironment: true } }
  }
  return { ok: true, region: undefined }
}

export type ChosenRegion =
  { readonly ok: true; readonly region: string } | { readonly ok: false; readonly problem: PropertyProblem }

/** The region of the properties or the id (`known`), else the environment's. `example`: a region of this vendor. */
export function chosenRegion(
  known: string | undefined,
  variables: RegionVariables,
  example: string,
  surroundings: Pick<Surroundings, 'environment'>,
): ChosenRegion {
  if (known !== undefined) return { ok: true, region: known }
  const read = environmentRegion(variables, surroundings)
  if (!read.ok) return read
  if (read.region !== undefined) return { ok: true, region: read.region }
  const problem = `is missing; it must be a region, such as ${example}`
  return { ok: false, problem: { path: 'RegionId', problem } }
}
