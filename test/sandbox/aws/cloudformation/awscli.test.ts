import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  SANDBOX_KEY,
  startSandboxCloudFormation,
  type SandboxCloudFormation,
} from '../../../../src/sandbox/aws/cloudformation/server.ts'

/**
 * The embedded CloudFormation with AWS's own command line: `aws` of Debian's package `awscli`, or another one on the PATH.
 * Skipped if there is none.
 */

const AWS = process.env['AWS_COMMAND'] ?? 'aws'
const hasAws = await new Promise<boolean>((resolve) =>
  execFile(AWS, ['--version'], (error) => {
    resolve(error === null)
  }),
)

interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

let cloud: SandboxCloudFormation
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stackbridge-awscli-'))
  await write('one.yaml', template('one'))
  await write('two.yaml', template('two'))
})
afterAll(() => rm(folder, { recursive: true }))
beforeEach(async () => {
  cloud = await startSandboxCloudFormation({ resourceDelayMs: 0 })
})
afterEach(() => cloud.close())

const write = (name: string, text: string) => writeFile(join(folder, name), text)
const template = (suffix: string) => `
AWSTemplateFormatVersion: '2010-09-09'
Description: A bucket
Parameters:
  Prefix: { Type: String, Default: from-awscli }
Mappings:
  Names: { bucket: { suffix: ${suffix} } }
Resources:
  Bucket:
    Type: AWS::S3::Bucket
    Properties: { BucketName: !Join ['-', [!Ref Prefix, !FindInMap [Names, bucket, suffix]]] }
Outputs:
  Arn: { Value: !GetAtt Bucket.Arn, Export: { Name: bucket-arn } }
`

function aws(...args: string[]): Promise<Ended> {
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    AWS_ACCESS_KEY_ID: SANDBOX_KEY.accessKeyId,
    AWS_SECRET_ACCESS_KEY: SANDBOX_KEY.secretAccessKey,
    AWS_DEFAULT_REGION: cloud.region,
    AWS_PAGER: '',
    AWS_EC2_METADATA_DISABLED: 'true',
  }
  const all = ['--endpoint-url', cloud.url, '--output', 'json', 'cloudformation', ...args]
  return new Promise((resolve) =>
    execFile(AWS, all, { env, cwd: folder }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr })
    }),
  )
}

async function succeeds(...args: string[]) {
  const { code, stdout, stderr } = await aws(...args)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return stdout
}
const read = async (...args: string[]) => JSON.parse(await succeeds(...args))
const STACK = ['--stack-name', 'a-stack']

describe.skipIf(!hasAws)('aws cloudformation', () => {
  it('creates, waits, describes and deletes a stack', async () => {
    await succeeds('create-stack', ...STACK, '--template-body', 'file://one.yaml')
    await succeeds('wait', 'stack-create-complete', ...STACK)
    expect((await read('describe-stacks', ...STACK)).Stacks).toMatchObject([
      {
        StackStatus: 'CREATE_COMPLETE',
        Description: 'A bucket',
        Outputs: [
          { OutputKey: 'Arn', OutputValue: 'arn:aws:s3:::from-awscli-one', ExportName: 'bucket-arn' },
        ],
      },
    ])
    expect((await read('describe-stack-resources', ...STACK)).StackResources).toMatchObject([
      {
        LogicalResourceId: 'Bucket',
        PhysicalResourceId: 'from-awscli-one',
        ResourceStatus: 'CREATE_COMPLETE',
      },
    ])
    const resource = ['describe-stack-resource', ...STACK, '--logical-resource-id', 'Bucket']
    expect(await read(...resource)).toMatchObject({
      StackResourceDetail: { ResourceType: 'AWS::S3::Bucket' },
    })
    expect(await read('list-exports')).toMatchObject({ Exports: [{ Name: 'bucket-arn' }] })
    expect(JSON.stringify(await read('get-template', ...STACK))).toContain('FindInMap')
    expect(await read('get-template-summary', ...STACK)).toMatchObject({
      Parameters: [{ ParameterKey: 'Prefix', DefaultValue: 'from-awscli' }],
      ResourceTypes: ['AWS::S3::Bucket'],
      Version: '2010-09-09',
    })
    await succeeds('delete-stack', ...STACK)
    await succeeds('wait', 'stack-delete-complete', ...STACK)
    const gone = await aws('describe-stacks', ...STACK)
    expect(gone.stderr).toContain('Stack with id a-stack does not exist')
  })

  it('deploys a new stack and its update, and nothing if nothing has changed', async () => {
    // The CLI names its change sets by the second: two in one second are refused, also by AWS.
    const deploy = async (file: string): ReturnType<typeof aws> => {
      const done = await aws('deploy', ...STACK, '--template-file', file, '--tags', 'team=a')
      return done.stderr.includes('AlreadyExistsException') ? deploy(file) : done
    }
    expect((await deploy('one.yaml')).stdout).toContain('Successfully created/updated stack - a-stack')
    expect((await deploy('two.yaml')).stdout).toContain('Successfully created/updated stack - a-stack')
    const same = await deploy('two.yaml')
    expect(same.stdout + same.stderr).toContain('No changes to deploy')
    expect((await read('describe-stacks', ...STACK)).Stacks).toMatchObject([
      {
        StackStatus: 'UPDATE_COMPLETE',
        Outputs: [{ OutputValue: 'arn:aws:s3:::from-awscli-two' }],
        Tags: [{ Key: 'team', Value: 'a' }],
      },
    ])
  })

  it('plans an update without executing it, and lists the plan', async () => {
    await succeeds('create-stack', ...STACK, '--template-body', 'file://one.yaml')
    await succeeds('wait', 'stack-create-complete', ...STACK)
    const name = ['--change-set-name', 'planned']
    await succeeds('create-change-set', ...STACK, ...name, '--template-body', 'file://two.yaml')
    await succeeds('wait', 'change-set-create-complete', ...STACK, ...name)
    expect(await read('describe-change-set', ...STACK, ...name)).toMatchObject({
      Status: 'CREATE_COMPLETE',
      ExecutionStatus: 'AVAILABLE',
      Parameters: [{ ParameterKey: 'Prefix' }],
    })
    expect((await read('list-change-sets', ...STACK)).Summaries).toHaveLength(1)
    await succeeds('delete-change-set', ...STACK, ...name)
    expect((await aws('describe-change-set', ...STACK, ...name)).stderr).toContain('ChangeSetNotFound')
    expect((await read('describe-stacks', ...STACK)).Stacks).toMatchObject([
      { StackStatus: 'CREATE_COMPLETE' },
    ])
  })
})
