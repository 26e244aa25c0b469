import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { run } from './built-cli.ts'

const { stdout: script } = await run(['completion', 'bash'])

/** The words that bash offers to complete the last of `words`. */
function offered(...words: readonly string[]): string[] {
  const line = ['stackbridge', ...words].map((word) => `'${word}'`).join(' ')
  const ask = `${script}\nCOMP_WORDS=(${line}); COMP_CWORD=${String(words.length)}; _stackbridge; printf '%s\\n' "\${COMPREPLY[@]}"`
  const printed = execFileSync('bash', ['--norc', '-c', ask], { encoding: 'utf8' }).trim()
  return printed === '' ? [] : printed.split('\n')
}

describe('the bash completion', () => {
  it('offers the commands as the first word', () => {
    expect(offered('')).toEqual(expect.arrayContaining(['invoke', 'watch', 'doctor', 'sandbox', 'init']))
    expect(offered('wa')).toEqual(['watch'])
  })

  it("offers a command's options and the global ones", () => {
    expect(offered('invoke', '--s')).toEqual(['--sandbox'])
    expect(offered('invoke', '--n')).toEqual(['--no-color'])
    expect(offered('settings', '--sandbox')).toEqual([])
    expect(offered('--ver')).toEqual(['--version'])
  })

  it('offers fixed arguments, and leaves file names to the shell', () => {
    expect(offered('init', 'a')).toEqual(['aws'])
    expect(offered('completion', '')).toEqual(['bash', 'zsh'])
    expect(offered('invoke', '')).toEqual([])
    expect(script).toContain('complete -o default -F _stackbridge stackbridge')
  })
})
