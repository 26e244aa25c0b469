import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reportsIn, run, type Ran } from './built-cli.ts'

/** Runs the command that a failure in the sandbox suggests, exactly as it is printed. */

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sb-next-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function write(name: string, text: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, text)
  return path
}

const resource = (name: string, type: string, parameters: string): string => `
  ${name}:
    Type: ${type}
    Properties:
      ServiceToken: here
      Timeout: 600
      Parameters:
        Timeout: 600
        ${parameters}`

const ros = (resources: string, parameters = ''): string =>
  `ROSTemplateFormatVersion: '2015-09-01'\n${parameters}\nResources:${resources}\n`

/** Two stacks: one succeeds, the other needs its output and fails. */
const FIRST = resource(
  'First',
  'Custom::HeatStack',
  'Stack: { Template: { heat_template_version: 2018-08-31, resources: { n: { type: "OS::Heat::Value", properties: { value: no room } } }, outputs: { said: { value: { get_attr: [n, value] } } } } }',
)
const FAILING = {
  'Custom::AwsCloudFormationStack':
    'Stack: { Parameters: { Said: { Fn::GetAtt: [First, said] } }, Template: "{Parameters: {Said: {Type: String}}, Resources: {T: {Type: Sandbox::Resource, Properties: {FailOn: create, Message: {Ref: Said}}}}}" }',
  'Custom::HeatStack':
    'Stack: { Parameters: { said: { Fn::GetAtt: [First, said] } }, Template: { heat_template_version: 2018-08-31, parameters: { said: { type: string } }, resources: { vm: { type: "OS::Nova::Server", metadata: { Sandbox: { FailOn: create, Message: no room, Fault: no room } }, properties: { flavor: small, image: cirros } } } } }',
} as const

const state = (name: string): string[] => ['--json', '--state', join(folder, name)]

const next = ({ stdout }: Ran, command: string): string =>
  reportsIn(stdout)
    .filter(({ type }) => type === 'next')
    .flatMap(({ steps }) => steps as { command: string }[])
    .find((step) => step.command.startsWith(`stackbridge ${command} `))?.command ?? ''

/** Splits it as a shell does; the paths have no blanks. */
const wordsOf = (command: string): string[] => command.replace('=…', '=large').split(' ').slice(1)

const read = ({ stdout }: Ran) =>
  reportsIn(stdout).filter(({ type, failures }) => type === 'diagnosis' && (failures as unknown[]).length > 0)

describe('the diagnosis that up --sandbox suggests after a failure', () => {
  it.each(Object.entries(FAILING))(
    'explains the cause, also if it is in another resource: %s',
    async (type, stack) => {
      const template = await write('fails.ros.yml', ros(FIRST + resource('Second', type, stack)))
      const failed = await run(['up', '--sandbox', template, '--json', '--state', join(folder, 'a')])
      expect(failed.code).toBe(1)
      // The stack of this id exists only until the command ends.
      expect(failed.stdout).not.toContain('diagnose with this id')
      const diagnosed = await run([...wordsOf(next(failed, 'diagnose')), '--json'])
      expect(diagnosed).toMatchObject({ code: 0, stderr: '' })
      expect(read(diagnosed)).toMatchObject([{ resource: 'Second', outcome: 'read' }])
      expect(diagnosed.stdout).toContain('no room')
      const again = await run([...wordsOf(next(failed, 'up')), '--json'])
      expect(again.code).toBe(1)
    },
  )

  it('is not suggested after a refusal, since the reason is already complete', async () => {
    const refused = resource('Only', 'Custom::HeatStack', 'TimeOut: 600')
    const failed = await run(['up', '--sandbox', await write('refused.ros.yml', ros(refused)), ...state('r')])
    expect(failed.code).toBe(1)
    expect(failed.stdout).toContain('did you mean Timeout?')
    expect(next(failed, 'diagnose')).toBe('')
    expect(next(failed, 'up')).not.toBe('')
    const event = { ResourceType: 'Custom::HeatStack', ResourceProperties: { TimeOut: 600 } }
    const served = await run(['invoke', '--sandbox', await write('e.json', JSON.stringify(event)), '--json'])
    expect(served.code).toBe(1)
    expect(next(served, 'diagnose')).toBe('')
  })

  it('explains a failed update and finds its id, although the stacks were rolled back', async () => {
    const stack =
      'Stack: { Parameters: { Size: { Ref: Size } }, Template: "{Parameters: {Size: {Type: String}}, Conditions: {Large: {Fn::Equals: [{Ref: Size}, large]}}, Resources: {T: {Type: Sandbox::Resource, Properties: {Value: {Ref: Size}, FailOn: {Fn::If: [Large, update, none]}, Message: too large}}}}" }'
    const parameters = 'Parameters: { Size: { Type: String, Default: small } }'
    const template = await write(
      'grows.ros.yml',
      ros(resource('Net', 'Custom::AwsCloudFormationStack', stack), parameters),
    )
    const state = ['--state', join(folder, 'b')]
    expect((await run(['up', '--sandbox', template, ...state])).code).toBe(0)
    const failed = await run(['up', '--sandbox', template, '--parameter', 'Size=large', '--json', ...state])
    expect(failed.code).toBe(1)
    const diagnosed = await run([...wordsOf(next(failed, 'diagnose')), '--json'])
    expect(diagnosed).toMatchObject({ code: 0, stderr: '' })
    expect(diagnosed.stdout).toContain('too large')
    const id = /"stackId":"(arn:aws:cloudformation:[^"]+)"/.exec(failed.stdout)?.[1] ?? ''
    const byId = await run(['diagnose', '--sandbox', id, ...state, '--json'])
    expect(byId).toMatchObject({ code: 0, stderr: '' })
    expect(byId.stdout).toContain('too large')
    // The diagnosis has changed nothing.
    const unchanged = await run(['up', '--sandbox', template, ...state])
    expect(unchanged.stdout).toContain('grows has not changed')
  })

  it('explains what the bridge has refused', async () => {
    const template = await write('refused.ros.yml', ros(resource('Net', 'Custom::HeatStack', 'Stack: {}')))
    const failed = await run(['up', '--sandbox', template, '--json', '--state', join(folder, 'c')])
    expect(failed.code).toBe(1)
    const diagnosed = await run(['diagnose', '--sandbox', template, '--state', join(folder, 'c')])
    expect(diagnosed.code).toBe(1)
    expect(diagnosed.stdout).toContain('Stack.Template')
  })

  it('is suggested by invoke, too', async () => {
    const Stack = {
      Template: { Resources: { T: { Type: 'Sandbox::Resource', Properties: { FailOn: 'create' } } } },
    }
    const event = await write('event.json', JSON.stringify({ ResourceProperties: { Stack } }))
    const failed = await run(['invoke', '--sandbox', event, '--json'])
    const diagnosed = await run([...wordsOf(next(failed, 'diagnose')), '--json'])
    expect(diagnosed).toMatchObject({ code: 0, stderr: '' })
    expect(read(diagnosed)).toHaveLength(1)
  })
})

describe('stackbridge diagnose', () => {
  const IDS = [
    'arn:aws:cloudformation:us-east-1:123456789012:stack/a/00000000-0000-4000-8000-00000000000d',
    'arn:openstack:heat::0123456789abcdef0123456789abcdef:stacks/a/00000000-0000-4000-8000-000000000001',
  ]

  it.each(IDS)('fails without credentials, and says which ones are missing: %s', async (id) => {
    const { code, stdout } = await run(['diagnose', id], '', { AWS_REGION: 'us-east-1' })
    expect(code).toBe(1)
    expect(stdout).toContain('cannot be read')
    expect(stdout).toMatch(/AWS_ACCESS_KEY_ID|OS_AUTH_URL/)
  })

  it.each(IDS)('explains what --sandbox means for an id that no local stack has: %s', async (id) => {
    const { code, stderr } = await run(['diagnose', '--sandbox', id, '--state', join(folder, 'none')])
    expect(code).toBe(2)
    expect(stderr).toContain('no stack that up --sandbox has left in')
    expect(stderr).toContain('diagnose --sandbox with the template or the event')
  })
})
