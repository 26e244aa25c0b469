import { Argument, type Command } from 'commander'
import { logFor, rendererFor, withCommonOptions, type CommonOptions } from '../options/common-options.ts'
import { EXIT, type CommandContext } from '../terminal/console.ts'

export function addDemo(program: Command, { io, setExitCode }: CommandContext): void {
  withCommonOptions(program.command('demo'))
    .description('Create, update, fail and delete stacks on embedded clouds, and show each answer to ROS.')
    .addArgument(
      new Argument('[scenario]', "'long': a stack that takes two hours, on a simulated clock").choices([
        'short',
        'long',
      ]),
    )
    .addHelpText(
      'after',
      '\nAll calls stay inside this process.\n\nExamples:\n  stackbridge demo\n  stackbridge demo long',
    )
    .action(async (scenario: string | undefined, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions>()
      const renderer = await rendererFor(options, io)
      if (scenario === 'long') {
        const { longDemo } = await import('../demo/long-demo.ts')
        setExitCode((await longDemo(renderer)) ? EXIT.success : EXIT.failed)
        renderer.close()
        return
      }
      const { demo } = await import('../demo/demo.ts')
      const { createLocalBridge } = await import('../local-bridge/local-bridge.ts')
      const { sandboxBridge } = await import('../sandbox-clouds/sandbox-clouds.ts')
      const bridge = createLocalBridge({
        ...sandboxBridge(io.environment),
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
