import { mutateSources, type SourceMutation } from '../mutated-sources.ts'
import type { Bridge } from './world.ts'

/** One rule of a provider, broken on purpose. */
export interface Mutation extends SourceMutation {
  readonly breaks: string
  /** The name of a history that has to notice. */
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
]

/** Loads the bridge from a copy of its sources with the mutation in it. Throws where the mutation does not apply. */
export async function loadMutant(mutation: Mutation): Promise<Bridge & { remove(): Promise<void> }> {
  const { path, remove } = await mutateSources(mutation)
  const load = (module: string): Promise<Bridge> => import(path(module))
  const [{ serveEvent }, { providerRegistry }] = await Promise.all([
    load('bridge/serve-event.ts'),
    load('providers/registry.ts'),
  ])
  return { serveEvent, providerRegistry, remove }
}
