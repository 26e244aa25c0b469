import type { Command } from 'commander'
import { rendererFor, withCommonOptions, type CommonOptions } from '../options/common-options.ts'
import { EXIT, type CommandContext, type Console } from '../terminal/console.ts'
import { commandOf, withLocalStackOptions, type LocalStackOptions } from '../options/local-stack-options.ts'
import { runOnLocalStack } from '../local-stack/local-stack-run.ts'

interface DownOptions extends CommonOptions, LocalStackOptions {
  readonly sandbox?: boolean
}

export function addDown(program: Command, { io, setExitCode }: CommandContext): void {
  withLocalStackOptions(withCommonOptions(program.command('down')))
    .description('Delete a stack that up has made, with all that its template owns.')
    .argument('[template]', 'the template, for the name of its stack; the file is not read')
    .option('--sandbox', 'refuse a stack that is not in the embedded clouds')
    .addHelpText(
      'after',
      `
A resource with DeletionPolicy: Retain stays. An interrupted down goes on when it is run again.
Exit code: 0 if the stack is gone, 1 if it is not, 2 for wrong usage, 130 if interrupted.

Examples:
  stackbridge down aws.ros.yml
  stackbridge down --stack-name aws`,
    )
    .action(async (path: string | undefined, _: unknown, command: Command) => {
      setExitCode(await runDown(path, command.optsWithGlobals<DownOptions>(), io))
    })
}

async function runDown(path: string | undefined, options: DownOptions, io: Console): Promise<number> {
  const { down } = await import('../local-stack/up-and-down.ts')
  const renderer = await rendererFor(options, io)
  try {
    const outcome = await runOnLocalStack(path, options, { io, renderer }, (place) =>
      down(options.sandbox ?? false, place, renderer),
    )
    if (outcome === 'interrupted') return EXIT.interrupted
    if (!outcome) {
      const command = commandOf('down', path, options)
      renderer.report({
        type: 'next',
        steps: [{ command, why: 'tries again, once the cause is removed' }],
      })
    }
    return outcome ? EXIT.success : EXIT.failed
  } finally {
    renderer.close()
  }
}
