import type { Clock, EpochMs } from '../platform/clock.ts'
import { SecretSourceError, type SecretSource } from '../platform/secret-source/secret-source.ts'
import type { Opened, Surroundings } from '../providers/provider.ts'

type Environment = Surroundings['environment']

/** Until when reading a secret is tried again: the operation of the stack is under way even if KMS does not answer. */
export interface RetryLimit {
  readonly clock: Clock
  readonly until: EpochMs
}

/** Longer than a failure is kept: see `SecretStore`. */
const PAUSE_MS = 5500

/**
 * Opens a session whose environment has references to secrets. Opening makes no call, so it is tried first: it shows
 * which referenced variables the session needs, and only these are read. `open` is called again with their values.
 */
export async function openWithReferences(
  open: (environment: Environment) => Opened | Promise<Opened>,
  { environment, secrets }: Pick<Surroundings, 'environment' | 'secrets'>,
  source: SecretSource | undefined,
  retryLimit?: RetryLimit,
): Promise<Opened> {
  if (source === undefined || source.variables.length === 0) return open(environment)
  const values = new Map<string, string>()
  for (;;) {
    const needed = new Set<string>()
    const opened = await open(noting(environment, source.variables, values, needed))
    if (needed.size === 0) return opened
    if (opened.ok) opened.session.close()
    try {
      for (const [variable, value] of await readWithRetries(source, [...needed], retryLimit)) {
        secrets.add(value)
        values.set(variable, value)
      }
    } catch (error) {
      if (!(error instanceof SecretSourceError)) throw error
      return { ok: false, problems: [{ path: '', problem: error.message, isOfEnvironment: true }] }
    }
  }
}

async function readWithRetries(
  source: SecretSource,
  variables: readonly string[],
  retryLimit: RetryLimit | undefined,
): Promise<ReadonlyMap<string, string>> {
  for (;;) {
    try {
      return await source.read(variables)
    } catch (error) {
      const mayPass = error instanceof SecretSourceError && error.isTransient
      if (!mayPass || retryLimit === undefined || retryLimit.clock.now() + PAUSE_MS >= retryLimit.until)
        throw error
      await retryLimit.clock.sleep(PAUSE_MS)
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
