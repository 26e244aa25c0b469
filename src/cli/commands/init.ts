import { Argument, type Command } from 'commander'
import { rendererFor, withJsonOption, type CommonOptions } from '../options/common-options.ts'
import { EXIT, type CommandContext } from '../terminal/console.ts'
import { starters } from '../starters/starters.ts'
import { UsageError } from '../usage-error.ts'

interface InitOptions extends CommonOptions {
  readonly force?: boolean
}

export function addInit(program: Command, { io, setExitCode }: CommandContext): void {
  const clouds = starters.map(({ cloud }) => cloud)
  withJsonOption(program.command('init'))
    .description('Write an example ROS template and the event that ROS sends for it.')
    .addArgument(new Argument('<cloud>', 'the cloud of the stack').choices(clouds))
    .argument('[folder]', 'the folder to write to; created if it does not exist', '.')
    .option('--force', 'overwrite existing files')
    .addHelpText(
      'after',
      `
The event is the one that ROS sends to create the template's resource. Try it with invoke before you deploy the template.

Examples:
  stackbridge init aws
  stackbridge init openstack trial
  stackbridge init aws trial --force`,
    )
    .action(async (cloud: string, folder: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<InitOptions>()
      const starter = starters.find((one) => one.cloud === cloud)
      if (starter === undefined)
        throw new UsageError(`${cloud} is not a known cloud; give one of ${clouds.join(', ')}`)
      const { writeStarter } = await import('../starters/init.ts')
      const { template, event } = await writeStarter(starter, folder, options.force ?? false)
      const renderer = await rendererFor(options, io)
      renderer.report({ type: 'written', path: template, what: 'ROS template' })
      renderer.report({ type: 'written', path: event, what: 'event' })
      const path = shellWord(event)
      renderer.report({
        type: 'next',
        steps: [
          {
            command: `stackbridge up --sandbox ${shellWord(template)}`,
            why: 'runs the template on the embedded cloud; down deletes its stack',
          },
          {
            command: `stackbridge invoke --sandbox ${path}`,
            why: 'on the embedded cloud; all calls stay inside this process',
          },
          { command: `stackbridge doctor ${path}`, why: `with ${starter.credentials} in the environment` },
          {
            command: `stackbridge invoke ${path}`,
            why: 'creates the stack in the real cloud',
          },
        ],
      })
      setExitCode(EXIT.success)
    })
}

/** A path, quoted where a shell needs it. */
function shellWord(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`
}
