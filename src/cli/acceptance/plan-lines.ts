import { rosStackNameOf } from './journal.ts'
import type { PlannedPart } from './plan.ts'

/** What the user reads before a run changes anything. */
export function planLines(
  parts: readonly PlannedPart[],
  { run, sandbox, state }: { readonly run: string; readonly sandbox: boolean; readonly state: string },
): readonly string[] {
  return [
    ...parts.flatMap(({ subject, stacks, holds, cost, credentials }) => [
      `${subject.name}: ${String(stacks)} stacks with ${subject.resourceType}, one after the other`,
      `  holds: ${holds}`,
      `  cost: ${cost}`,
      sandbox
        ? '  credentials: none; the cloud is embedded in this process'
        : `  credentials: of the environment (${credentials}), or of --properties`,
    ]),
    `names of the stacks: ${rosStackNameOf(run)}-…`,
    `no other stack is changed or deleted; all of these are deleted at the end`,
    `after an interruption: stackbridge acceptance clean${state === '.stackbridge' ? '' : ` --state ${state}`}`,
  ]
}
