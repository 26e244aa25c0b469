import type { AcceptanceCloud } from './clouds/acceptance-cloud.ts'
import { rosStackNameOf } from './journal.ts'
import type { Story } from './stories.ts'
import type { Subject } from './subject.ts'

/** One thing that a run is going to do, for the user to confirm. */
export interface PlannedSubject {
  readonly subject: Subject
  readonly stories: readonly Story[]
  readonly cloud: AcceptanceCloud
}

/** Stacks that the stories of one subject make, one after the other. */
const STACKS = 3

/** What the user reads before a run changes anything. */
export function planLines(
  planned: readonly PlannedSubject[],
  { run, sandbox, state }: { readonly run: string; readonly sandbox: boolean; readonly state: string },
): readonly string[] {
  return [
    ...planned.flatMap(({ subject, stories, cloud }) => [
      `${subject.name}: ${String(stories.length)} stories with ${subject.resourceType}; ${String(STACKS)} stacks, one after the other`,
      `  holds: ${cloud.holds}`,
      `  cost: ${cloud.cost}`,
      sandbox
        ? '  credentials: none; the cloud is embedded in this process'
        : `  credentials: of the environment (${cloud.credentials}), or of --properties`,
    ]),
    `names of the stacks: ${rosStackNameOf(run)}-…`,
    `no other stack is changed or deleted; all of these are deleted at the end`,
    `after an interruption: stackbridge acceptance clean${state === '.stackbridge' ? '' : ` --state ${state}`}`,
  ]
}
