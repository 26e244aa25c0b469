import { Argument, type Command } from 'commander'
import { completionScript, SHELLS, type Shell } from '../completion.ts'
import type { CommandContext } from '../terminal/console.ts'

export function addCompletion(program: Command, { io }: CommandContext): void {
  program
    .command('completion')
    .description('Print a script with which your shell completes this command.')
    .addArgument(new Argument('<shell>').choices(SHELLS))
    .addHelpText(
      'after',
      `
Examples:
  eval "$(stackbridge completion bash)"     in ~/.bashrc
  eval "$(stackbridge completion zsh)"      in ~/.zshrc`,
    )
    .action((shell: Shell) => {
      io.stdout.write(completionScript(program, shell))
    })
}
