import type { Command } from 'commander'
import { UsageError } from '../usage-error.ts'

/** The options that choose the parameters and resources of a ROS template. */
export interface ParameterOptions {
  readonly parameter?: readonly (readonly [name: string, value: string])[]
  readonly parameters?: string
  readonly resource?: readonly string[]
}

export function withParameterOptions(command: Command): Command {
  return command
    .option('--parameter <name=value>', 'a parameter of the template; may be repeated', addParameter)
    .option('--parameters <file>', 'a file with parameters: a map of name to value, in YAML or JSON')
    .option('--resource <name>', 'only this resource, and what it needs; may be repeated', addName)
}

function addParameter(
  text: string,
  before: ParameterOptions['parameter'] = [],
): NonNullable<ParameterOptions['parameter']> {
  const equals = text.indexOf('=')
  // Unlike commander's own error, this one does not quote what was given, which may be a secret.
  if (equals < 1)
    throw new UsageError("option '--parameter' has no name before its value; give --parameter <name=value>")
  return [...before, [text.slice(0, equals), text.slice(equals + 1)]]
}

function addName(name: string, before: readonly string[] = []): readonly string[] {
  return [...before, name]
}
