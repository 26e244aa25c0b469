import { readBytes } from '../options/read-bytes.ts'
import { EXIT, type Console } from '../terminal/console.ts'
import { jsonLine } from '../terminal/terminal-text.ts'
import { createPropertyCheck } from './property-check.ts'
import { reportLines, reportObjects } from './report-text.ts'
import { validateFile } from './validate-file.ts'

/** Checks the files, and reports each on the console; `-` is the standard input. Returns the exit code. */
export async function validateFiles(
  files: readonly string[],
  { json = false }: { readonly json?: boolean },
  io: Console,
): Promise<number> {
  const check = createPropertyCheck(io.environment)
  let isWrong = false
  try {
    for (const file of files) {
      const report = await validateFile(file, await readBytes(file, io.stdin), check, (path) =>
        readBytes(path, io.stdin),
      )
      const lines = json ? reportObjects(report).map(jsonLine) : reportLines(report)
      io.stdout.write(`${lines.join('\n')}\n`)
      isWrong ||= report.findings.some(({ severity }) => severity === 'error')
    }
  } finally {
    await check.close()
  }
  return isWrong ? EXIT.failed : EXIT.success
}
