import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Bridge } from './world.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** One rule of a provider, broken on purpose. */
export interface Mutation {
  readonly breaks: string
  /** Below `src/providers`. */
  readonly file: string
  readonly from: string
  readonly to: string
  /** The name of a history that has to notice. */
  readonly history: string
}

export const mutations: readonly Mutation[] = [
  {
    breaks: 'AWS: a status from before the Update counts as its end',
    file: 'aws/cloudformation/poll-rules.ts',
    from: 'return (stack.LastUpdatedTime?.getTime() ?? 0) > (marker.updatedAt ?? 0)',
    to: 'return true',
    history: 'aws update handing-off: stale-reads at UpdateStack#1',
  },
  {
    breaks: "Heat: another resource's stack counts as one's own",
    file: 'openstack/heat/marks.ts',
    from: 'if (ownerTags(owner).every((own) => tags.includes(own)))',
    to: 'if (ownerTags(owner).length > 0)',
    history: 'heat sharedTarget in-place: no fault',
  },
  {
    breaks: "RFS: another resource's stack counts as one's own",
    file: 'huawei-cloud/rfs-stack/marks.ts',
    from: 'if (marks.owner === ownerDigest(owner))',
    to: "if (ownerDigest(owner) !== '')",
    history: 'rfs sharedTarget in-place: no fault',
  },
]

/** Loads the bridge from a copy of its sources with the mutation in it. Throws where the mutation does not apply. */
export async function loadMutant({
  file,
  from,
  to,
}: Mutation): Promise<Bridge & { remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'stackbridge-mutant-'))
  await cp(join(root, 'src'), join(folder, 'src'), { recursive: true })
  await cp(join(root, 'package.json'), join(folder, 'package.json'))
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  const path = join(folder, 'src/providers', file)
  const source = await readFile(path, 'utf8')
  if (source.split(from).length !== 2) throw new Error(`${file} does not hold the mutated text once: ${from}`)
  await writeFile(
    path,
    source.replace(from, () => to),
  )
  const load = (module: string): Promise<Bridge> => import(join(folder, 'src', module))
  const [{ serveEvent }, { providerRegistry }] = await Promise.all([
    load('bridge/serve-event.ts'),
    load('providers/registry.ts'),
  ])
  return { serveEvent, providerRegistry, remove: () => rm(folder, { recursive: true, force: true }) }
}
