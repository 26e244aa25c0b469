import type { Command } from 'commander'
import { logFor, rendererFor, withCommonOptions, type CommonOptions } from '../common-options.ts'
import { EXIT, type CommandContext, type Console } from '../console.ts'
import { readBytes } from '../event-file.ts'
import { withLocalStackOptions, type LocalStackOptions } from '../local-stack-options.ts'
import { withParameterOptions, type ParameterOptions } from '../parameter-options.ts'
import { writeLine } from '../terminal-text.ts'

interface DiagnoseOptions extends CommonOptions, LocalStackOptions, ParameterOptions {
  readonly sandbox?: boolean
  readonly id?: string
  readonly type?: string
}

export function addDiagnose(program: Command, { io, setExitCode }: CommandContext): void {
  withParameterOptions(withLocalStackOptions(withCommonOptions(program.command('diagnose'))))
    .description(
      "Read from the cloud why a foreign stack's operation failed, and what to do next. Changes nothing.",
    )
    .argument('[target]', "ROS template, event file, or the id of a stack; '-' for standard input")
    .option('--id <physical-resource-id>', 'the stack; else that of the event, or of what up has made')
    .option('--type <resource-type>', 'the resource type; needed if the id does not name its cloud')
    .option('--sandbox', 'use the embedded clouds: the stack is created there first')
    .addHelpText(
      'after',
      `
It shows each failed resource through nested stacks with its events, the likely cause first. On AWS it also reads the log of a
custom resource's function, an ECS service's events and denied calls from CloudTrail; on Heat a failed server's fault. A right
that is missing is named, and the rest is shown without it. Credentials come from the event or from the environment.
Exit code: 0 if all stacks could be read, 1 otherwise, 2 for wrong usage, 130 if interrupted.

Examples:
  stackbridge diagnose arn:aws:cloudformation:us-east-1:123456789012:stack/my-stack/…
  stackbridge diagnose my-event.json
  stackbridge diagnose my.ros.yml --resource Network --json`,
    )
    .action(async (target: string | undefined, _: unknown, command: Command) => {
      setExitCode(await runDiagnose(target, command.optsWithGlobals<DiagnoseOptions>(), io))
    })
}

async function runDiagnose(
  target: string | undefined,
  options: DiagnoseOptions,
  io: Console,
): Promise<number> {
  const { diagnose } = await import('../diagnose/diagnose.ts')
  const { parameter = [], parameters, resource, id, type } = options
  const renderer = rendererFor(options, io)
  const end = new AbortController()
  const stopListening = io.onInterrupt(() => {
    end.abort()
  })
  try {
    const result = await diagnose(
      {
        target,
        parameters: new Map(parameter),
        ...(parameters === undefined ? {} : { parametersFile: parameters }),
        ...(resource === undefined ? {} : { only: resource }),
        ...(id === undefined ? {} : { id }),
        ...(type === undefined ? {} : { type }),
        sandbox: options.sandbox ?? false,
        localStack: options,
        environment: io.environment,
        ...logFor(options, io),
      },
      (file) => readBytes(file, io.stdin),
      renderer,
      end.signal,
    )
    if (result === 'interrupted') {
      writeLine(io.stderr, 'stackbridge: interrupted')
      return EXIT.interrupted
    }
    return result.isWhole ? EXIT.success : EXIT.failed
  } finally {
    stopListening()
    renderer.close()
  }
}
