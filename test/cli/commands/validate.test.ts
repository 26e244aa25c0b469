import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'

/** Runs the built command line as a user does. */

const cli = join(inject('built'), 'cli.mjs')
const root = join(import.meta.dirname, '../../..')

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stackbridge-validate-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function run(args: readonly string[], input = '', environment: Record<string, string> = {}) {
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const options = { cwd: root, env: { PATH: process.env['PATH'] ?? '', ...environment } }
    const child = execFile(process.execPath, [cli, 'validate', ...args], options, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr })
    })
    child.stdin?.end(input)
  })
}

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, text)
  return path
}

const WRONG = `ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Bucket:
    Type: Custom::AwsCloudFormationStack
    Properties:
      ServiceToken: !Ref Arn
      Timeout: 60
      Parameters:
        Timeout: 60
        Stack: { Template: 'Resources: {B: {Type: AWS::S3::Bucket}}', Nmae: y }
Parameters: { Arn: { Type: String } }
`

describe('stackbridge validate', () => {
  it('exits with 0 for the examples, and prints what it has checked', async () => {
    const names = await readdir(join(root, 'examples/events'), { recursive: true })
    const events = names.filter((name) => name.endsWith('.json')).map((name) => `examples/events/${name}`)
    const { code, stdout, stderr } = await run([...events, 'examples/templates/three-clouds.yml'])
    expect(stdout).toContain('examples/events/aws/cloudformation/create.json: ok\n')
    expect(stdout).toContain(
      'examples/templates/three-clouds.yml: ok, 3 resources checked, 3 values that ROS computes were not checked\n',
    )
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })

  it('exits with 1 for a wrong template, and prints each problem in one line with its position', async () => {
    const path = await file('wrong.yml', WRONG)
    const { code, stdout } = await run([path])
    expect(stdout).toBe(
      `${path}:10: Resources.Bucket.Properties.Parameters.Stack.Nmae: is not a known property; did you mean Name?\n` +
        `${path}: 1 problem, 1 resource checked\n`,
    )
    expect(code).toBe(1)
  })

  it('prints one object per line with --json', async () => {
    const path = await file('wrong.yml', WRONG)
    const { code, stdout } = await run(['--json', path])
    const [finding, summary, ...others] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(finding).toEqual({
      type: 'finding',
      file: path,
      line: 10,
      path: 'Resources.Bucket.Properties.Parameters.Stack.Nmae',
      problem: 'is not a known property; did you mean Name?',
      severity: 'error',
    })
    expect(summary).toEqual({
      type: 'file',
      file: path,
      content: 'template',
      resources: 1,
      unknownValues: 0,
      errors: 1,
      warnings: 0,
    })
    expect(others).toEqual([])
    expect(code).toBe(1)
  })

  it('checks the template of a stack, with the line numbers of its file', async () => {
    await file('network.yml', 'Resources:\n  Topic:\n    Type: AWS::SNS::Topik\n    DependsOn: Queue\n')
    const path = await file(
      'including.yml',
      `${WRONG.replace(/Stack: .*/, 'Stack: { Template: file://network.yml }')}Outputs: { A: { Value: !GetAtt Bucket.Arn } }\n`,
    )
    const { code, stdout } = await run([path])
    const template = 'Resources.Bucket.Properties.Parameters.Stack.Template'
    expect(stdout.split('\n')).toEqual([
      `${join(folder, 'network.yml')}:3: warning: ${template}.Resources.Topic.Type: is not a type that AWS's specification has; did you mean AWS::SNS::Topic?`,
      `${join(folder, 'network.yml')}:4: ${template}.Resources.Topic.DependsOn: names Queue, which is not a resource of this template`,
      `${path}:12: Outputs.A.Value: refers to Bucket.Arn, but the stack of Bucket gives no such output; it has none`,
      `${path}: 2 problems, 1 warning, 1 resource checked`,
      '',
    ])
    expect(code).toBe(1)
  })

  it('reports misspelt types of Heat, and missing variables of Terraform', async () => {
    const resource = (name: string, type: string, stack: string) =>
      `  ${name}:\n    Type: ${type}\n    Properties:\n      ServiceToken: !Ref Arn\n      Timeout: 60\n` +
      `      Parameters: { Timeout: 60, Stack: ${stack} }\n`
    const heat = '{ Template: { heat_template_version: rocky, resources: { a: { type: OS::Nova::Sever } } } }'
    const { stdout } = await run(
      ['-'],
      "ROSTemplateFormatVersion: '2015-09-01'\nParameters: { Arn: { Type: String } }\nResources:\n" +
        resource('Heat', 'Custom::HeatStack', heat) +
        resource('Rfs', 'Custom::HuaweiRfsStack', `{ TemplateBody: 'variable "size" {}' }`),
    )
    expect(stdout).toContain('did you mean OS::Nova::Server?')
    expect(stdout).toContain('must give a value to size: the template has no default')
  })

  it('reads standard input, and exits with 0 if there are only warnings', async () => {
    const { code, stdout } = await run(
      ['-'],
      WRONG.replace('        Timeout: 60\n', '').replace(', Nmae: y', ''),
    )
    expect(stdout).toMatch(
      /^standard input:8: warning: .*\nstandard input: ok, 1 warning, 1 resource checked\n$/,
    )
    expect(code).toBe(0)
  })

  it('prints each problem in one line, also for a name with control characters', async () => {
    const path = await file('lines.json', JSON.stringify({ ResourceProperties: { 'a\nb\u001b[31m': 1 } }))
    const { stdout } = await run([path])
    expect(stdout).not.toContain('\u001b')
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .every((line) => line.startsWith(path)),
    ).toBe(true)
  })

  it.each([
    ['a file that does not exist', ['/does/not/exist.yml'], {}, 'does not exist'],
    ['no file', [], {}, "missing required argument 'file'"],
    ['a wrong setting', ['-'], { STACKBRIDGE_POLL_MIN_MS: 'x' }, 'STACKBRIDGE_POLL_MIN_MS'],
  ])('exits with 2 and one line for %s', async (_name, args, environment, message) => {
    const { code, stderr } = await run(args, '{}', environment)
    expect(stderr).toContain(message)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(code).toBe(2)
  })

  it('follows the setting for private addresses', async () => {
    const event = JSON.stringify({
      ResourceProperties: {
        Endpoint: 'http://10.0.0.1/',
        RegionId: 'x',
        Stack: { TemplateURL: 'https://x.example/' },
      },
    })
    expect((await run(['-'], event)).code).toBe(0)
    const { code, stdout } = await run(['-'], event, { STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'false' })
    expect(stdout).toContain('ResourceProperties.Endpoint: leads to 10.0.0.1')
    expect(code).toBe(1)
  })
})
