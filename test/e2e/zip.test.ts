import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import type { JsonObject } from '../../src/platform/json.ts'
import {
  startSandboxCloudFormation,
  type SandboxCloudFormation,
} from '../../src/sandbox/aws/cloudformation/server.ts'
import { SandboxResource, SandboxRos } from '../../src/sandbox/ros/ros.ts'
import { refused, succeeded } from '../outcome-assertions.ts'
import { PLANTED, plantedIn } from '../planted-secrets.ts'
import { FcInstance } from './fc-instance.ts'
import { unpackZip } from './unpacked-zip.ts'

/** The zip as Function Compute unpacks it. */

const nodes = [
  process.execPath,
  ...(process.env['E2E_NODE_BINARIES'] ?? '').split(':').filter((path) => path !== ''),
]
const key = {
  accessKeyId: PLANTED.accessKeyId,
  secretAccessKey: PLANTED.accessKeySecret,
  accountId: '123456789012',
}

let folder: string
let files: readonly string[]
let aws: SandboxCloudFormation
const open: { close(): unknown }[] = []
beforeEach(async () => {
  const zip = await unpackZip(inject('built'))
  open.push(zip)
  folder = zip.folder
  files = zip.files
  aws = await startSandboxCloudFormation({ resourceDelayMs: 50, keys: [key] })
  open.push(aws)
})
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

it('the zip holds the entries and no test entry', () => {
  expect(files).toEqual(
    expect.arrayContaining(['index.mjs', 'on-failure.mjs', 'http.mjs', 'mns.mjs', 'custom-runtime.mjs']),
  )
  expect(files.filter((name) => name.includes('test'))).toEqual([])
})

describe.each(nodes)('the unpacked zip on %s', (node) => {
  const template = (FailOn: string): string =>
    'Parameters: {Pin: {Type: String, NoEcho: true}, Bucket: {Type: String}}\n' +
    'Resources:\n  Thing:\n    Type: Sandbox::Resource\n    Properties:\n' +
    `      FailOn: ${FailOn}\n      Message: !Sub "cannot use \${Pin} and \${Bucket}"\n` +
    'Outputs: {Bucket: {Value: !Ref Bucket}}\n'
  const parameters = (FailOn: string): JsonObject => ({
    AccessKeyId: key.accessKeyId,
    AccessKeySecret: key.secretAccessKey,
    RegionId: aws.region,
    Endpoint: aws.url,
    Stack: {
      Name: 'zipped',
      Template: template(FailOn),
      Parameters: { Pin: PLANTED.noEchoValue, Bucket: 'shop-assets' },
    },
  })

  it('creates a stack of a YAML template, and masks only what the template hides', async () => {
    const instance = new FcInstance({
      entry: join(folder, 'index.mjs'),
      node,
      environment: { STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true', STACKBRIDGE_LOG_LEVEL: 'trace' },
    })
    const ros = await SandboxRos.start({
      rollback: false,
      invoke: async (event) => void (await instance.invoke(event)),
    })
    open.push(instance, ros)
    const resource = new SandboxResource(ros, {
      logicalResourceId: 'Zipped',
      resourceType: 'Custom::AwsCloudFormationStack',
      parameters: parameters("''"),
      timeoutSeconds: 240,
    })
    expect(succeeded(await resource.create())).toEqual({ Bucket: 'shop-assets' })
    expect(refused(await resource.update(parameters('update')))).toContain(
      'cannot use [secret] and shop-assets',
    )
    succeeded(await resource.delete())
    expect(plantedIn(instance.output)).toEqual([])
  })
})
