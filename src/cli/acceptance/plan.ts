import type { JsonObject } from '../../platform/json.ts'
import type { Surroundings } from '../../providers/provider.ts'
import { functionAddressOf } from '../deployed/function-compute-reach.ts'
import type { AcceptanceCloud } from './clouds/acceptance-cloud.ts'
import { aliyunRos } from './clouds/aliyun-ros.ts'
import { deployedSettings } from './deployed/deployed-settings.ts'
import { deployedScenarios } from './deployed/deployed-scenarios.ts'
import { deployedSubject } from './deployed/deployed-subject.ts'
import { functionObservations } from './deployed/function-observations.ts'
import { resourceHistory } from './deployed/resource-history.ts'
import type { Observation } from './facts.ts'
import { SCENARIOS } from './scenarios.ts'
import type { Scenario } from './scenario.ts'
import { localSubject, type Subject } from './subject.ts'

/** What a part of a run may use once it has begun. */
export interface RunTools {
  /** For calls that only read. */
  readonly surroundings: () => Surroundings
  /** Milliseconds since 1970. */
  readonly startedAt: number
  /** Takes what a scenario sees of a fact that no document settles. */
  readonly saw: (observation: Observation) => void
}

/** What a run is going to do on one subject. */
export interface PlannedPart {
  readonly subject: Subject
  readonly scenarios: (tools: RunTools) => readonly Scenario[]
  /** How many stacks of the subject's resource type it makes. */
  readonly stacks: number
  /** What the user reads of it before it begins. */
  readonly holds: string
  readonly cost: string
  /** Variables with the credentials, as text. */
  readonly credentials: string
}

export interface AcceptancePlan {
  readonly parts: readonly PlannedPart[]
  /** Reads, after the scenarios, what the clouds tell of the run. */
  readonly observe: (tools: RunTools) => Promise<readonly Observation[]>
}

export interface PlanOptions {
  readonly clouds: readonly AcceptanceCloud[]
  /** Properties that say where a cloud is, by its name. */
  readonly connections: ReadonlyMap<string, JsonObject>
  /** The ARN of a deployed function, through which the scenarios are run. */
  readonly deployed: string | undefined
  /** For each event. */
  readonly timeoutSeconds: number
}

/** Makes no call. Throws `UsageError` for a ServiceToken that is no function's ARN. */
export function planOf(options: PlanOptions): AcceptancePlan {
  const { deployed } = options
  return deployed === undefined ? localPlan(options) : deployedPlan(deployed, options)
}

function localPlan({ clouds, connections, timeoutSeconds }: PlanOptions): AcceptancePlan {
  const parts = clouds.map((cloud): PlannedPart => ({
    subject: localSubject(cloud, connections.get(cloud.name) ?? {}, timeoutSeconds),
    scenarios: () => SCENARIOS,
    stacks: 3,
    holds: cloud.holds,
    cost: cloud.cost,
    credentials: cloud.credentials,
  }))
  return { parts, observe: () => Promise.resolve([]) }
}

function deployedPlan(
  serviceToken: string,
  { clouds, connections, timeoutSeconds }: PlanOptions,
): AcceptancePlan {
  const address = functionAddressOf(serviceToken)
  const ros = connections.get(aliyunRos.name) ?? {}
  const parts = clouds.map((cloud): PlannedPart => {
    const connection = connections.get(cloud.name) ?? {}
    const subject = deployedSubject(cloud, { serviceToken, address, ros, connection, timeoutSeconds })
    return {
      subject,
      scenarios: ({ surroundings, startedAt, saw }) =>
        deployedScenarios(
          resourceHistory(startedAt, surroundings),
          () => deployedSettings(address, surroundings()),
          saw,
        ),
      stacks: 3,
      holds: `a ${cloud.resourceType} of the function ${address.name}, whose stack holds ${cloud.holds}`,
      cost: `${cloud.cost}; some dozen short calls of the function`,
      credentials: `${aliyunRos.credentials}; the function has those of the other cloud`,
    }
  })
  return {
    parts,
    observe: ({ surroundings, startedAt }) => functionObservations(address, startedAt, surroundings()),
  }
}
