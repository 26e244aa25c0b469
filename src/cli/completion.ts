import type { Command } from 'commander'

/**
 * A script that completes commands, options and fixed arguments; zsh runs it through bashcompinit. For any other word the
 * shell completes file names, since most arguments are files.
 */
export function completionScript(program: Command, shell: Shell): string {
  const { commands } = program
  const cases = commands.map(
    (command) =>
      `    ${command.name()}) options='${optionsOf(program, command)}' words='${choicesOf(command)}' ;;`,
  )
  return `${shell === 'zsh' ? ZSH_SETUP : ''}_${program.name()}() {
  local word="\${COMP_WORDS[COMP_CWORD]}" options='${optionsOf(program)}' words=''
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  if [[ $COMP_CWORD -eq 1 ]]; then words='${commands.map((command) => command.name()).join(' ')}'; fi
  if [[ $word == -* ]]; then words=$options; fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _${program.name()} ${program.name()}
`
}

export const SHELLS = ['bash', 'zsh'] as const
export type Shell = (typeof SHELLS)[number]

const ZSH_SETUP = `autoload -U +X compinit && compinit
autoload -U +X bashcompinit && bashcompinit
`

function optionsOf(...commands: readonly Command[]): string {
  const options = commands.flatMap((command) => command.createHelp().visibleOptions(command))
  return [...new Set(options.flatMap(({ long }) => long ?? []))].join(' ')
}

function choicesOf(command: Command): string {
  return command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []).join(' ')
}
