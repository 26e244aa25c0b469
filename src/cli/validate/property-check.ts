import { bindEvent } from '../../bridge/open-session.ts'
import { systemClock } from '../../platform/clock.ts'
import { createLogger } from '../../platform/log.ts'
import { createNetwork } from '../../platform/network.ts'
import { Secrets } from '../../platform/secrets.ts'
import { readSettings, type Environment } from '../../platform/settings.ts'
import type { PropertyProblem } from '../../providers/properties/property-problem.ts'
import { providerRegistry } from '../../providers/registry.ts'
import type { RosEvent } from '../../ros/event.ts'
import { MisconfigurationError } from '../local-bridge.ts'
import { intersection } from './unknown-values.ts'

/** What the bridge itself would say of an event's properties before it makes the first call. */
export interface PropertyCheck {
  problemsOf(event: RosEvent): Promise<readonly PropertyProblem[]>
  close(): Promise<void>
}

/**
 * `environment` is that of the command: its `STACKBRIDGE_…` settings say which addresses are allowed. That of the function is
 * not known, so that a region or a credential that it may have is not missed. Throws `MisconfigurationError`.
 */
export function createPropertyCheck(environment: Environment): PropertyCheck {
  const { settings, problems } = readSettings({ STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true', ...environment })
  if (problems.length > 0) throw new MisconfigurationError(problems.join('; '))
  const network = createNetwork(settings)
  async function problemsWith(event: RosEvent, functionEnvironment: Environment) {
    const secrets = new Secrets()
    secrets.addFrom(event.resourceProperties)
    const bound = await bindEvent(event, providerRegistry, {
      clock: systemClock,
      random: Math.random,
      network,
      secrets,
      log: createLogger({ level: 'silent', secrets }),
      environment: functionEnvironment,
    })
    if (!bound.ok)
      return bound.problems.map(({ path, problem }) => ({ path, problem: secrets.mask(problem) }))
    bound.session.close()
    return []
  }
  return {
    async problemsOf(event) {
      const problems = await problemsWith(event, {})
      return problems.length === 0 ? [] : intersection(problems, await problemsWith(event, RICH_ENVIRONMENT))
    },
    close: () => network.close(),
  }
}

/** Has whatever is asked for. */
const RICH_ENVIRONMENT: Environment = new Proxy({}, { get: () => 'https://unknown.example/' })
