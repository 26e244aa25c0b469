import { describe, expect, it } from 'vitest'
import { runProgram } from '../../../src/cli/program.ts'

/** The output of `--help` on a terminal with the given number of columns; `undefined`: into a file. */
async function help(args: readonly string[], columns?: number): Promise<string> {
  let printed = ''
  const write = (text: string) => (printed += text)
  const stdout = { write, ...(columns === undefined ? {} : { isTTY: true, columns }) }
  const code = await runProgram([...args, '--help'], {
    stdout,
    stderr: { write },
    stdin: {
      async *[Symbol.asyncIterator]() {
        yield* []
      },
    },
    environment: {},
    onInterrupt: () => () => undefined,
    version: '0',
  })
  expect(code).toBe(0)
  return printed
}

const longest = (text: string): number => Math.max(...text.split('\n').map(({ length }) => length))

const COMMANDS = [...(await help([])).matchAll(/^ {2}(\w+)(?: |$)/gm)].flatMap(([, name = '']) =>
  name === 'stackbridge' || name === 'help' ? [] : [name],
)

describe('--help', () => {
  it.each(COMMANDS)('describes the named command: %s', async (name) => {
    expect(await help([name])).toMatch(new RegExp(`^Usage: stackbridge ${name} `))
    // The help is the same if all commands are registered.
    expect(await help([name])).toBe(await help(['--no-color', name]))
  })

  it('is tested for every command', () => {
    expect(COMMANDS).toEqual(expect.arrayContaining(['up', 'plan', 'doctor', 'watch', 'completion']))
    expect(COMMANDS.length).toBeGreaterThan(17)
  })

  it.each([[], ...COMMANDS.map((name) => [name])])('has no line that is too long: %s', async (...args) => {
    expect(longest(await help(args))).toBeLessThanOrEqual(100)
    for (const columns of [80, 60, 200])
      expect(longest(await help(args, columns))).toBeLessThanOrEqual(columns)
  })

  it.each(COMMANDS)('has the same words at every width: %s', async (name) => {
    const plain = (text: string) => text.replaceAll(/\\\n/g, '').replaceAll(/\s+/g, '')
    expect(plain(await help([name], 60))).toBe(plain(await help([name], 1000)))
  })
})
