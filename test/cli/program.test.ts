import { spawn } from 'node:child_process'
import { writeFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PLANTED, plantedIn } from '../planted-secrets.ts'
import { CLI, example, reportsIn, run } from './built-cli.ts'

/** Runs the built command line as a user does. */

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stackbridge-cli-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function eventFile(name: string, event: unknown): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, typeof event === 'string' ? event : JSON.stringify(event))
  return path
}

describe('stackbridge invoke', () => {
  it("serves the article's event on the sandbox: live events, the outputs, exit code 0", async () => {
    const { code, stdout, stderr } = await run([
      'invoke',
      '--sandbox',
      example('aws/cloudformation/create.json'),
    ])
    expect(stdout).toMatch(/CREATE_IN_PROGRESS +TestAwsCloudFormationStack\/MyBucket +AWS::S3::Bucket/)
    expect(stdout).toMatch(
      /answer +SUCCESS {2}TestAwsCloudFormationStack\n +MyBucketArn = arn:aws:s3:::bucket-by-ros/,
    )
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })

  it('serves several files in order, as events of one resource', async () => {
    const files = [
      'aws/cloudformation/create.json',
      'aws/cloudformation/update.json',
      'aws/cloudformation/delete.json',
    ].map(example)
    const { code, stdout } = await run(['invoke', '--sandbox', '--json', ...files])
    const answers = reportsIn(stdout).filter(({ type }) => type === 'answer')
    expect(answers.map(({ status }) => status)).toEqual(['SUCCESS', 'SUCCESS', 'SUCCESS'])
    expect(Object.keys(answers[1]?.['data'] ?? {}).sort()).toEqual(['MyBucketArn', 'MyTopicArn'])
    expect(new Set(answers.map(({ physicalResourceId }) => physicalResourceId)).size).toBe(1)
    expect(code).toBe(0)
  })

  it('serves Heat events on an embedded OpenStack', async () => {
    const files = [
      'openstack/heat/create.json',
      'openstack/heat/update.json',
      'openstack/heat/delete.json',
    ].map(example)
    const { code, stdout } = await run(['invoke', '--sandbox', ...files])
    expect(stdout).toMatch(/greeting = hello from Heat/)
    expect(stdout).toMatch(/greeting = hello again/)
    expect(code).toBe(0)
  })

  it('serves events of Huawei Cloud on an embedded one', async () => {
    const files = [
      'huawei-cloud/rfs-stack/create.json',
      'huawei-cloud/rfs-stack/update.json',
      'huawei-cloud/rfs-stack/delete.json',
    ].map(example)
    const { code, stdout } = await run(['invoke', '--sandbox', ...files])
    expect(stdout).toMatch(/greeting = hello from RFS/)
    expect(stdout).toMatch(/greeting = hello again/)
    expect(code).toBe(0)
    const older = ['huawei-cloud/aos-stack/create.json', 'huawei-cloud/aos-stack/delete.json'].map(example)
    const ranOlder = await run(['invoke', '--sandbox', ...older])
    expect(ranOlder.stdout).toMatch(/mysql-name = verydows-mysql-t1/)
    expect(ranOlder.code).toBe(0)
  })

  it('serves events of a stack set and of its instances on the embedded Huawei Cloud', async () => {
    const files = [
      'huawei-cloud/rfs-stack-set/create.json',
      'huawei-cloud/rfs-stack-instances/create.json',
    ].map(example)
    const { code, stdout } = await run(['invoke', '--sandbox', ...files])
    expect(stdout).toMatch(/StackSetName = my_hello_world_stack_set/)
    expect(stdout).toMatch(/cn-north-7\/6cbcca2a2f114a63841bdbc7a19b7b12/)
    expect(code).toBe(0)
  })

  it('exits with 1 and the reason for a FAILED', async () => {
    const { code, stdout } = await run(['invoke', '--sandbox', example('aws/cloudformation/fails.json')])
    expect(stdout).toMatch(
      /answer +FAILED {2}TestAwsCloudFormationStack\n +Second \(AWS::IAM::Role\): taken already exists/,
    )
    expect(code).toBe(1)
  })

  it('reads standard input', async () => {
    const { code, stdout } = await run(['invoke', '--sandbox', '-'], '{"ResourceProperties":{}}')
    expect(stdout).toContain('Stack is missing')
    expect(code).toBe(1)
  })

  it.each([
    ['a file that does not exist', ['invoke', '/does/not/exist.json'], '/does/not/exist.json does not exist'],
    ['a folder', ['invoke', '/'], '/ is a folder; give the path of a file'],
    [
      'no template and no name of a stack',
      ['down'],
      "no stack is named; give the template's file, or --stack-name",
    ],
    [
      'a file whose name cannot be that of a stack',
      ['down', '01-网络.ros.yml'],
      '01-网络 cannot be the name of a stack (a letter, and then at most 99 letters, digits, - or _)',
    ],
    [
      'a misspelt resource type',
      ['doctor', '--type', 'Custom::AWSCloudFormationStack'],
      'did you mean Custom::AwsCloudFormationStack?',
    ],
    ['no file', ['invoke'], "missing required argument 'event'"],
    ['an unknown option', ['invoke', '--sandbx', 'x'], "unknown option '--sandbx'"],
    [
      'an unknown command',
      ['invok'],
      "unknown command 'invok' (Did you mean invoke?); try stackbridge --help",
    ],
    ['a timeout that is not a number', ['invoke', '--timeout', 'soon', 'x'], 'try stackbridge invoke --help'],
  ])('exits with 2 and one line with the reason for %s', async (_name, args, message) => {
    const { code, stderr } = await run(args)
    expect(stderr).toContain(message)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(code).toBe(2)
  })

  it('prints a stack trace only with --debug', async () => {
    const args = ['invoke', '/does/not/exist.json']
    expect((await run(args)).stderr).not.toMatch(/\n\s+at /)
    expect((await run(['--debug', ...args])).stderr).toMatch(/\n\s+at [^]*caused by Error: ENOENT/)
  })

  it('prints colors with FORCE_COLOR, and none with --no-color or NO_COLOR', async () => {
    const args = ['invoke', '--sandbox', '-']
    const colored = async (more: string[], environment: Record<string, string>) =>
      (
        await run([...args, ...more], '{"RequestType": "Create"}', { FORCE_COLOR: '1', ...environment })
      ).stdout.includes('\u001b[')
    expect(await colored([], {})).toBe(true)
    expect(await colored(['--no-color'], {})).toBe(false)
    expect(await colored([], { NO_COLOR: '1' })).toBe(false)
  })

  it('names up for a ROS template', async () => {
    const path = await eventFile('template.yml', "# mine\nROSTemplateFormatVersion: '2015-09-01'\n")
    expect((await run(['invoke', path])).stderr).toContain('stackbridge up runs a template')
  })

  it('exits with 2 for a file without JSON, or without an object', async () => {
    for (const [content, problem] of [
      ['{"a": secret', 'is not valid JSON'],
      ['[]', 'must hold the JSON object'],
    ] as const) {
      const { code, stderr } = await run(['invoke', await eventFile('broken.json', content)])
      expect(stderr).toContain(problem)
      expect(code).toBe(2)
    }
  })

  it('shows no secret of the event if a call fails, also with --verbose and --json', async () => {
    const event = {
      ResourceProperties: {
        AccessKeyId: PLANTED.accessKeyId,
        AccessKeySecret: PLANTED.accessKeySecret,
        SecurityToken: PLANTED.sessionToken,
        RegionId: 'us-east-1',
        Endpoint: 'http://127.0.0.1:9/',
        Stack: {
          Template: {
            Parameters: { P: { Type: 'String', NoEcho: true } },
            Resources: { Thing: { Type: 'Sandbox::Resource' } },
          },
          Parameters: { P: PLANTED.noEchoValue },
        },
      },
    }
    const file = await eventFile('secret.json', event)
    const environment = { STACKBRIDGE_LOG_LEVEL: 'trace', STACKBRIDGE_TIMEOUT_SECONDS: '3' }
    const { code, stdout, stderr } = await run(['invoke', '--verbose', '--json', file], '', environment)
    expect(code).toBe(1)
    expect(stdout).toContain('gave no answer')
    expect(stderr).toContain('an event has arrived')
    expect(plantedIn(stdout + stderr)).toEqual([])
  })

  it('shows no secret that a cloud repeats in the events of the stack', async () => {
    const file = await eventFile('repeated.json', {
      ResourceProperties: {
        Stack: {
          Template: {
            Parameters: { P: { Type: 'String', NoEcho: true } },
            Resources: {
              T: { Type: 'Sandbox::Resource', Properties: { FailOn: 'create', Message: { Ref: 'P' } } },
            },
          },
          Parameters: { P: PLANTED.noEchoValue },
        },
      },
    })
    for (const more of [[], ['--json']]) {
      const { stdout } = await run(['invoke', '--sandbox', ...more, file])
      expect(stdout).toContain('CREATE_FAILED')
      expect(plantedIn(stdout)).toEqual([])
    }
  })

  it('names the stack in progress when interrupted, and exits with 130', async () => {
    const slow = {
      ResourceProperties: {
        Stack: {
          Name: 'slow',
          Template: { Resources: { Thing: { Type: 'Sandbox::Resource', Properties: { DelaySeconds: 60 } } } },
        },
      },
    }
    const file = await eventFile('slow.json', slow)
    const child = spawn(process.execPath, [CLI, 'invoke', '--sandbox', file], {
      env: { PATH: process.env['PATH'] ?? '' },
    })
    let stderr = ''
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    let stdout = ''
    child.stdout.on('data', (chunk: Buffer) => {
      const hadStarted = stdout.includes('CREATE_IN_PROGRESS')
      stdout += chunk.toString()
      if (!hadStarted && stdout.includes('CREATE_IN_PROGRESS')) child.kill('SIGINT')
    })
    const code = await new Promise((resolve) => child.on('exit', resolve))
    expect(stderr).toMatch(
      /interrupted\nstackbridge: stack slow \(arn:aws:cloudformation.*\) was in an embedded cloud/,
    )
    expect(code).toBe(130)
  })
})

describe('stackbridge demo', () => {
  it('gets the expected answer for each step', async () => {
    const { code, stdout } = await run(['demo', '--json'])
    const summary = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}')
    expect(summary.rows).toHaveLength(9)
    expect(summary.rows.every(({ asExpected }: { asExpected: boolean }) => asExpected)).toBe(true)
    expect(code).toBe(0)
  })
})

describe('stackbridge settings', () => {
  it('lists each setting, and reports wrong ones', async () => {
    const { code, stdout } = await run(['settings'])
    expect(stdout).toContain('STACKBRIDGE_TIMEOUT_SECONDS')
    expect(code).toBe(0)
    const wrong = await run(['settings'], '', { STACKBRIDGE_POLL_MIN_MS: 'x' })
    expect(wrong.stderr).toContain('STACKBRIDGE_POLL_MIN_MS must be')
    expect(wrong.code).toBe(2)
  })
})

describe('stackbridge', () => {
  /** The reader of its output closes the pipe after the given number of lines. */
  async function runWithReader(args: string, lines: number) {
    const command = `{ "${process.execPath}" "${CLI}" ${args}; echo "code $?" >&2; } | head -n ${String(lines)}`
    const child = spawn('sh', ['-c', command], { stdio: ['ignore', 'ignore', 'pipe'] })
    let stderr = ''
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    await new Promise((resolve) => child.on('close', resolve))
    return stderr
  }

  it('exits like other programs, without a message, if the reader closes the pipe', async () => {
    expect(await runWithReader('settings', 0)).toBe('code 141\n')
  })

  it('is interrupted, and so not successful, if the reader closes the pipe during an operation', async () => {
    const stderr = await runWithReader(`invoke --sandbox "${example('aws/cloudformation/create.json')}"`, 1)
    expect(stderr).toContain('stackbridge: interrupted\n')
    expect(stderr).toMatch(/code 130\n$/)
  })

  it('reports in one line that it cannot write its output, for example to a full disk', async () => {
    const child = spawn('sh', ['-c', `"${process.execPath}" "${CLI}" settings > /dev/full`], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let stderr = ''
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    const code = await new Promise((resolve) => child.on('exit', resolve))
    expect(stderr).toBe('stackbridge: the output cannot be written: ENOSPC\n')
    expect(code).toBe(1)
  })

  it.each([
    { args: ['--help'] },
    { args: ['invoke', '--help'] },
    { args: ['demo', '--help'] },
    { args: ['settings', '--help'] },
    { args: ['watch', '--help'] },
    { args: ['doctor', '--help'] },
    { args: ['sandbox', '--help'] },
    { args: ['serve', '--help'] },
    { args: ['init', '--help'] },
    { args: ['up', '--help'] },
    { args: ['down', '--help'] },
    { args: ['package', '--help'] },
    { args: ['completion', '--help'] },
  ])('$args prints help with examples', async ({ args }) => {
    const { code, stdout } = await run(args)
    expect(stdout).toContain('Usage: stackbridge')
    expect(stdout).toMatch(/\nExamples:\n  /)
    expect(code).toBe(0)
  })

  it('prints the version of the package for --version', async () => {
    expect((await run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})
