import { logFor, type CommonOptions } from '../options/common-options.ts'
import type { Console } from '../terminal/console.ts'
import { RUN_AGAIN, runUntilInterrupted, type StackInProgress } from '../terminal/interruption.ts'
import { namedStack, type LocalStackOptions } from '../options/local-stack-options.ts'
import type { LocalStackPlace } from './up-and-down.ts'
import type { Renderer } from '../report.ts'

/** Runs the work of `up` or `down` on its stack until it ends, or the user interrupts it. Throws `UsageError`. */
export async function runOnLocalStack<Outcome>(
  path: string | undefined,
  options: CommonOptions & LocalStackOptions,
  { io, renderer }: { readonly io: Console; readonly renderer: Renderer },
  work: (place: LocalStackPlace) => Promise<Outcome>,
): Promise<Outcome | 'interrupted'> {
  let stacksInProgress = (): readonly StackInProgress[] => []
  const place: LocalStackPlace = {
    ...namedStack(path, options),
    environment: io.environment,
    ...logFor(options, io),
    onStart(readStacks) {
      stacksInProgress = readStacks
    },
  }
  return runUntilInterrupted(io, () => work(place), {
    renderer,
    stacksInProgress: () => stacksInProgress(),
    advice: RUN_AGAIN,
  })
}
