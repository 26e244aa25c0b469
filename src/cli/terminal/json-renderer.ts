import type { Renderer } from '../report.ts'
import { jsonLine } from './terminal-text.ts'

/** For programs: one JSON object per line. */
export function createJsonRenderer(write: (line: string) => void): Renderer {
  return {
    report(report) {
      write(jsonLine(report))
    },
    close() {
      // There is nothing to remove.
    },
  }
}
