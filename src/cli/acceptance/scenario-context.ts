import { writeJson, type JsonObject, type JsonValue } from '../../platform/json.ts'
import type { EventAnswer } from '../local-stack/resource-steps.ts'
import type { StackSpec } from './clouds/acceptance-cloud.ts'
import type { Subject } from './subject.ts'
import { TrialResource, type TrialSurroundings } from './trial-resource.ts'

/** A scenario's stack did not behave as the scenario expects. The message says what was expected, and what happened. */
export class ScenarioFailure extends Error {
  override readonly name = 'ScenarioFailure'
}

/** A scenario cannot be run here. The message says why, and what would let it. */
export class ScenarioNotRun extends Error {
  override readonly name = 'ScenarioNotRun'
}

/** What the scenarios of one subject share: the resources that they create, update and delete one after the other. */
export class ScenarioContext {
  readonly subject: Subject
  readonly #surroundings: TrialSurroundings
  readonly #resources = new Map<string, TrialResource>()
  readonly #newSecret: () => string

  constructor(subject: Subject, surroundings: TrialSurroundings, newSecret: () => string) {
    this.subject = subject
    this.#surroundings = surroundings
    this.#newSecret = newSecret
  }

  /** The same one for the same logical id. */
  resource(logicalId: string): TrialResource {
    const known = this.#resources.get(logicalId)
    if (known !== undefined) return known
    const made = new TrialResource(this.#surroundings, logicalId, this.subject.resourceType)
    this.#resources.set(logicalId, made)
    return made
  }

  /** A name of the run's own, the same one for the same `part`. */
  name(part: string): string {
    return `${this.#surroundings.journal.rosStack.stackName}-${part}`
  }

  properties(spec: StackSpec, more: JsonObject = {}): JsonObject {
    return { ...this.subject.properties(spec, this.#surroundings.journal.run), ...more }
  }

  secret(): string {
    return this.#newSecret()
  }

  /** Such as ROS sends about a resource of the run, without an answer's address. */
  event(logicalId: string, properties: JsonObject): JsonObject {
    const { stackId, stackName } = this.#surroundings.journal.rosStack
    return {
      StackId: stackId,
      StackName: stackName,
      LogicalResourceId: logicalId,
      ResourceType: this.subject.resourceType,
      RequestId: this.#surroundings.requestId(),
      ResourceProperties: properties,
    }
  }

  /** Reads a stack by its name, and owns nothing. */
  async read(name: string): Promise<EventAnswer> {
    const reader = {
      logicalId: 'Reader',
      type: this.subject.resourceType,
      properties: this.subject.reading(name),
    }
    const send = (more: { requestType: 'Create' | 'Delete'; physicalResourceId?: string }) =>
      this.#surroundings.send({ ...reader, ...more, requestId: this.#surroundings.requestId() })
    const answer = await send({ requestType: 'Create' })
    if (answer.ok)
      succeeded(await send({ requestType: 'Delete', physicalResourceId: answer.physicalResourceId }))
    return answer
  }
}

export type Succeeded = Extract<EventAnswer, { ok: true }>

/** Throws `ScenarioFailure` for FAILED. */
export function succeeded(answer: EventAnswer): Succeeded {
  if (answer.ok) return answer
  throw new ScenarioFailure(`SUCCESS was expected, and FAILED came: ${answer.reason}`)
}

/** The reason of a FAILED. Throws `ScenarioFailure` for SUCCESS, and for a reason that does not say what `pattern` looks for. */
export function refused(answer: EventAnswer, pattern?: RegExp): string {
  if (answer.ok) throw new ScenarioFailure('FAILED was expected, and SUCCESS came')
  if (answer.reason === '') throw new ScenarioFailure('FAILED came without a reason')
  if (pattern?.test(answer.reason) === false)
    throw new ScenarioFailure(`the reason was expected to match ${pattern.source}: ${answer.reason}`)
  return answer.reason
}

/** Throws `ScenarioFailure` unless the answer has the value as its output `Value`. */
export function expectValue({ data }: Succeeded, value: JsonValue): void {
  const { Value = null } = data
  if (Value !== value)
    throw new ScenarioFailure(
      `the output Value was expected to be ${writeJson(value)}, and is ${writeJson(Value)}`,
    )
}

/** Throws `ScenarioFailure` if the PhysicalResourceId has changed. */
export function expectSameId(resource: TrialResource, former: string | undefined): void {
  if (resource.physicalResourceId !== former)
    throw new ScenarioFailure(
      `the PhysicalResourceId was expected to stay ${String(former)}, and is ${String(resource.physicalResourceId)}`,
    )
}
