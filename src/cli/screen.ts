import yoctoSpinner from 'yocto-spinner'
import type { Screen } from './text-renderer.ts'

/** Writes to standard output, with a spinner on a terminal. */
export function createScreen(output: NodeJS.WriteStream): Screen {
  if (!output.isTTY)
    return {
      line: (text) => void output.write(`${text}\n`),
      progress: () => undefined,
    }
  const spinner = yoctoSpinner({ stream: output })
  return {
    line(text) {
      const wasSpinning = spinner.isSpinning
      if (wasSpinning) spinner.stop()
      output.write(`${text}\n`)
      if (wasSpinning) spinner.start()
    },
    progress(text) {
      if (text === undefined) {
        spinner.stop()
        return
      }
      spinner.text = text
      if (!spinner.isSpinning) spinner.start()
    },
  }
}
