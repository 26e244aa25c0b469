import type { Renderer } from './report.ts'

/** For machines: one JSON object a line. */
export function createJsonRenderer(write: (line: string) => void): Renderer {
  return {
    report(report) {
      write(JSON.stringify(report))
    },
    close() {
      // Nothing is shown that would have to go.
    },
  }
}
