import * as v from 'valibot'
import type { Clock } from '../../platform/clock.ts'
import { isJsonObject, type JsonObject } from '../../platform/json.ts'
import { openSealedFolder, type SealedFolder } from '../sealed-folder.ts'

/** What a run may have made and not yet deleted. It is plain JSON, so that another process can delete it. */

const text = v.string()

const entrySchema = v.object({
  subject: text,
  logicalId: text,
  type: text,
  /** Those with which a Delete removes the stack. */
  properties: v.custom<JsonObject>(isJsonObject),
  /** From the answer to the Create. */
  physicalResourceId: v.optional(text),
})

const journalSchema = v.object({
  version: v.literal(1),
  run: text,
  /** The ROS stack whose events the run sends: with each entry's logical id it is the mark of that entry's stack. */
  rosStackId: text,
  /** Embedded clouds ended with their process: nothing is left of them. */
  sandbox: v.boolean(),
  entries: v.record(text, entrySchema),
})

export type JournalEntry = v.InferOutput<typeof entrySchema>
export type JournalState = v.InferOutput<typeof journalSchema>
export type JournalFolder = SealedFolder<JournalState>

/** No stack of `up` has a name that begins with a point. */
const FOLDER = '.acceptance'

/** Throws `UsageError` if another process has the folder or others may read it. */
export function openJournalFolder(parent: string, clock: Clock): Promise<JournalFolder> {
  return openSealedFolder({
    parent,
    name: FOLDER,
    schema: journalSchema,
    context: 'stackbridge acceptance 1',
    busy: 'another acceptance runs with this folder; wait for it, or give another one with --state',
    clock,
  })
}

/** Knows, on disk before each creation, what a run has to delete. */
export class Journal {
  readonly #folder: JournalFolder
  #state: JournalState

  constructor(folder: JournalFolder, state: JournalState) {
    this.#folder = folder
    this.#state = state
  }

  get run(): string {
    return this.#state.run
  }

  /** The owner in the run's events. */
  get rosStack(): { readonly stackId: string; readonly stackName: string } {
    return { stackId: this.#state.rosStackId, stackName: rosStackNameOf(this.#state.run) }
  }

  get entries(): readonly JournalEntry[] {
    return Object.values(this.#state.entries)
  }

  /** Resolves when the entry would survive a power failure. */
  note(entry: JournalEntry): Promise<void> {
    return this.#write({ ...this.#state.entries, [keyOf(entry)]: entry })
  }

  /** Its stack is gone. */
  strike(entry: Pick<JournalEntry, 'subject' | 'logicalId'>): Promise<void> {
    const key = keyOf(entry)
    return this.#write(Object.fromEntries(Object.entries(this.#state.entries).filter(([one]) => one !== key)))
  }

  #write(entries: JournalState['entries']): Promise<void> {
    this.#state = { ...this.#state, entries }
    return this.#folder.write(this.#state)
  }
}

/** The beginning of the name of each stack that a run makes. */
export function rosStackNameOf(run: string): string {
  return `stackbridge-acceptance-${run}`
}

function keyOf({ subject, logicalId }: Pick<JournalEntry, 'subject' | 'logicalId'>): string {
  return `${subject}/${logicalId}`
}
