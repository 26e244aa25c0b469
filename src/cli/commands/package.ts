import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { ROS_LIMITS } from '../../platform/limits/ros.ts'
import { rendererFor, withJsonOption, type CommonOptions } from '../common-options.ts'
import { EXIT, type CommandContext, type Console } from '../console.ts'
import { readBytes } from '../read-bytes.ts'
import { UsageError } from '../usage-error.ts'

interface PackageOptions extends CommonOptions {
  readonly out?: string
}

export function addPackage(program: Command, { io, setExitCode }: CommandContext): void {
  withJsonOption(program.command('package'))
    .description(
      'Put the files that a ROS template includes into it, and write the one template that ROS takes.',
    )
    .argument('<template>', "ROS template; '-' for standard input")
    .option('--out <file>', "the file to write; by default, or for '-', the template goes to standard output")
    .addHelpText(
      'after',
      `
In the Stack of a custom resource, a value such as Template: file://network.yml becomes the text of that file. The path is
relative to the template's folder. Comments stay. Check the result with validate.

Examples:
  stackbridge package my-template.yml > packaged.yml
  stackbridge package my-template.yml --out packaged.yml`,
    )
    .action(async (path: string, _: unknown, command: Command) => {
      setExitCode(await runPackage(path, command.optsWithGlobals<PackageOptions>(), io))
    })
}

async function runPackage(path: string, options: PackageOptions, io: Console): Promise<number> {
  const { packageTemplate } = await import('../ros-template/package-template.ts')
  const { text, files } = await packageTemplate(path, (file) => readBytes(file, io.stdin))
  if (options.out === undefined || options.out === '-') {
    io.stdout.write(text)
    return EXIT.success
  }
  await writeOut(options.out, text)
  const renderer = await rendererFor(options, io)
  const what = `ROS template of ${String(Buffer.byteLength(text))} bytes (ROS takes ${String(ROS_LIMITS.template.most)}), with ${String(files.length)} ${files.length === 1 ? 'file' : 'files'}`
  renderer.report({ type: 'written', path: options.out, what })
  renderer.close()
  return EXIT.success
}

async function writeOut(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error'
    throw new UsageError(`${path} cannot be written (${code}); give another file with --out`, { cause })
  }
}
