import type { Renderer } from './report.ts'
import { jsonLine } from './terminal-text.ts'

/** For machines: one JSON object a line. */
export function createJsonRenderer(write: (line: string) => void): Renderer {
  return {
    report(report) {
      write(jsonLine(report))
    },
    close() {
      // Nothing is shown that would have to go.
    },
  }
}
