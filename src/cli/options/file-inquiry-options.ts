import type { Command } from 'commander'

/** The file and the options of the commands that ask about the stacks of an event file or a ROS template. */
export function withFileInquiryOptions(command: Command, detailedExitcode: string): Command {
  return command
    .argument('<file>', "event file (JSON) or ROS template (YAML or JSON); '-' for standard input")
    .option(
      '--id <physical-resource-id>',
      'the existing stack; by default that of the event, or of what up has made',
    )
    .option('--detailed-exitcode', detailedExitcode)
    .option(
      '--sandbox',
      'use the embedded clouds; their address, region and keys replace those of the file. A stack that up has made there is found without it',
    )
}
