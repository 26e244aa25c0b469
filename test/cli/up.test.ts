import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listen } from '../../src/sandbox/loopback-server.ts'
import { CLI, reportsIn, run } from './built-cli.ts'

/** Runs ROS templates with the built command line, each command in a process of its own. */

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sb-up-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function write(name: string, text: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, text)
  return path
}

const at = (...args: readonly string[]): string[] => [...args, '--json', '--state', join(folder, 'state')]

const statesIn = (stdout: string): string[] =>
  reportsIn(stdout)
    .filter(({ type, status }) => type === 'resource' && !String(status).endsWith('_IN_PROGRESS'))
    .map(({ status, resource }) => `${String(status)} ${String(resource)}`)

const stackIn = (stdout: string): Record<string, unknown> =>
  reportsIn(stdout).findLast(({ type }) => type === 'stack') ?? {}

const custom = (type: string, stack: string): string => `
    Type: ${type}
    Properties:
      ServiceToken: { Ref: StackbridgeArn }
      Timeout: 600
      Parameters:
        Timeout: 600
        Stack: ${stack}`

const SHOP = `ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  StackbridgeArn: { Type: String }
  Stage: { Type: String, Default: test }
  Key: { Type: String, NoEcho: true, Default: hunter2-hunter2 }
Resources:
  Name:${custom('Custom::HeatStack', '{ Template: "file://name.yml", Parameters: { bucket: { Fn::GetAtt: [Bucket, Arn] } } }')}
  Bucket:${custom('Custom::AwsCloudFormationStack', '{ Template: "file://bucket.yml", Parameters: { Stage: { Ref: Stage }, Key: { Ref: Key } } }')}
  Group: { Type: ALIYUN::ECS::SecurityGroup, Properties: { Description: { Fn::GetAtt: [Name, name] } } }
Outputs:
  Name: { Value: { Fn::GetAtt: [Name, name] } }
  Key: { Value: { Fn::Sub: 'key=\${Key}' } }
`

const BUCKET = `Parameters: { Stage: { Type: String }, Key: { Type: String, NoEcho: true } }
Resources: { B: { Type: AWS::S3::Bucket, Properties: { BucketName: !Sub 'shop-\${Stage}' } } }
Outputs: { Arn: { Value: !GetAtt B.Arn } }
`

const NAME = `heat_template_version: 2018-08-31
parameters: { bucket: { type: string } }
resources: { n: { type: OS::Heat::Value, properties: { value: { get_param: bucket } } } }
outputs: { name: { value: { get_attr: [n, value] } } }
`

describe('stackbridge up --sandbox', () => {
  it('keeps StoredOutputs on this machine, also where the environment has keys of a real account', async () => {
    const called: string[] = []
    const proxy = createServer()
    proxy.on('connect', (request, socket) => {
      called.push(request.url ?? '')
      socket.destroy()
    })
    const listening = await listen(proxy)
    const stores = ['oos', 'kms'].map(
      (store) =>
        `  ${store}: { Type: Custom::AwsCloudFormationStack, Properties: { ServiceToken: here, Timeout: 600, Parameters: { Timeout: 600, StoredOutputs: { Names: [Key], Prefix: team-${store}, Store: ${store} }, Stack: { Template: { Resources: { Q: { Type: 'AWS::SQS::Queue' } }, Outputs: { Key: { Value: to-be-stored } } } } } } }`,
    )
    const outputs = ['oos', 'kms'].map((store) => `  ${store}: { Value: { Fn::GetAtt: [${store}, Key] } }`)
    const lines = ["ROSTemplateFormatVersion: '2015-09-01'", 'Resources:', ...stores, 'Outputs:', ...outputs]
    const template = await write('stored.ros.yml', lines.join('\n'))
    const keys = {
      ALIBABA_CLOUD_ACCESS_KEY_ID: 'LTAI0000000000000000',
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'the-secret-of-a-real-account',
      HTTPS_PROXY: listening.url,
    }
    const created = await run(at('up', '--sandbox', template), '', keys)
    expect(stackIn(created.stdout)).toMatchObject({
      status: 'CREATE_COMPLETE',
      outputs: { oos: 'team-oos-Key', kms: 'team-kms-Key' },
    })
    expect((await run(at('down', template), '', keys)).code).toBe(0)
    await listening.close()
    expect(called).toEqual([])
  })
})

describe('stackbridge up and down', () => {
  it('create, update and delete a stack in the sandbox, each in a process of its own', async () => {
    await write('name.yml', NAME)
    await write('bucket.yml', BUCKET)
    const template = await write('shop.ros.yml', SHOP)
    const created = await run(at('up', '--sandbox', template))
    expect(created.stderr).toBe('')
    expect(statesIn(created.stdout)).toEqual([
      'CREATE_COMPLETE Bucket',
      'CREATE_COMPLETE Name',
      'CREATE_COMPLETE Group',
    ])
    const outputs = { Name: 'arn:aws:s3:::shop-test', Key: 'key=[secret]' }
    expect(stackIn(created.stdout)).toMatchObject({ status: 'CREATE_COMPLETE', stackName: 'shop', outputs })
    expect(created.code).toBe(0)

    const unchanged = await run(at('up', '--sandbox', template))
    expect(statesIn(unchanged.stdout)).toEqual(['UNCHANGED Bucket', 'UNCHANGED Name', 'UNCHANGED Group'])

    const updated = await run(at('up', '--sandbox', template, '--parameter', 'Stage=prod'))
    expect(statesIn(updated.stdout)).toEqual([
      'UPDATE_COMPLETE Bucket',
      'UPDATE_COMPLETE Name',
      'UPDATE_COMPLETE Group',
    ])
    expect(stackIn(updated.stdout)).toMatchObject({
      status: 'UPDATE_COMPLETE',
      outputs: { Name: 'arn:aws:s3:::shop-prod' },
    })

    const deleted = await run(at('down', template))
    expect(statesIn(deleted.stdout)).toEqual([
      'DELETE_COMPLETE Group',
      'DELETE_COMPLETE Name',
      'DELETE_COMPLETE Bucket',
    ])
    expect(deleted.code).toBe(0)
    expect((await run(at('down', template))).stderr).toContain('there is no stack shop')
    for (const { stdout, stderr } of [created, updated, deleted])
      expect(stdout + stderr).not.toContain('hunter2')
  })

  it.each<[string, Record<string, RegExp>]>([
    [
      'database',
      {
        Address: /^[a-z0-9-]+\.c[a-z0-9]{11}\.us-east-1\.rds\.amazonaws\.com$/,
        Port: /^5432$/,
        Vpc: /^vpc-[0-9a-f]{17}$/,
        Zone: /^us-east-1b$/,
        Group: /^sg-bp1[a-z0-9]{17}$/,
      },
    ],
    [
      'server',
      {
        Address: /^192\.0\.2\.\d{1,3}$/,
        Server: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
        Size: /^20$/,
        Key: /^shop-key$/,
      },
    ],
    [
      'regions',
      {
        East: /^vpc-bp1[a-z0-9]{18}$/,
        EastDb: /^rm-bp1[a-z0-9]{14}\.mysql\.rds\.aliyuncs\.com$/,
        North: /^vpc-bp1[a-z0-9]{18}$/,
        NorthAssets: /^assets-north\.oss-cn-beijing\.aliyuncs\.com$/,
      },
    ],
  ])(
    'give a realistic stack outputs that look real, and nothing is said to be unknown: %s',
    async (name, forms) => {
      const template = join(import.meta.dirname, 'realistic-templates', `${name}.ros.yml`)
      const { code, stdout } = await run(at('up', '--sandbox', template))
      expect(stackIn(stdout)).toMatchObject({ status: 'CREATE_COMPLETE' })
      const outputs: unknown = stackIn(stdout)['outputs']
      const matching = Object.entries(forms).map(([output, form]) => [output, expect.stringMatching(form)])
      const texts = Object.entries(outputs ?? {}).map(([output, value]) => [output, String(value)])
      expect(Object.fromEntries(texts)).toEqual(Object.fromEntries(matching))
      expect(reportsIn(stdout).filter(({ type }) => type === 'sandbox-note')).toEqual([])
      expect(code).toBe(0)
    },
  )

  it('say what the sandbox invents, once, and not again when the embedded clouds are rebuilt', async () => {
    const template = await write(
      'brand.ros.yml',
      `ROSTemplateFormatVersion: '2015-09-01'
Parameters: { StackbridgeArn: { Type: String }, Size: { Type: String, Default: small } }
Resources:
  Brand:${custom('Custom::AwsCloudFormationStack', '{ Template: "file://brand.yml", Parameters: { Size: { Ref: Size } } }')}
Outputs: { Id: { Value: { Fn::GetAtt: [Brand, Id] } } }
`,
    )
    await write(
      'brand.yml',
      `Parameters: { Size: { Type: String } }
Resources: { B: { Type: AWS::Brand::New, Properties: { Size: !Ref Size } } }
Outputs: { Id: { Value: !GetAtt B.BrandId } }
`,
    )
    const notesIn = (stdout: string) => reportsIn(stdout).filter(({ type }) => type === 'sandbox-note')
    const created = await run(at('up', '--sandbox', template))
    expect(notesIn(created.stdout)).toEqual([
      {
        type: 'sandbox-note',
        cloud: 'aws',
        note: expect.stringContaining('the sandbox does not know AWS::Brand::New'),
      },
    ])
    const updated = await run(at('up', '--sandbox', template, '--parameter', 'Size=large'))
    expect(stackIn(updated.stdout)).toMatchObject({ status: 'UPDATE_COMPLETE' })
    expect(notesIn(updated.stdout)).toEqual([])
    expect((await run(at('down', template))).code).toBe(0)
  })

  it('keep a retained stack, also where its resource comes back with a mistake', async () => {
    const stack = (value: string, failOn: string) =>
      custom(
        'Custom::AwsCloudFormationStack',
        `{ Name: db, Template: { Resources: { T: { Type: Sandbox::Resource, Properties: { Value: ${value}, FailOn: '${failOn}' } } } } }`,
      ).replace('Timeout: 600\n        Stack', 'OnDelete: retain\n        Stack')
    const other = '  Other: { Type: ALIYUN::ECS::SecurityGroup }\n'
    const up = async (resources: string) => {
      const arn = 'acs:fc:cn-hangzhou:1234567890123456:functions/stackbridge'
      const head = `Parameters: { StackbridgeArn: { Type: String, Default: '${arn}' } }\nResources:\n${other}`
      const path = await write('keep.ros.yml', `ROSTemplateFormatVersion: '2015-09-01'\n${head}${resources}`)
      return run(at('up', '--sandbox', path))
    }
    const idIn = (stdout: string) =>
      reportsIn(stdout).findLast(
        ({ resource, status }) => resource === 'Db' && status === 'CREATE_COMPLETE',
      )?.['physicalResourceId']
    const made = await up(`  Db:${stack('one', '')}\n`)
    expect(idIn(made.stdout)).toMatch(/^arn:aws:cloudformation:.*:stack\/db\//)
    expect(statesIn((await up('')).stdout)).toContain('DELETE_COMPLETE Db')
    const mistaken = await up(`  Db:${stack('two', 'create,update')}\n`)
    expect(statesIn(mistaken.stdout)).toEqual(['UNCHANGED Other', 'CREATE_FAILED Db', 'DELETE_COMPLETE Db'])
    const corrected = await up(`  Db:${stack('three', '')}\n`)
    expect(idIn(corrected.stdout)).toBe(idIn(made.stdout))
  })

  it('roll a failed Create back, with the reason, and leave nothing', async () => {
    const template = await write(
      'fails.ros.yml',
      `ROSTemplateFormatVersion: '2015-09-01'
Parameters: { StackbridgeArn: { Type: String } }
Resources:
  First:${custom('Custom::HeatStack', '{ Template: { heat_template_version: 2018-08-31, resources: { n: { type: "OS::Heat::None" } } } }')}
  Second:
    DependsOn: First${custom('Custom::AwsCloudFormationStack', '{ Template: { Resources: { T: { Type: "Sandbox::Resource", Properties: { FailOn: create, Message: out of stock } } } } }')}
`,
    )
    const { code, stdout } = await run(at('up', '--sandbox', template))
    expect(code).toBe(1)
    expect(statesIn(stdout)).toEqual([
      'CREATE_COMPLETE First',
      'CREATE_FAILED Second',
      'DELETE_COMPLETE Second',
      'DELETE_COMPLETE First',
    ])
    expect(stackIn(stdout)).toMatchObject({
      status: 'ROLLBACK_COMPLETE',
      reason: expect.stringContaining('out of stock'),
    })
    const second = reportsIn(stdout).filter(
      ({ type, resource }) => type === 'resource' && resource === 'Second',
    )
    expect(second.find(({ status }) => status === 'CREATE_FAILED')).toMatchObject({ refused: false })
    for (const event of reportsIn(stdout).filter(({ type }) => type === 'stack-event'))
      expect(event).toMatchObject({
        customResource: expect.stringMatching(/^(First|Second)$/),
        stackId: expect.stringMatching(/^arn:(aws|openstack):/),
      })
    expect((await run(at('down', template))).code).toBe(2)
  })

  it('go on after a SIGKILL: the stack that the cloud has begun is found, and no second one is made', async () => {
    const { cloud, stop } = await startCloud()
    try {
      const template = await write(
        'killed.ros.yml',
        `ROSTemplateFormatVersion: '2015-09-01'
Parameters: { StackbridgeArn: { Type: String } }
Resources:
  Slow:${custom('Custom::AwsCloudFormationStack', '{ Template: { Resources: { T: { Type: "Sandbox::Resource", Properties: { DelaySeconds: 4 } } } } }')}
`,
      )
      const args = at('up', template)
      const printed = await killedWhile(args, cloud, /"action":"create: started"/)
      const id = /"stackId":"(arn:[^"]+)"/.exec(printed)?.[1]
      const { code, stdout, stderr } = await run(args, '', cloud)
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(id).toMatch(/^arn:/)
      expect(statesIn(stdout)).toEqual(['CREATE_COMPLETE Slow'])
      expect(reportsIn(stdout)).toContainEqual(
        expect.objectContaining({ resource: 'Slow', status: 'CREATE_COMPLETE', physicalResourceId: id }),
      )
      expect((await run(at('down', template), '', cloud)).code).toBe(0)
    } finally {
      stop()
    }
  })

  it('go on with a rollback that has failed, once its cause is removed, and then make the stack', async () => {
    const { cloud, stop } = await startCloud()
    try {
      const template = await write(
        'later.ros.yml',
        `ROSTemplateFormatVersion: '2015-09-01'
Parameters: { StackbridgeArn: { Type: String } }
Resources:
  A:${custom('Custom::AwsCloudFormationStack', '{ Template: { Resources: { T: { Type: "Sandbox::Resource" } } } }')}
`,
      )
      // What a killed process has begun may be there, although a later one is refused.
      await killedWhile(at('up', template), cloud, /"status":"CREATE_IN_PROGRESS"/)
      const refused = await run(at('up', template), '', { AWS_REGION: 'us-east-1' })
      expect(stackIn(refused.stdout)).toMatchObject({
        status: 'ROLLBACK_FAILED',
        reason: expect.stringMatching(/^A: .*no AWS .*; A could not be rolled back/),
      })
      expect(reportsIn(refused.stdout)).toContainEqual(
        expect.objectContaining({ resource: 'A', status: 'CREATE_FAILED', refused: true }),
      )
      expect(refused.code).toBe(1)
      for (const command of ['up', 'plan', 'drift', 'diagnose', 'down'])
        expect(await run(at(command, '--sandbox', template))).toMatchObject({
          code: 2,
          stderr: expect.stringContaining('is in real clouds; leave out --sandbox'),
        })
      const made = await run(at('up', template), '', cloud)
      expect(statesIn(made.stdout)).toEqual(['DELETE_COMPLETE A', 'CREATE_COMPLETE A'])
      expect(made.code).toBe(0)
    } finally {
      stop()
    }
  })

  it('say how to go on when interrupted, and do so also where the embedded clouds are gone', async () => {
    const template = await write(
      'interrupted.ros.yml',
      `ROSTemplateFormatVersion: '2015-09-01'
Parameters: { StackbridgeArn: { Type: String } }
Resources:
  Slow:${custom('Custom::AwsCloudFormationStack', '{ Template: { Resources: { T: { Type: "Sandbox::Resource", Properties: { DelaySeconds: 2 } } } } }')}
`,
    )
    const args = at('up', '--sandbox', template)
    const child = spawn(process.execPath, [CLI, ...args], { env: { PATH: process.env['PATH'] ?? '' } })
    let stderr = ''
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('create: started')) child.kill('SIGINT')
    })
    expect(await new Promise((resolve) => child.on('exit', resolve))).toBe(130)
    expect(stderr).toContain('run the command again: it goes on where it was interrupted')
    const { code, stdout } = await run(args)
    expect(statesIn(stdout)).toEqual(['CREATE_COMPLETE Slow'])
    expect(code).toBe(0)
    expect((await run(at('down', template))).code).toBe(0)
  })

  it('name the stack that a real cloud goes on with when interrupted, and the command that follows it', async () => {
    const { cloud, stop } = await startCloud()
    try {
      const template = await write(
        'goes-on.ros.yml',
        `ROSTemplateFormatVersion: '2015-09-01'
Parameters: { StackbridgeArn: { Type: String } }
Resources:
  Slow:${custom('Custom::AwsCloudFormationStack', '{ Template: { Resources: { T: { Type: "Sandbox::Resource", Properties: { DelaySeconds: 60 } } } } }')}
`,
      )
      const child = spawn(process.execPath, [CLI, ...at('up', template)], {
        env: { PATH: process.env['PATH'] ?? '', ...cloud },
      })
      let stderr = ''
      child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
      child.stdout.on('data', (chunk: Buffer) => {
        if (chunk.toString().includes('create: started')) child.kill('SIGINT')
      })
      expect(await new Promise((resolve) => child.on('exit', resolve))).toBe(130)
      expect(stderr).toMatch(
        /^stackbridge: interrupted; run the command again.*\nstackbridge: the cloud goes on with stack goes-on-Slow-\w+; follow it with: stackbridge watch --id arn:aws:\S+\n$/,
      )
    } finally {
      stop()
    }
  })

  it('hide what a stack of an earlier command says to be secret, where no event tells it again', async () => {
    const { cloud, stop } = await startCloud()
    try {
      const template = await write(
        'hides.ros.yml',
        `ROSTemplateFormatVersion: '2015-09-01'
Resources:
  A:${custom('Custom::AwsCloudFormationStack', '{ Parameters: { Word: orange-hidden-4711 }, Template: "{Parameters: {Word: {Type: String, NoEcho: true}}, Resources: {Q: {Type: AWS::SQS::Queue}}, Outputs: {Word: {Value: {Ref: Word}}}}" }').replace('{ Ref: StackbridgeArn }', 'here')}
Outputs: { Word: { Value: { Fn::GetAtt: [A, Word] } } }
`,
      )
      for (const command of [at('up', template), at('up', template)]) {
        const { code, stdout } = await run(command, '', cloud)
        expect(code).toBe(0)
        expect(stackIn(stdout)).toMatchObject({ outputs: { Word: '[secret]' } })
        expect(stdout).not.toContain('orange-hidden')
      }
      expect((await run(at('down', template), '', cloud)).code).toBe(0)
    } finally {
      stop()
    }
  })

  it('name what is wrong before anything is made, with exit code 2', async () => {
    const template = await write('wrong.ros.yml', SHOP.replace('Ref: Stage', 'Ref: Stag'))
    const { code, stderr } = await run(at('up', '--sandbox', template))
    expect(stderr).toContain(
      `${template}:22: Resources.Bucket.Properties.Parameters.Stack.Parameters.Stage refers to Stag, which is neither a parameter nor a resource`,
    )
    expect(code).toBe(2)
    expect(await readdir(join(folder, 'state'))).not.toContain('wrong')
  })

  it.each(['up', 'plan'])(
    'name an output that no stack will give before anything is made or asked: %s',
    async (command) => {
      const template = await write('gone.ros.yml', SHOP.replaceAll('[Bucket, Arn]', '[Bucket, Url]'))
      const { code, stdout, stderr } = await run(at(command, '--sandbox', template))
      expect(stderr).toContain(
        `${template}:14: Resources.Name.Properties.Parameters.Stack.Parameters.bucket refers to Bucket.Url, but the stack of Bucket gives no such output; did you mean Arn?`,
      )
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    },
  )

  it.each([
    ['an event', '{"RequestType":"Create"}', 'is an event, and must be a ROS template; stackbridge invoke'],
    ['a template of AWS', "AWSTemplateFormatVersion: '2010-09-09'", 'is one of another cloud (with AWSTempl'],
  ])('say what to do with %s', async (_, text, message) => {
    const path = await write('other.yml', text)
    for (const command of ['up', 'package']) {
      const { code, stderr } = await run([command, path])
      expect(stderr).toContain(`${path}: the template ${message}`)
      expect(code).toBe(2)
    }
  })
})

describe('stackbridge package', () => {
  it('writes the one template that ROS takes', async () => {
    await write('name.yml', NAME)
    await write('bucket.yml', BUCKET)
    const template = await write('shop.ros.yml', SHOP)
    const out = join(folder, 'packaged.yml')
    const { code, stdout } = await run(['package', template, '--out', out])
    expect(stdout).toMatch(
      /^written {2}.*packaged.yml {2}ROS template of \d+ bytes \(ROS takes 524288\), with 2 files\n$/,
    )
    expect(code).toBe(0)
    const packaged = await readFile(out, 'utf8')
    expect(packaged).not.toContain('file://')
    expect(packaged).toContain('heat_template_version: 2018-08-31')
    expect((await run(['validate', out])).stdout).toContain('ok, 1 warning, 2 resources checked')
  })
})

/** Embedded clouds in a process of their own, which stand for real ones: `cloud` is the environment that leads to AWS. */
async function startCloud(): Promise<{ cloud: Record<string, string>; stop: () => void }> {
  const sandbox = spawn(process.execPath, [CLI, 'sandbox', '--json'], {
    env: { PATH: process.env['PATH'] ?? '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await firstLine(sandbox.stdout)
  const { environment } = JSON.parse(line) as { environment: Record<string, string> }
  return {
    cloud: { ...environment, STACKBRIDGE_ENDPOINT_HOSTS: '127.0.0.1', STACKBRIDGE_POLL_MIN_MS: '200' },
    stop: () => void sandbox.kill('SIGKILL'),
  }
}

async function firstLine(stream: NodeJS.ReadableStream): Promise<[string]> {
  for await (const line of createInterface({ input: stream })) return [line]
  throw new Error('there is no line')
}

/** Runs the command, and kills it once it has printed `text`; resolves with what it has printed. */
function killedWhile(args: readonly string[], env: Record<string, string>, text: RegExp): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [CLI, ...args], {
      env: { PATH: process.env['PATH'] ?? '', ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let printed = ''
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      if (text.test(printed)) child.kill('SIGKILL')
    })
    child.on('exit', () => {
      resolve(printed)
    })
  })
}
