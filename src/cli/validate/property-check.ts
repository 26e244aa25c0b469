import { bindEvent } from '../../bridge/open-session.ts'
import { systemClock } from '../../platform/clock.ts'
import { createNetwork } from '../../platform/network.ts'
import { silentLog } from '../../platform/silent-log.ts'
import { Secrets } from '../../platform/secrets.ts'
import type { Environment } from '../../platform/settings.ts'
import type { PropertyProblem } from '../../providers/properties/property-problem.ts'
import { providerRegistry } from '../../providers/registry.ts'
import type { RosEvent } from '../../ros/event.ts'
import { localSettings } from '../local-bridge/local-settings.ts'
import { intersection } from './unknown-values.ts'

/** The problems that the bridge finds in an event's properties before its first call. */
export interface PropertyCheck {
  problemsOf(event: RosEvent): Promise<readonly PropertyProblem[]>
  close(): Promise<void>
}

/**
 * `environment` is the command's: its `STACKBRIDGE_…` settings say which addresses are allowed. The function's environment is
 * unknown, so that a missing region or credential is not a problem if the function may have it. Throws
 * `MisconfigurationError`.
 */
export function createPropertyCheck(environment: Environment): PropertyCheck {
  const network = createNetwork(localSettings(environment))
  async function problemsWith(event: RosEvent, functionEnvironment: Environment, secrets: Secrets) {
    const bound = await bindEvent(event, providerRegistry, {
      clock: systemClock,
      random: Math.random,
      network,
      secrets,
      log: silentLog,
      environment: functionEnvironment,
    })
    if (!bound.ok) return bound.problems
    bound.session.close()
    return []
  }
  return {
    async problemsOf(event) {
      const secrets = new Secrets()
      const problems = await problemsWith(event, {}, secrets)
      if (problems.length === 0) return []
      const certain = intersection(problems, await problemsWith(event, FULL_ENVIRONMENT, secrets))
      // Most properties have no problem, and to find the secrets in them takes longer than to check them.
      if (certain.length > 0) secrets.addFrom(event.resourceProperties)
      return certain.map(({ path, problem }) => ({ path, problem: secrets.mask(problem) }))
    },
    close: () => network.close(),
  }
}

/** Has a value for every name; what asks for something special is not asked for. */
const FULL_ENVIRONMENT: Environment = new Proxy(
  {},
  { get: (_, name) => (String(name).includes('_USE_') ? 'false' : 'https://unknown.example/') },
)
