#!/usr/bin/env node
import packageJson from '../package.json' with { type: 'json' }
import { EXIT } from '../src/cli/terminal/console.ts'
import { runProgram } from '../src/cli/program.ts'

/** The command line: `stackbridge`. */

// The AWS SDK warns about Node 20 at each start. This variable suppresses only that warning.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true'

const interruptions = new Set<() => void>()
let isPipeClosed = false

// The reader of stdout may close the pipe, as `stackbridge up … | head` does; and the disk of a file may be full.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') {
    if (isPipeClosed) return
    isPipeClosed = true
    // What has not been shown may not have been done, so the command must not look successful.
    if (interruptions.size === 0) process.exit(EXIT.closedPipe)
    for (const interrupt of interruptions) interrupt()
    return
  }
  process.stderr.write(`stackbridge: the output cannot be written: ${error.code ?? error.message}\n`)
  process.exit(EXIT.failed)
})

const exitCode = await runProgram(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
  environment: process.env,
  onInterrupt(callback) {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, callback)
    interruptions.add(callback)
    return () => {
      interruptions.delete(callback)
      for (const signal of ['SIGINT', 'SIGTERM']) process.removeListener(signal, callback)
    }
  },
  version: packageJson.version,
})

process.exitCode = exitCode
// Calls to a cloud may still be open; after an interrupt the process does not wait for them.
if (exitCode === EXIT.interrupted) process.exit()
