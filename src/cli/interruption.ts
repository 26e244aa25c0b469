import type { StackRef } from '../providers/provider.ts'
import type { Console } from './console.ts'
import { writeLine } from './terminal-text.ts'

/** Says what is left running when a person interrupts: the cloud goes on without us. */
export function interruption(io: Console, stack: () => StackRef | undefined) {
  let stopListening = (): void => undefined
  const happened = new Promise<'interrupted'>((resolve) => {
    stopListening = io.onInterrupt(() => {
      const left = stack()
      const rest = left === undefined ? '' : `; the cloud goes on with stack ${left.name} (${left.id})`
      writeLine(io.stderr, `stackbridge: interrupted${rest}`)
      resolve('interrupted')
    })
  })
  return { happened, stopListening }
}
