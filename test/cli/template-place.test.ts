import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from './built-cli.ts'

/** Which local stack a command acts on, and in which clouds it finds it. The built command line, each command a process. */

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sb-place-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const TEMPLATE = `ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Queue:
    Type: Custom::AwsCloudFormationStack
    Properties:
      ServiceToken: here
      Timeout: 600
      Parameters:
        Timeout: 600
        Stack: { Template: { Resources: { Q: { Type: 'AWS::SQS::Queue' } } } }
`

async function write(...path: readonly string[]): Promise<string> {
  await mkdir(join(folder, ...path.slice(0, -1)), { recursive: true })
  await writeFile(join(folder, ...path), TEMPLATE)
  return join(folder, ...path)
}

const state = (name: string): string[] => ['--state', join(folder, name)]

/** Each command that finds a stack by the name of its template's file. */
const COMMANDS = [
  ['up', '--sandbox'],
  ['plan'],
  ['plan', '--sandbox'],
  ['drift'],
  ['diagnose'],
  ['down'],
] as const

describe('a local stack', () => {
  it('is that of one template: another file of the same name is refused, and both files and the way out are named', async () => {
    const [first, second] = [await write('one', 'shop.ros.yml'), await write('two', 'shop.ros.yml')]
    expect((await run(['up', '--sandbox', first, ...state('a')])).code).toBe(0)
    for (const command of COMMANDS) {
      const { code, stdout, stderr } = await run([...command, second, ...state('a')])
      expect({ command, code, stdout }).toEqual({ command, code: 2, stdout: '' })
      expect(stderr).toContain('one/shop.ros.yml, not from')
      expect(stderr).toContain(second)
      expect(stderr).toContain('give --stack-name with another name')
    }
    expect((await run(['up', '--sandbox', second, '--stack-name', 'other', ...state('a')])).code).toBe(0)
    expect((await run(['down', '--stack-name', 'other', ...state('a')])).code).toBe(0)
    expect((await run(['down', first, ...state('a')])).code).toBe(0)
  })

  it('is found after its template has moved, once it is named; then its new place is known', async () => {
    const before = await write('before', 'moved.ros.yml')
    expect((await run(['up', '--sandbox', before, ...state('b')])).code).toBe(0)
    await rename(join(folder, 'before'), join(folder, 'after'))
    const after = join(folder, 'after', 'moved.ros.yml')
    const refused = await run(['plan', after, ...state('b')])
    expect(refused.code).toBe(2)
    const [option = ''] = /--stack-name moved$/m.exec(refused.stderr) ?? []
    expect(option).toBe('--stack-name moved')
    const again = await run(['up', '--sandbox', after, ...option.split(' '), ...state('b')])
    expect(again.stdout).toContain('moved has not changed')
    expect((await run(['down', after, ...state('b')])).code).toBe(0)
  })

  it('is found by every path that leads to its template, and where the whole folder has moved', async () => {
    const path = await write('project', 'x', 'deep.ros.yml')
    await symlink(join(folder, 'project', 'x'), join(folder, 'project', 'link'))
    const inProject = ['--state', join(folder, 'project', 'state')]
    expect((await run(['up', '--sandbox', path, ...inProject])).code).toBe(0)
    const linked = join(folder, 'project', 'link', 'deep.ros.yml')
    expect((await run(['plan', linked, ...inProject])).stdout).toContain('No resource changes.')
    await rename(join(folder, 'project'), join(folder, 'elsewhere'))
    const moved = join(folder, 'elsewhere', 'x', 'deep.ros.yml')
    const there = ['--state', join(folder, 'elsewhere', 'state')]
    expect((await run(['down', moved, ...there])).code).toBe(0)
  })

  it('knows whether it is in the sandbox: what finds it needs no --sandbox, and may have it', async () => {
    const path = await write('kept.ros.yml')
    expect((await run(['up', '--sandbox', path, ...state('c')])).code).toBe(0)
    for (const command of ['plan', 'drift', 'diagnose'])
      for (const option of [[], ['--sandbox']]) {
        const { code, stdout, stderr } = await run([command, ...option, path, ...state('c')])
        expect({ command, code, stderr }).toEqual({ command, code: 0, stderr: '' })
        // Who has not asked for it is told.
        expect(stdout.includes('rebuilding the embedded clouds')).toBe(option.length === 0)
      }
    // Where a stack is to be, `up` is told: it must not pass off embedded clouds as real ones.
    const withoutSandbox = await run(['up', path, ...state('c')])
    expect(withoutSandbox).toMatchObject({ code: 2, stderr: expect.stringContaining('give --sandbox') })
    const id = 'arn:aws:cloudformation:us-east-1:123456789012:stack/real/1'
    expect((await run(['plan', path, '--id', id, ...state('c')])).code).toBe(2)
    expect((await run(['down', '--sandbox', path, ...state('c')])).code).toBe(0)
  })

  it('is found from another folder, or named with the way to it: no command acts as if there were none', async () => {
    const path = await write('home', 'templates', 'far.ros.yml')
    const [home, templates] = [join(folder, 'home'), join(folder, 'home', 'templates')]
    const ran = (cwd: string, ...args: readonly string[]) => run(args, '', {}, undefined, cwd)
    expect((await ran(home, 'up', '--sandbox', path)).code).toBe(0)
    for (const command of COMMANDS) {
      const { code, stdout, stderr } = await ran(templates, ...command, 'far.ros.yml')
      expect({ command, code, stdout }).toEqual({ command, code: 2, stdout: '' })
      expect(stderr).toContain('in ../.stackbridge')
      expect(stderr).toContain('run the command in .., or give --state ../.stackbridge')
    }
    const planned = await ran(templates, 'plan', 'far.ros.yml', '--state', '../.stackbridge')
    expect(planned.stdout).toContain('No resource changes.')
    expect((await ran(templates, 'plan', '--sandbox', 'far.ros.yml', '--stack-name', 'second')).code).toBe(0)
    // Another template of the same name has no part in it.
    const other = await write('home', 'other', 'far.ros.yml')
    expect((await ran(join(folder, 'home', 'other'), 'plan', '--sandbox', other)).stdout).toContain(
      '1 to add',
    )
    expect((await ran(home, 'down', path)).code).toBe(0)
  })

  it('is found beside its template by a command that runs elsewhere', async () => {
    const path = await write('beside', 'near.ros.yml')
    expect((await run(['up', '--sandbox', path], '', {}, undefined, join(folder, 'beside'))).code).toBe(0)
    const elsewhere = await run(['down', path], '', {}, undefined, folder)
    expect(elsewhere.code).toBe(2)
    expect(elsewhere.stderr).toContain('give --state beside/.stackbridge')
  })
})
