import type { Clock, EpochMs } from '../../../platform/clock.ts'
import type { JsonObject } from '../../../platform/json.ts'

/** A line of a log, or a message of a service's event. */
export interface Line {
  readonly at: EpochMs
  readonly text: string
}

/** A call that IAM denied. */
export interface DeniedCall {
  readonly at: EpochMs
  /** For example `iam`. */
  readonly service: string
  /** For example `CreateRole`. */
  readonly action: string
  readonly message: string
}

/** What the metadata of a resource asks other services of the sandbox to show. */
export interface ResourceEvidence {
  readonly lines: readonly string[]
  /** The group that the function's LoggingConfig names. */
  readonly logGroup: string | undefined
  /** For example `iam:CreateRole`. */
  readonly deniedCall: string | undefined
}

/** What CloudWatch Logs, ECS and CloudTrail know of the resources of all stacks. */
export class EvidenceStore {
  /** By the names of log groups. */
  readonly logs = new Map<string, Line[]>()
  /** The log groups of Lambda functions, by their names. */
  readonly functions = new Map<string, string>()
  /** By the ARNs of ECS services. */
  readonly serviceEvents = new Map<string, Line[]>()
  readonly deniedCalls: DeniedCall[] = []
  readonly #clock: Clock

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** A function of a custom resource writes to its own group, or to the one that Lambda gives it. */
  recordLines(
    { type, properties, physicalId }: { type: string; properties: JsonObject; physicalId: string },
    { lines, logGroup }: ResourceEvidence,
  ): void {
    const written = lines.map((text) => ({ at: this.#clock.now(), text }))
    if (written.length === 0) return
    const token = properties['ServiceToken']
    const name =
      typeof token === 'string' ? /:lambda:[^:]*:\d{12}:function:([^:]+)/.exec(token)?.[1] : undefined
    if (name !== undefined) {
      const group = logGroup ?? `/aws/lambda/${name}`
      this.functions.set(name, group)
      add(this.logs, group, written)
    }
    if (type === 'AWS::ECS::Service') add(this.serviceEvents, physicalId, written)
  }

  /** The call that the metadata names, or else the failure's text. */
  recordDenial(message: string, { deniedCall }: ResourceEvidence): void {
    const named = /not authorized to perform: ([a-z0-9-]+:[A-Za-z0-9]+)/.exec(message)?.[1]
    const [service, action] = (deniedCall ?? named ?? '').split(':')
    if (service === undefined || action === undefined) return
    this.deniedCalls.push({ at: this.#clock.now(), service, action, message })
  }
}

function add(to: Map<string, Line[]>, key: string, lines: readonly Line[]): void {
  to.set(key, [...(to.get(key) ?? []), ...lines])
}
