import type { StackRef } from '../providers/provider.ts'
import type { Console } from './console.ts'
import { writeLine } from './terminal-text.ts'

/**
 * Runs `work` until it ends or the user interrupts. An interruption does not stop the cloud: the message names the stack
 * that `stackInProgress` gives, and `afterwards` says what happens to it.
 */
export async function runUntilInterrupted(
  io: Console,
  work: () => Promise<boolean>,
  stackInProgress: () => { readonly stack: StackRef; readonly afterwards: string } | undefined,
): Promise<boolean | 'interrupted'> {
  let stopListening = (): void => undefined
  const interrupted = new Promise<'interrupted'>((resolve) => {
    stopListening = io.onInterrupt(() => {
      const left = stackInProgress()
      const hint =
        left === undefined ? '' : `; stack ${left.stack.name} (${left.stack.id}): ${left.afterwards}`
      writeLine(io.stderr, `stackbridge: interrupted${hint}`)
      resolve('interrupted')
    })
  })
  try {
    return await Promise.race([work(), interrupted])
  } finally {
    stopListening()
  }
}
