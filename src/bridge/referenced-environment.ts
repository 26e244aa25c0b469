import { SecretSourceError, type SecretSource } from '../platform/secret-source/secret-source.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { Opened, Surroundings } from '../providers/provider.ts'

type Environment = Surroundings['environment']

/**
 * Opens a session whose environment has references to secrets. Opening makes no call, so it is tried first: it shows
 * which referenced variables the session needs, and only these are read. `open` is called again with their values.
 */
export async function openWithReferences(
  open: (environment: Environment) => Opened | Promise<Opened>,
  environment: Environment,
  source: SecretSource | undefined,
  secrets: Secrets,
): Promise<Opened> {
  if (source === undefined || source.variables.length === 0) return open(environment)
  const values = new Map<string, string>()
  for (;;) {
    const needed = new Set<string>()
    const opened = await open(noting(environment, source.variables, values, needed))
    if (needed.size === 0) return opened
    if (opened.ok) opened.session.close()
    try {
      for (const [variable, value] of await source.read([...needed])) {
        secrets.add(value)
        values.set(variable, value)
      }
    } catch (error) {
      if (!(error instanceof SecretSourceError)) throw error
      return { ok: false, problems: [{ path: '', problem: error.message, isOfEnvironment: true }] }
    }
  }
}

/** The environment with what is known of the referenced variables; reading another one adds its name to `needed`. */
function noting(
  environment: Environment,
  variables: readonly string[],
  values: ReadonlyMap<string, string>,
  needed: Set<string>,
): Environment {
  const noted: Record<string, string | undefined> = { ...environment }
  for (const variable of variables)
    Object.defineProperty(noted, variable, {
      enumerable: true,
      get() {
        if (!values.has(variable)) needed.add(variable)
        return values.get(variable)
      },
    })
  return noted
}
