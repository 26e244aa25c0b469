import { Argument, type Command } from 'commander'
import { EXIT, rendererFor, type CommandContext, type CommonOptions } from '../console.ts'
import { writeStarter } from '../init.ts'
import { starters } from '../starters/starters.ts'
import { UsageError } from '../usage-error.ts'

interface InitOptions extends CommonOptions {
  readonly force?: boolean
}

export function addInit(program: Command, { io, setExitCode }: CommandContext): void {
  const clouds = starters.map(({ cloud }) => cloud)
  program
    .command('init')
    .description('Write a ROS template and an event to begin with.')
    .addArgument(new Argument('<cloud>', 'where the stack is to be').choices(clouds))
    .argument('[folder]', 'where to write them; made where it is not there', '.')
    .option('--force', 'write over files that are there')
    .option('--json', 'one JSON object a line, for machines')
    .addHelpText(
      'after',
      `
The event is what ROS would send for the template's resource; try it with invoke before you deploy anything.

Examples:
  stackbridge init aws
  stackbridge init openstack trial
  stackbridge init aws trial --force`,
    )
    .action(async (cloud: string, folder: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<InitOptions>()
      const starter = starters.find((one) => one.cloud === cloud)
      if (starter === undefined)
        throw new UsageError(`There is no cloud ${cloud}; give one of ${clouds.join(', ')}`)
      const { template, event } = await writeStarter(starter, folder, options.force ?? false)
      const renderer = rendererFor(options, io)
      renderer.report({ type: 'written', path: template, what: 'ROS template' })
      renderer.report({ type: 'written', path: event, what: 'event' })
      const word = shellWord(event)
      renderer.report({
        type: 'next',
        steps: [
          {
            command: `stackbridge invoke --sandbox ${word}`,
            why: 'nothing outside this process is reached',
          },
          { command: `stackbridge doctor ${word}`, why: `with ${starter.credentials} in the environment` },
          {
            command: `stackbridge invoke ${word}`,
            why: 'makes the stack for real',
          },
        ],
      })
      setExitCode(EXIT.success)
    })
}

/** To be pasted into a shell as it is. */
function shellWord(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`
}
