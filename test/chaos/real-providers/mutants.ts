import { mutateSources, type SourceMutation } from '../mutated-sources.ts'
import type { Bridge } from './world.ts'

/** One rule of a provider, broken on purpose. */
export interface Mutation extends SourceMutation {
  readonly breaks: string
  /** The name of a history that must detect it. */
  readonly history: string
}

export const mutations: readonly Mutation[] = [
  {
    breaks: 'AWS: a status from before the Update counts as its end',
    file: 'providers/aws/cloudformation/poll-rules.ts',
    from: 'if (hasMoved(stack, watch.kind, marker)) return true',
    to: 'return true',
    history: 'aws update handing-off: stale-reads at UpdateStack#1',
  },
  {
    breaks: "Heat: another resource's stack counts as one's own",
    file: 'providers/openstack/heat/marks.ts',
    from: 'if (ownerTags(owner).every((own) => tags.includes(own)))',
    to: 'if (ownerTags(owner).length > 0)',
    history: 'heat sharedTarget in-place: no fault',
  },
  {
    breaks: "RFS: another resource's stack counts as one's own",
    file: 'providers/huawei-cloud/rfs-stack/marks.ts',
    from: 'if (marks.owner === ownerDigest(owner))',
    to: "if (ownerDigest(owner) !== '')",
    history: 'rfs sharedTarget in-place: no fault',
  },
  {
    breaks: 'An Update that comes again after a later one acts',
    file: 'providers/recognition/recent-requests.ts',
    from: 'return latest !== request && earlier.includes(shortened(request))',
    to: "return latest === '' && earlier.includes(shortened(request))",
    history: 'heat twoUpdates in-place: killed-after-retried-late at callback#1',
  },
  {
    breaks: 'A Delete without an id deletes what a Create with other properties has made',
    file: 'providers/session/service-session.ts',
    from: "return request.kind === 'delete' && by === 'name' && ownership.mark === 'ours' && isOther",
    to: "return request.kind === 'create' && by === 'name' && ownership.mark === 'ours' && isOther",
    history: 'rfs recreate in-place: killed-after-retried-late at callback#2',
  },
  {
    breaks: 'AWS: a Delete without an id that was done before is done again',
    file: 'providers/aws/cloudformation/service.ts',
    from: 'return this.#history.hasDeleted(existing.name, existing)',
    to: "return this.#history.hasDeleted('another', existing)",
    history: 'aws recreate in-place: killed-after-retried-late at callback#2',
  },
  {
    breaks: 'A Delete without an id asks once only',
    file: 'bridge/lifecycle/start.ts',
    from: 'const SEARCH_LASTS_POLLS = 10',
    to: 'const SEARCH_LASTS_POLLS = 0',
    history: 'heat failingCreate in-place: killed-for-good-shown-late at POST heat/*/stacks#1',
  },
  {
    breaks: 'A verdict is delivered by what was given the event',
    file: 'bridge/run-operation.ts',
    from: "if (step.at === 'answer' && step.tries === 0 && handsOffVerdict === true)",
    to: "if (step.at === 'answer' && step.tries === 0 && handsOffVerdict === undefined)",
    history: 'aos twoUpdates handing-off: killed-after-retried-late at callback#1',
  },
  {
    breaks: 'Heat: a 404 for anything means that the stack is missing',
    file: 'providers/openstack/heat/cloud-error.ts',
    from: "fault.type === 'StackNotFound' ||",
    to: "fault.type !== '' ||",
    history: 'heat update handing-off: unrelated-404 at GET heat/*/stacks/*/*#1',
  },
  {
    breaks: 'The cause of a failure is asked for three times only',
    file: 'bridge/lifecycle/call-failure.ts',
    from: 'const LONGEST_EXPLAIN_OUTAGE_MS = 60_000',
    to: 'const LONGEST_EXPLAIN_OUTAGE_MS = 0',
    history: 'ros failingUpdate handing-off: 503-for-30-s at ListStackEvents#2',
  },
  {
    breaks: 'AOS: a refusal that the state does not explain is final',
    file: 'providers/huawei-cloud/aos-stack/service.ts',
    from: 'throw unexplained(client.error(refusal, action))',
    to: 'throw client.error(refusal, action)',
    history: 'aos failingUpdate in-place: again-now at GET stacks/*#1',
  },
  {
    breaks: 'AOS: outputs are read while the list of runs lags',
    file: 'providers/huawei-cloud/aos-stack/poll-rules.ts',
    from: "if (read.last?.metadata.name === marker.before) return judged('working')",
    to: "if (read.last?.metadata.name === '') return judged('working')",
    history: 'aos twoUpdates handing-off: stale-reads at PUT stacks/*/actions#1',
  },
  {
    breaks: 'ROS: an event proves the end of an update that the stack does not show yet',
    file: 'providers/alibaba-cloud/ros/poll-rules.ts',
    from: 'const LONGEST_LAG_MS = 15_000',
    to: 'const LONGEST_LAG_MS = 0',
    history: 'ros twoUpdates in-place: stale-reads at UpdateStack#2',
  },
  {
    breaks: 'Stack sets: an Update without a change is deployed',
    file: 'providers/huawei-cloud/rfs-stack-set/service.ts',
    from: 'return marks?.design !== designOf(this.desired()) || instances.some(hasFailed)',
    to: "return marks?.design !== '' || instances.some(hasFailed)",
    history: 'set unchangedUpdate in-place: no fault',
  },
  {
    breaks: 'RFS: an execution plan that a read does not show yet is refused as taken',
    file: 'providers/huawei-cloud/rfs-stack/execution-plan.ts',
    from: 'if (huaweiFaultOf(refusal)?.code === NAME_TAKEN)',
    to: "if (huaweiFaultOf(refusal)?.code === '')",
    history: 'rfs judgedUpdate in-place: stale-reads at POST */stacks/*/execution-plans#1',
  },
  {
    breaks: 'an Update is made though its plan is refused',
    file: 'providers/session/service-session.ts',
    from: 'if (refused !== undefined) return refused',
    to: "if (refused?.outcome === 'planning') return refused",
    history: 'aws refusedUpdate in-place: no fault',
  },
  {
    breaks: 'the change set of a refused Update stays',
    file: 'providers/session/judgement.ts',
    from: 'const left = await discardJudged(service, this.#existing.stack)',
    to: 'const left: string[] = []',
    history: 'aws refusedUpdate handing-off: no fault',
  },
]

/** Loads the bridge from a mutated copy of its sources. Throws if the mutation does not apply. */
export async function loadMutant(mutation: Mutation): Promise<Bridge & { remove(): Promise<void> }> {
  const { path, remove } = await mutateSources(mutation)
  const load = (module: string): Promise<Bridge> => import(path(module))
  const [{ serveEvent }, { providerRegistry }] = await Promise.all([
    load('bridge/serve-event.ts'),
    load('providers/registry.ts'),
  ])
  return { serveEvent, providerRegistry, remove }
}
