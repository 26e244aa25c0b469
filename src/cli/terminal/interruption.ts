import type { StackRef } from '../../providers/provider.ts'
import { serviceOfId } from '../../providers/registry.ts'
import type { Console } from './console.ts'
import type { Renderer } from '../report.ts'
import { writeLine } from './terminal-text.ts'

/** A foreign stack on which an operation runs. */
export interface StackInProgress {
  readonly stack: StackRef
  readonly resourceType: string
  /** In an embedded cloud, which ends with this process. */
  readonly embedded: boolean
}

export interface Interruptible {
  readonly renderer: Renderer
  readonly stacksInProgress: () => readonly StackInProgress[]
  /** What the user can do then. */
  readonly advice?: string
}

/**
 * Runs `work` until it ends or the user interrupts. An interruption does not stop a cloud: the message says which stacks it goes
 * on with, and how to follow them.
 */
export async function runUntilInterrupted(
  io: Console,
  work: () => Promise<boolean>,
  { renderer, stacksInProgress, advice }: Interruptible,
): Promise<boolean | 'interrupted'> {
  let stopListening = (): void => undefined
  const interrupted = new Promise<'interrupted'>((resolve) => {
    stopListening = io.onInterrupt(() => {
      // The live lines must not be drawn between these lines.
      renderer.close()
      writeLine(io.stderr, `stackbridge: interrupted${advice === undefined ? '' : `; ${advice}`}`)
      for (const one of stacksInProgress()) writeLine(io.stderr, `stackbridge: ${afterwards(one)}`)
      resolve('interrupted')
    })
  })
  try {
    return await Promise.race([work(), interrupted])
  } finally {
    stopListening()
  }
}

function afterwards({ stack: { name, id }, resourceType, embedded }: StackInProgress): string {
  if (embedded) return `stack ${name} (${id}) was in an embedded cloud, which ends with this process`
  const type = serviceOfId(id) === undefined ? ` --type ${resourceType}` : ''
  return `the cloud goes on with stack ${name}; follow it with: stackbridge watch --id ${id}${type}`
}

/** For a command whose state is on disk. */
export const RUN_AGAIN = 'run the command again: it goes on where it was interrupted'
