import { Readable } from 'node:stream'
import { expect, it } from 'vitest'
import { runProgram } from '../../src/cli/program.ts'

/** A mistyped argument may be a secret, and a CI system may store the output of a command. */

const SECRET = "hunter22'=secret"

function said(...args: readonly string[]): Promise<string> {
  return saidTo('', ...args)
}

async function saidTo(stdin: string, ...args: readonly string[]): Promise<string> {
  let written = ''
  const output = {
    write(text: string) {
      written += text
    },
  }
  const code = await runProgram(args, {
    stdout: output,
    stderr: output,
    stdin: Readable.from([Buffer.from(stdin)]),
    environment: {},
    onInterrupt: () => () => undefined,
    version: '0',
  })
  expect(code).toBe(2)
  return written
}

it.each([
  ['a parameter without a name', ['up', 't.yml', '--parameter', `=${SECRET}`]],
  ['a parameter with another sign', ['up', 't.yml', '--parameter', `Password:${SECRET.replace('=', '')}`]],
  ['a misspelt option', ['up', 't.yml', `--paramter=Password=${SECRET}`]],
  ['an option of another program', ['invoke', 'e.json', `--password=${SECRET}`]],
  ['an argument without its option', ['up', 't.yml', `Password=${SECRET}`]],
])('%s is refused without its value', async (_, args) => {
  const message = await said(...args)
  expect(message).toMatch(/^stackbridge: .*option|^stackbridge: too many arguments/)
  expect(message).not.toContain('hunter22')
})

it('an unknown option is named', async () => {
  expect(await said('up', 't.yml', `--paramter=Password=${SECRET}`)).toBe(
    "stackbridge: unknown option '--paramter'; try stackbridge up --help\n",
  )
})

it.each([
  ['an unknown command that help is asked for', ['help', 'pln'], "unknown command 'pln'"],
  ['a fingerprint without a function', ['doctor', '--fingerprint', 'f.json'], 'need --deployed'],
  ['a fingerprint to remember without a function', ['doctor', '--remember'], 'need --deployed'],
])('%s is named', async (_, args, problem) => {
  expect(await said(...args)).toContain(`stackbridge: `)
  expect(await said(...args)).toContain(problem)
})

it('a map that is not a ROS template is not packaged', async () => {
  expect(await said('package', '-')).toBe('stackbridge: -: is empty, and must hold a map\n')
  expect(await saidTo('{}', 'package', '-')).toContain('ROSTemplateFormatVersion must be')
})
