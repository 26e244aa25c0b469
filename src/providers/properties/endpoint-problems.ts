import { ForbiddenAddressError } from '../../platform/network.ts'
import type { PropertyProblem } from './property-problem.ts'
import type { Surroundings } from '../provider.ts'

/** What speaks against fetching a URL that the properties give; nothing where they give none. */
export function endpointProblems(
  path: string,
  url: string | undefined,
  { network }: Surroundings,
): PropertyProblem[] {
  if (url === undefined) return []
  try {
    network.check(url, 'endpoint')
    return []
  } catch (error) {
    if (error instanceof ForbiddenAddressError) return [{ path, problem: error.message }]
    throw error
  }
}
