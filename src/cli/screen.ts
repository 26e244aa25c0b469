import yoctoSpinner from 'yocto-spinner'
import type { Screen } from './text-renderer.ts'

/** Standard output: with a spinner on a terminal, without one in a pipe. */
export function createScreen(output: NodeJS.WriteStream): Screen {
  if (!output.isTTY)
    return {
      line: (text) => void output.write(`${text}\n`),
      doing: () => undefined,
    }
  const spinner = yoctoSpinner({ stream: output })
  return {
    line(text) {
      const wasSpinning = spinner.isSpinning
      if (wasSpinning) spinner.stop()
      output.write(`${text}\n`)
      if (wasSpinning) spinner.start()
    },
    doing(text) {
      if (text === undefined) {
        spinner.stop()
        return
      }
      spinner.text = text
      if (!spinner.isSpinning) spinner.start()
    },
  }
}
