import type { Command } from 'commander'
import { rendererFor, withCommonOptions, type CommonOptions } from '../options/common-options.ts'
import { EXIT, type CommandContext, type Console } from '../terminal/console.ts'
import { readBytes } from '../options/read-bytes.ts'
import {
  commandOf,
  quoted,
  withLocalStackOptions,
  type LocalStackOptions,
} from '../options/local-stack-options.ts'
import { FailuresSeen } from '../local-stack/failures-seen.ts'
import { runOnLocalStack } from '../local-stack/local-stack-run.ts'
import type { UpOutcome } from '../local-stack/up-and-down.ts'
import type { NextStep } from '../report.ts'
import { withParameterOptions, type ParameterOptions } from '../options/parameter-options.ts'

interface UpOptions extends CommonOptions, LocalStackOptions, ParameterOptions {
  readonly sandbox?: boolean
}

export function addUp(program: Command, { io, setExitCode }: CommandContext): void {
  withParameterOptions(withLocalStackOptions(withCommonOptions(program.command('up'))))
    .description('Run a ROS template on this machine: create its stack, or update it.')
    .argument('<template>', "ROS template (YAML or JSON); '-' for standard input")
    .option(
      '--sandbox',
      'use the embedded clouds; their address, region and keys replace those of the template',
    )
    .addHelpText(
      'after',
      `
An embedded ROS computes the template and sends the events of its custom resources to the bridge. Resources of Alibaba Cloud
are not made: they get invented attributes. An interrupted up goes on when it is run again; down deletes the stack.
Exit code: 0 if the stack is complete, 1 if it is not, 2 for wrong usage, 130 if interrupted.

Examples:
  stackbridge up --sandbox aws.ros.yml
  stackbridge up --sandbox aws.ros.yml --parameter Purpose=test
  AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=… stackbridge up aws.ros.yml --parameters test.yml`,
    )
    .action(async (path: string, _: unknown, command: Command) => {
      setExitCode(await runUp(path, command.optsWithGlobals<UpOptions>(), io))
    })
}

async function runUp(path: string, options: UpOptions, io: Console): Promise<number> {
  const { readRequest } = await import('../local-stack/read-request.ts')
  const { up } = await import('../local-stack/up-and-down.ts')
  const { located } = await import('../ros-template/source.ts')
  const { TemplateError } = await import('../ros-template/template.ts')
  const { parameter = [], parameters, resource } = options
  const template = await readBytes(path, io.stdin)
  const request = await readRequest(
    {
      path,
      parameters: new Map(parameter),
      ...(parameters === undefined ? {} : { parametersFile: parameters }),
      ...(resource === undefined ? {} : { only: resource }),
    },
    (file) => (file === path ? Promise.resolve(template) : readBytes(file, io.stdin)),
  )
  const renderer = new FailuresSeen(await rendererFor(options, io))
  try {
    const outcome = await runOnLocalStack(path, options, { io, renderer }, (place) =>
      up(request, options.sandbox ?? false, place, renderer),
    )
    if (outcome === 'interrupted') return EXIT.interrupted
    renderer.report({ type: 'next', steps: nextSteps(path, options, outcome, renderer) })
    return outcome.isComplete ? EXIT.success : EXIT.failed
  } catch (error) {
    throw error instanceof TemplateError ? located(error, path, template) : error
  } finally {
    renderer.close()
  }
}

function nextSteps(
  path: string,
  options: UpOptions,
  { isComplete, kept }: UpOutcome,
  { hasFailedOperation }: FailuresSeen,
): NextStep[] {
  if (isComplete)
    return [{ command: commandOf('down', path, options), why: `deletes the stack${exceptionOf(kept)}` }]
  const { sandbox, parameter = [], parameters, resource = [] } = options
  // Values from the command line may be secret.
  const same = [
    ...(sandbox === true ? ['--sandbox'] : []),
    ...parameter.map(([name]) => `--parameter ${quoted(name)}=…`),
    ...(parameters === undefined ? [] : [`--parameters ${quoted(parameters)}`]),
    ...resource.map((name) => `--resource ${quoted(name)}`),
  ]
  return [
    // In a real cloud the reason has the id to diagnose: the template does not lead to a stack that was rolled back.
    ...(sandbox === true && hasFailedOperation
      ? [{ command: commandOf('diagnose', path, options, same), why: 'runs it again, and tells the cause' }]
      : []),
    { command: commandOf('up', path, options, same), why: 'tries again, once the cause is removed' },
  ]
}

/** A read-only stack is somebody else's, and others are to stay. */
function exceptionOf(kept: readonly string[]): string {
  if (kept.length === 0) return ''
  return `, but not the ${kept.length === 1 ? 'foreign stack' : 'foreign stacks'} of ${kept.join(', ')}`
}
