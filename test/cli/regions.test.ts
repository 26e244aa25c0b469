import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import {
  SANDBOX_KEY,
  startSandboxAliyunRos,
  type SandboxAliyunRos,
} from '../../src/sandbox/alibaba-cloud/ros/server.ts'

/** Runs the built command line as a user does. */

const cli = join(inject('built'), 'cli.mjs')
const event = (name: string) => join(import.meta.dirname, '../../examples/events', name)

let ros: SandboxAliyunRos
beforeAll(async () => {
  ros = await startSandboxAliyunRos()
})
afterAll(() => ros.close())

function run(args: readonly string[], environment: Record<string, string> = {}) {
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const env = { PATH: process.env['PATH'] ?? '', ...environment }
    execFile(process.execPath, [cli, ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr })
    })
  })
}

describe('stackbridge regions', () => {
  it('lists the regions of ROS with the keys of the environment', async () => {
    const environment = {
      ALIBABA_CLOUD_ACCESS_KEY_ID: SANDBOX_KEY.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: SANDBOX_KEY.accessKeySecret,
    }
    const { code, stdout, stderr } = await run(['regions', '--endpoint', ros.url], environment)
    expect(stdout).toMatch(/^cn-hangzhou +China \(Hangzhou\) +ros\.aliyuncs\.com$/m)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })

  it('prints JSON, and can ask the embedded ROS', async () => {
    const { code, stdout } = await run(['regions', '--sandbox', '--json'])
    const regions = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(regions).toContainEqual({
      RegionId: 'ap-southeast-1',
      LocalName: 'Singapore',
      RegionEndpoint: 'ros.aliyuncs.com',
    })
    expect(code).toBe(0)
  })

  it('reports missing credentials, and exits with 1', async () => {
    const { code, stdout, stderr } = await run(['regions', '--endpoint', ros.url])
    expect(stderr).toContain('There are no Alibaba Cloud credentials')
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  })
})

describe('the example events of ROS', () => {
  it('are served on the sandbox, as events of one resource', async () => {
    const files = [
      'alibaba-cloud/ros/create.json',
      'alibaba-cloud/ros/update.json',
      'alibaba-cloud/ros/delete.json',
    ].map(event)
    const { code, stdout } = await run(['invoke', '--sandbox', ...files])
    expect(stdout).toMatch(/BucketDomain = bucket-by-ros\.oss-ap-southeast-1\.aliyuncs\.com/)
    expect(stdout).toMatch(/VpcId = vpc-/)
    expect(stdout.match(/answer +SUCCESS/g)).toHaveLength(3)
    expect(code).toBe(0)
  })
})
