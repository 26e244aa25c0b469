import { isDeepStrictEqual } from 'node:util'
import type { JsonValue } from '../../../src/platform/json.ts'
import type { Outcome, SandboxResource } from '../../../src/sandbox/ros/ros.ts'
import type { StackSpec } from './embedded-cloud.ts'
import type { PlannedFault } from './faults.ts'
import type { World } from './world.ts'

export type Expected =
  | { readonly status: 'SUCCESS'; readonly value?: string }
  /** With this reason, or else that which the cloud gives for a failure. */
  | { readonly status: 'FAILED'; readonly reason?: RegExp }

/** Sends the events of a scenario as ROS does, and records each wrong answer. */
export class ScenarioRun {
  readonly world: World
  readonly violations: string[] = []
  readonly #faults: readonly PlannedFault[]
  #isExcused = false
  #isDeleted = false
  readonly #heard: {
    readonly outcome: Outcome
    answers: ReturnType<World['ros']['answersTo']> | undefined
  }[] = []

  constructor(world: World, faults: readonly PlannedFault[]) {
    this.world = world
    this.#faults = faults
  }

  /** Prepares the scenario, without faults. */
  async prepare(spec: StackSpec): Promise<SandboxResource> {
    const resource = this.world.resource(spec)
    this.check(await resource.create(), { status: 'SUCCESS', value: spec.value })
    await this.world.fc.settle()
    this.world.plan.beginScenario()
    return resource
  }

  async create(resource: SandboxResource, expected: Expected): Promise<void> {
    this.#goOn()
    this.check(await resource.create(), expected)
  }

  async update(resource: SandboxResource, spec: StackSpec, expected: Expected): Promise<void> {
    this.#goOn()
    this.check(await resource.update(this.world.parameters(spec)), expected)
  }

  /** An Update that is planned first and must not replace or remove anything. */
  async judgedUpdate(resource: SandboxResource, spec: StackSpec, expected: Expected): Promise<void> {
    this.#goOn()
    const policy = { RefuseReplacement: true, RefuseRemoval: true }
    this.check(await resource.update({ ...this.world.parameters(spec), ...policy }), expected)
  }

  /** An Update that checks for drift first and is refused if there is drift. */
  async checkedUpdate(resource: SandboxResource, spec: StackSpec, expected: Expected): Promise<void> {
    this.#goOn()
    this.check(await resource.update({ ...this.world.parameters(spec), OnDrift: 'refuse' }), expected)
  }

  async delete(resource: SandboxResource): Promise<void> {
    this.#goOn()
    this.check(await resource.delete(), { status: 'SUCCESS' })
  }

  /** Waits until nothing of the function is queued or running, and compares the existing stacks with the expected ones. */
  async endsWith(values: readonly JsonValue[]): Promise<void> {
    await this.world.fc.settle()
    const existing = this.world.cloud.values()
    if (this.#isExcused && (values.length > 0 || !this.#isDeleted)) return
    const left = this.world.cloud.leftByPlans?.() ?? []
    if (left.length > 0) this.violations.push(`plans are left over: ${left.join(', ')}`)
    if (existing.length > values.length) this.violations.push(`stacks are left over: ${inWords(existing)}`)
    else if (!isDeepStrictEqual(existing, values))
      this.violations.push(`${inWords(existing)} stands, where it should be ${inWords(values)}`)
  }

  /** Records what is wrong with one answer. */
  check(outcome: Outcome, expected: Expected | undefined): void {
    this.#heard.push({ outcome, answers: undefined })
    const { requestType, answer } = outcome
    for (const violation of outcome.violations)
      if (!violation.endsWith('answers came') && answer !== undefined)
        this.violations.push(`${requestType}: ${violation}`)
    if (answer === undefined) {
      this.violations.push(`${requestType}: ROS heard nothing before its Timeout`)
      return
    }
    this.#isDeleted = requestType === 'Delete' && answer.status === 'SUCCESS'
    if (expected === undefined) return
    const { status, reason = '', data } = answer
    if (status === 'FAILED' && this.#excuses(reason)) {
      this.#isExcused = true
      return
    }
    if (status !== expected.status)
      this.violations.push(`${requestType}: ${status} (${reason}), where ${expected.status} is true`)
    else if (expected.status === 'FAILED' && !(expected.reason ?? this.world.cloud.reason).test(reason))
      this.violations.push(`${requestType}: the reason is ${reason}`)
    else if (expected.status === 'SUCCESS' && expected.value !== undefined && this.world.cloud.hasOutput)
      if (data['Value'] !== expected.value)
        this.violations.push(`${requestType}: the outputs are ${JSON.stringify(data)}`)
  }

  /** Call this at the end of the history. */
  finish(): void {
    this.#goOn()
    for (const { outcome, answers = [] } of this.#heard) {
      const [first, ...more] = answers.map(({ answer }) => answer)
      const other = more.find(
        (one) =>
          one?.status !== first?.status ||
          one?.physicalResourceId !== first?.physicalResourceId ||
          !isDeepStrictEqual(one?.data, first?.data),
      )
      if (other !== undefined)
        this.violations.push(
          `${outcome.requestType}: ROS heard ${JSON.stringify(first)}, and then ${JSON.stringify(other)}`,
        )
    }
    if (this.world.fc.lost.length > 0)
      this.violations.push('even the failure destination could not answer an event')
  }

  /** Ignores later answers to earlier requests. */
  #goOn(): void {
    for (const heard of this.#heard) heard.answers ??= [...this.world.ros.answersTo(heard.outcome.requestId)]
  }

  #isWrite(effect: string): boolean {
    return this.world.plan.effects.some(({ name, kind }) => name === effect && kind === 'write')
  }

  /** A FAILED that is correct because the bridge could not know more. */
  #excuses(reason: string): boolean {
    return this.#faults.some(
      ({ kind, at }) =>
        // A request that starts an operation may be refused; a refused poll says nothing about the stack.
        (kind === 'unrelated-404' && this.#isWrite(at) && /404|not ?found/i.test(reason)) ||
        (kind === 'killed-for-good-shown-late' && reason.includes('The call of the bridge died')),
    )
  }
}

function inWords(values: readonly JsonValue[]): string {
  return values.length === 0 ? 'nothing' : JSON.stringify(values)
}
