import type { Clock } from '../../platform/clock.ts'
import { openSealedFolder, type SealedFolder } from '../sealed-folder.ts'
import { stateSchema, type StackState } from './stack-state.ts'

/** The state of one stack on disk, locked for this process. */
export type StateFolder = SealedFolder<StackState>

/** Throws `UsageError` as `openSealedFolder` does. */
export function openStateFolder(parent: string, stackName: string, clock: Clock): Promise<StateFolder> {
  return openSealedFolder({
    parent,
    name: stackName,
    schema: stateSchema,
    context: 'stackbridge local stack 1',
    busy: 'another process works on this stack; wait for it, or choose another --stack-name',
    clock,
  })
}
