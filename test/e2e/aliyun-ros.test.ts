import { join } from 'node:path'
import { afterEach, describe, expect, inject, it } from 'vitest'
import { SANDBOX_ACCOUNT, startSandboxAliyunRos } from '../../src/sandbox/alibaba-cloud/ros/server.ts'
import { SandboxResource, SandboxRos } from '../../src/sandbox/ros/ros.ts'
import { PLANTED, plantedIn } from '../planted-secrets.ts'
import { FcInstance } from './fc-instance.ts'

/** The built bundle with the function's role, which FC passes in the environment, and a role in another account. */

const entry = join(inject('built'), 'function', 'index.mjs')
const nodes = [
  process.execPath,
  ...(process.env['E2E_NODE_BINARIES'] ?? '').split(':').filter((path) => path !== ''),
]
const role = {
  accessKeyId: `STS.${PLANTED.accessKeyId}`,
  accessKeySecret: PLANTED.accessKeySecret,
  securityToken: PLANTED.sessionToken,
  accountId: SANDBOX_ACCOUNT,
}
const OTHER_ACCOUNT = '9876543210987654'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

describe.each(nodes)('the ROS provider of the bundle on %s', (node) => {
  it('creates, updates and deletes a stack in another account, and logs no secret', async () => {
    const aliyun = await startSandboxAliyunRos({ resourceDelayMs: 20, keys: [role] })
    const instance = new FcInstance({
      entry,
      node,
      environment: {
        STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true',
        STACKBRIDGE_ENDPOINT_HOSTS: '127.0.0.1',
        FC_REGION: 'cn-hangzhou',
        ALIBABA_CLOUD_ACCESS_KEY_ID: role.accessKeyId,
        ALIBABA_CLOUD_ACCESS_KEY_SECRET: role.accessKeySecret,
        ALIBABA_CLOUD_SECURITY_TOKEN: role.securityToken,
      },
    })
    const invoke = async (event: Uint8Array): Promise<void> => void (await instance.invoke(event))
    const ros = await SandboxRos.start({ rollback: false, invoke })
    open.push(aliyun, instance, ros)
    const parameters = (said: string) => ({
      RegionId: 'ap-southeast-1',
      Endpoint: aliyun.url,
      StsEndpoint: aliyun.url,
      AssumeRole: { RoleArn: `acs:ram::${OTHER_ACCOUNT}:role/stackbridge` },
      Stack: {
        Template: `ROSTemplateFormatVersion: '2015-09-01'\nOutputs: {Said: {Value: ${said}}}\n`,
      },
    })
    const resource = new SandboxResource(ros, {
      logicalResourceId: 'Elsewhere',
      resourceType: 'Custom::RosStack',
      parameters: parameters('hello'),
      timeoutSeconds: 240,
    })
    expect(await resource.create()).toMatchObject({ violations: [], answer: { data: { Said: 'hello' } } })
    expect(await resource.update(parameters('again'))).toMatchObject({
      violations: [],
      answer: { data: { Said: 'again' } },
    })
    const [stack] = [...aliyun.cloud.stacks.values()]
    expect(stack).toMatchObject({ accountId: OTHER_ACCOUNT, region: 'ap-southeast-1' })
    expect(await resource.delete()).toMatchObject({ violations: [], answer: { status: 'SUCCESS' } })
    expect(stack?.status).toBe('DELETE_COMPLETE')
    expect(plantedIn(instance.output)).toEqual([])
  })
})
