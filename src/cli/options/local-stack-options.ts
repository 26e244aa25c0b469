import { basename } from 'node:path'
import { InvalidArgumentError, type Command } from 'commander'
import type { NamedStack } from '../local-stack/template-place.ts'
import { UsageError } from '../usage-error.ts'

/** What `up` and `down` have in common. */
export interface LocalStackOptions {
  readonly stackName?: string
  readonly state: string
}

const USUAL_FOLDER = '.stackbridge'

export function withLocalStackOptions(command: Command): Command {
  return command
    .option('--stack-name <name>', "the stack's name; by default that of the template's file", nameOfStack)
    .option('--state <folder>', 'the folder in which the states of stacks are kept', USUAL_FOLDER)
}

const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,99}$/
const NAME_RULE = 'a letter, and then at most 99 letters, digits, - or _'

function nameOfStack(text: string): string {
  if (!NAME.test(text)) throw new InvalidArgumentError(`It must be ${NAME_RULE}.`)
  return text
}

/** The stack that the options or the template's path name. Throws `UsageError` where neither does. */
export function namedStack(path: string | undefined, options: LocalStackOptions): NamedStack {
  return {
    stackName: options.stackName ?? nameOfFile(path),
    folder: options.state,
    isUsualFolder: options.state === USUAL_FOLDER,
    template: path === '-' ? undefined : path,
    isNamed: options.stackName !== undefined,
  }
}

function nameOfFile(path: string | undefined): string {
  const [name = ''] = path === undefined ? [] : basename(path).split('.')
  if (NAME.test(name)) return name
  if (path === undefined) throw new UsageError("no stack is named; give the template's file, or --stack-name")
  throw new UsageError(
    path === '-'
      ? 'a template from standard input gives its stack no name; give one with --stack-name'
      : `${name === '' ? basename(path) : name} cannot be the name of a stack (${NAME_RULE}); give one with --stack-name`,
  )
}

/** The command line for another command on the same stack. */
export function commandOf(
  command: 'up' | 'down' | 'diagnose',
  path: string | undefined,
  { stackName, state }: LocalStackOptions,
  more: readonly string[] = [],
): string {
  return [
    'stackbridge',
    command,
    ...more,
    ...(stackName === undefined ? [] : [`--stack-name ${stackName}`]),
    ...(state === USUAL_FOLDER ? [] : [`--state ${quoted(state)}`]),
    ...(path === undefined ? [] : [quoted(path)]),
  ].join(' ')
}

/** A word that a shell takes as it is. */
export function quoted(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
