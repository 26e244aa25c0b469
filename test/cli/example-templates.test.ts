import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reportsIn, run } from './built-cli.ts'

/** The templates of `examples/templates` on the built command line: a user can check and run each of them unchanged. */

const FOLDER = join(import.meta.dirname, '../../examples/templates')

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const VPC = /^vpc-bp1[a-z0-9]{18}$/

interface Example {
  readonly path: string
  readonly parameters?: Readonly<Record<string, string>>
  readonly outputs: Readonly<Record<string, RegExp>>
}

const EXAMPLES: readonly Example[] = [
  {
    path: 'alibaba-cloud/ros/bucket.yml',
    parameters: { BucketName: 'shop' },
    outputs: { BucketDomain: /^shop\.oss-ap-southeast-1\./ },
  },
  { path: 'alibaba-cloud/ros/two-regions.yml', outputs: { BeijingVpcId: VPC, SingaporeVpcId: VPC } },
  {
    path: 'aws/cloudformation/s3-bucket.yml',
    parameters: { BucketName: 'shop' },
    outputs: { AwsBucketArn: /^arn:aws:s3:::shop$/, OssBucketDomain: /^shop\.oss-cn-hangzhou\./ },
  },
  {
    path: 'aws/cloudformation/network-and-database.yml',
    outputs: {
      DatabaseAddress: /\.us-east-1\.rds\.amazonaws\.com$/,
      PasswordSecretArn: /^arn:aws:secretsmanager:us-east-1:\d{12}:secret:/,
      SecurityGroupId: /^sg-bp1/,
    },
  },
  { path: 'huawei-cloud/aos-stack/application.yml', outputs: {} },
  { path: 'huawei-cloud/rfs-stack/vpc.yml', outputs: { VpcId: UUID, VpcCidr: /^10\.20\.0\.0\/16$/ } },
  { path: 'huawei-cloud/rfs-stack/server.yml', outputs: { ServerId: UUID, VpcId: UUID } },
  { path: 'huawei-cloud/rfs-stack-set/two-accounts.yml', outputs: {} },
  { path: 'openstack/heat/network.yml', outputs: { NetworkId: UUID, SubnetId: UUID } },
  { path: 'openstack/heat/server.yml', outputs: { ServerId: UUID, Address: /^203\.0\.113\.\d+$/ } },
  {
    path: 'three-clouds.yml',
    outputs: {
      AwsVpcId: /^vpc-[0-9a-f]{17}$/,
      OpenStackNetworkId: UUID,
      HuaweiVpcId: UUID,
      SecurityGroupId: /^sg-bp1/,
    },
  },
]

/** The stack of another team must exist first, and the sandbox begins without stacks. */
const NEEDS_A_STACK = 'aws/cloudformation/read-vpc.yml'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sb-examples-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('an example template', () => {
  it('is covered by this test', async () => {
    const files = await readdir(FOLDER, { recursive: true })
    const templates = files.filter((path) => path.endsWith('.yml') && !path.includes('stacks/'))
    expect(templates.toSorted()).toEqual([...EXAMPLES.map(({ path }) => path), NEEDS_A_STACK].toSorted())
  })

  it.each([...EXAMPLES.map(({ path }) => path), NEEDS_A_STACK])('has no finding: %s', async (path) => {
    const { code, stdout, stderr } = await run(['validate', '--json', join(FOLDER, path)])
    expect(reportsIn(stdout)).toMatchObject([{ type: 'file', content: 'template', errors: 0, warnings: 0 }])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })

  it.each(EXAMPLES)(
    'creates its stacks, is unchanged the second time, and leaves no stack: $path',
    async ({ path, parameters = {}, outputs }) => {
      const template = join(FOLDER, path)
      const options = ['--json', '--state', join(folder, path)]
      const values = Object.entries(parameters).flatMap(([name, value]) => [
        '--parameter',
        `${name}=${value}`,
      ])
      const created = await run(['up', '--sandbox', template, ...values, ...options])
      const stack = reportsIn(created.stdout).findLast(({ type }) => type === 'stack')
      const forms = Object.entries(outputs).map(([name, form]) => [name, expect.stringMatching(form)])
      expect(stack).toMatchObject({ status: 'CREATE_COMPLETE' })
      expect(stack?.['outputs']).toEqual(Object.fromEntries(forms))
      expect(reportsIn(created.stdout).filter(({ type }) => type === 'sandbox-note')).toEqual([])

      const again = await run(['up', '--sandbox', template, ...values, ...options])
      const states = reportsIn(again.stdout).filter(({ type }) => type === 'resource')
      expect(new Set(states.map(({ status }) => status))).toEqual(new Set(['UNCHANGED']))
      expect((await run(['down', template, ...options])).code).toBe(0)
    },
  )

  it('explains its purpose at the top, and names the function by a parameter', async () => {
    for (const { path } of EXAMPLES) {
      const text = await readFile(join(FOLDER, path), 'utf8')
      expect(text, path).toMatch(/^# \S.*\n(# .*\n)*ROSTemplateFormatVersion/)
      expect(text, path).toContain('ServiceToken: { Ref: StackbridgeArn }')
    }
  })
})
