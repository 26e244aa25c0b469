import { Argument, type Command } from 'commander'
import {
  EXIT,
  logFor,
  rendererFor,
  sandboxSettings,
  withCommonOptions,
  type CommandContext,
  type CommonOptions,
} from '../console.ts'
import { demo } from '../demo.ts'
import { createLocalBridge } from '../local-bridge.ts'
import { longDemo } from '../long-demo.ts'

export function addDemo(program: Command, { io, setExitCode }: CommandContext): void {
  withCommonOptions(program.command('demo'))
    .description('Play a whole story on embedded clouds: create, update, a failure with its reason, delete.')
    .addArgument(
      new Argument('[story]', "'long': a stack of two hours, on a simulated clock").choices([
        'short',
        'long',
      ]),
    )
    .addHelpText(
      'after',
      '\nNothing outside this process is reached.\n\nExamples:\n  stackbridge demo\n  stackbridge demo long',
    )
    .action(async (story: string | undefined, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions>()
      const renderer = rendererFor(options, io)
      if (story === 'long') {
        setExitCode((await longDemo(renderer)) ? EXIT.success : EXIT.failed)
        renderer.close()
        return
      }
      const bridge = createLocalBridge({
        environment: sandboxSettings(io.environment),
        ...logFor(options, io),
      })
      try {
        setExitCode((await demo(bridge, renderer)) ? EXIT.success : EXIT.failed)
      } finally {
        renderer.close()
        await bridge.close()
      }
    })
}
