import type { Bridge } from './history.ts'
import { mutateSources, type SourceMutation } from './mutated-sources.ts'
import type { scenarios } from './scenarios.ts'

/** A change of the sources that breaks one rule. */
export interface Mutation extends SourceMutation {
  /** The rule of the promise that it breaks. */
  readonly rule: string
  readonly breaks: string
  /** The scenario in which the exploration must detect it. */
  readonly scenario: keyof typeof scenarios
}

export const mutations: readonly Mutation[] = [
  {
    rule: 'repeats',
    breaks: 'a repeated Create does not recognize its own operation',
    file: 'bridge/lifecycle/judge-found.ts',
    from: "if (started !== undefined) return { next: 'watch', watch: started }\n  switch (found.condition) {\n    case 'working':\n    case 'deleting':",
    to: "switch (found.condition) {\n    case 'working':\n    case 'deleting':",
    scenario: 'create',
  },
  {
    rule: 'ownership',
    breaks: "a Create adopts another owner's stack",
    file: 'bridge/lifecycle/judge-found.ts',
    from: 'if (missingForTakeOver(operation.policy, found.ownership).length > 0)',
    to: 'if (missingForTakeOver(operation.policy, found.ownership).length < 0)',
    scenario: 'nameOfAnotherOwner',
  },
  {
    rule: 'ownership',
    breaks: "a Delete without an id deletes another owner's stack of the same name",
    file: 'bridge/lifecycle/judge-found.ts',
    from: "found.ownership.mark !== 'another' : found.ownership.mark === 'ours'",
    to: "found.ownership.mark !== 'another' : true",
    scenario: 'nameOfAnotherOwner',
  },
  {
    rule: 'ownership',
    breaks: 'a Delete by id ignores the owner mark',
    file: 'bridge/lifecycle/judge-found.ts',
    from: "found.by === 'id' ? found.ownership.mark !== 'another'",
    to: "found.by === 'id' ? true",
    scenario: 'stackOfAnotherOwner',
  },
  {
    rule: 'identity',
    breaks: 'a Delete without an id does not search for the stack',
    file: 'bridge/lifecycle/judge-found.ts',
    from: 'if (!proven) return NOTHING_TO_DELETE',
    to: "if (!proven || found.by === 'name') return NOTHING_TO_DELETE",
    scenario: 'failingCreate',
  },
  {
    rule: 'deadline',
    breaks: 'the answer is sent after ROS has stopped waiting',
    file: 'bridge/deadline.ts',
    from: 'return { deadline: end - margin, answerBy: end - margin * DELIVERY_SHARE, end }',
    to: 'return { deadline: end + margin, answerBy: end + margin, end: end + 2 * margin }',
    scenario: 'outlasting',
  },
  {
    rule: 'deadline',
    breaks: 'a repeated event gets the whole Timeout again',
    file: 'bridge/lifecycle/rebase.ts',
    from: 'const late = operation.startedAt - startTime',
    to: 'const late = 0 * startTime',
    scenario: 'outlasting',
  },
  {
    rule: 'continuation',
    breaks: 'a failed hand-off counts as a success',
    file: 'bridge/hand-off.ts',
    from: "log.warn({ why: sent.why }, 'the operation could not be handed over')\n    return false",
    to: "log.warn({ why: sent.why }, 'the operation could not be handed over')\n    return true",
    scenario: 'create',
  },
  {
    rule: 'continuation',
    breaks: 'a call that cannot hand off runs until it is killed',
    file: 'bridge/run-operation.ts',
    from: 'if (now < lease.deadline) return operation',
    to: 'if (now < lease.end * 2) return operation',
    scenario: 'outlasting',
  },
  {
    rule: 'answer',
    breaks: 'an answer may be larger than ROS accepts',
    file: 'bridge/send-verdict.ts',
    from: 'const limitBytes = host.settings.responseLimitBytes',
    to: 'const limitBytes = host.settings.responseLimitBytes * 100',
    scenario: 'create',
  },
  {
    rule: 'answer',
    breaks: 'a failure is answered with SUCCESS',
    file: 'bridge/lifecycle/poll.ts',
    from: "return goTo(operation, moment.now, { at: 'explain', observe: step, failure: failureOf(observation) })",
    to: 'return answer(operation, moment.now, succeeded(operation, stack, { outputs: {} }))',
    scenario: 'failingCreate',
  },
  {
    rule: 'fresh reads',
    breaks: 'a failure that the cloud may still roll back counts at once',
    file: 'bridge/lifecycle/poll.ts',
    from: 'const POLLS_TO_CONFIRM_A_FAILURE = 3',
    to: 'const POLLS_TO_CONFIRM_A_FAILURE = 1',
    scenario: 'waveringCreate',
  },
  {
    rule: 'reason',
    breaks: 'the reason omits the cause from the events',
    file: 'bridge/lifecycle/reasons.ts',
    from: 'const cause = explanation.cause ?? statusReason',
    to: 'const cause = statusReason',
    scenario: 'failingCreate',
  },
  {
    rule: 'secrets',
    breaks: 'a continuation is compressed but not sealed',
    file: 'bridge/continuation/continuation.ts',
    from: 'sealed: seal(plain, JSON.stringify(open), key)',
    to: "sealed: plain.toString('base64')",
    scenario: 'create',
  },
  {
    rule: 'secrets',
    breaks: 'secrets are not masked',
    file: 'platform/secrets.ts',
    from: 'if (this.#values.size === 0 || shown.length < SHORTEST_SECRET) return shown',
    to: 'if (shown !== undefined) return shown',
    scenario: 'create',
  },
  {
    rule: 'reach',
    breaks: 'every address may be called back',
    file: 'platform/address-rule.ts',
    from: 'const plain = unmapped(withoutZone(address))',
    to: "const plain = '192.0.2.1'\n      if (address !== plain) return undefined",
    scenario: 'forbiddenCallback',
  },
]

/** Loads the bridge from a mutated copy of its sources. Throws if the mutation does not apply. */
export async function loadMutant(mutation: Mutation): Promise<Bridge & { remove(): Promise<void> }> {
  const { path, remove } = await mutateSources(mutation)
  const load = (module: string): Promise<Bridge> => import(path(module))
  const [{ serveEvent }, { createNetwork }, { createLogger }, { CloudError }] = await Promise.all([
    load('bridge/serve-event.ts'),
    load('platform/network.ts'),
    load('platform/log.ts'),
    load('providers/provider.ts'),
  ])
  return { serveEvent, createNetwork, createLogger, CloudError, remove }
}
