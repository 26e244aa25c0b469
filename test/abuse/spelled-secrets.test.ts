import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listen } from '../../src/sandbox/loopback-server.ts'
import { QUOTATIONS, quotationsIn } from '../quotations.ts'
import { startAbuse, type Abuse } from './harness.ts'

/** Secrets in each spelling of a template, and a cloud that quotes them in each spelling of an answer. */

const SECRET = 'planted "spelt" & hidden/4711'
const SHOWN = 'shop-assets'

let here: Abuse
let quoting: Awaited<ReturnType<typeof listen>>
beforeAll(async () => {
  here = await startAbuse()
  const server = createServer((request, response) => {
    request.resume()
    request.on('end', () => {
      const action = request.headers['x-acs-action']
      if (action === 'GetCallerIdentity')
        return response.end('{"RequestId": "one", "AccountId": "1234567890123456"}')
      if (action === 'ListStacks') return response.end('{"RequestId": "two", "Stacks": [], "TotalCount": 0}')
      if (action === 'GetStack')
        return response.writeHead(404).end('{"Code": "StackNotFound", "Message": "none"}')
      const said = Object.values(QUOTATIONS).map((quote) => `<${quote(SECRET)}>`)
      const text = `${SHOWN} is wrong: ${said.join(' ')}`
      return response
        .writeHead(400)
        .end(JSON.stringify({ Code: 'InvalidParameter', Message: text, error_code: 'RF.1', error_msg: text }))
    })
  })
  quoting = await listen(server)
})
afterAll(() => Promise.all([here.close(), quoting.close()]))

const rfs = (stack: object) => ({
  type: 'Custom::HuaweiRfsStack',
  properties: {
    Auth: { AccessKey: 'AK', SecretKey: 'SK-of-no-value', ProjectId: 'p' },
    Region: 'cn-north-4',
    Endpoint: quoting.url,
    Stack: { Name: 'spelt', ...stack },
  },
})
const ros = (stack: object) => ({
  type: 'Custom::RosStack',
  properties: {
    AccessKeyId: 'id-of-no-value',
    AccessKeySecret: 'x-of-no-value',
    RegionId: 'cn-hangzhou',
    Endpoint: quoting.url,
    StsEndpoint: quoting.url,
    Stack: { Name: 'spelt', ...stack },
  },
})

const Parameters = { pin: SECRET, bucket: SHOWN }
const bucket = 'variable "bucket" { type = string }\n'
const json = JSON.stringify(SECRET)

describe('a secret is masked in every spelling of an answer, and other values are shown', () => {
  it.each([
    [
      'sensitive in HCL',
      () => rfs({ Parameters, TemplateBody: `${bucket}variable pin /* } */ {\n  sensitive=true\n}\n` }),
    ],
    [
      'sensitive after a heredoc with braces',
      () =>
        rfs({
          Parameters,
          TemplateBody: `${bucket}variable "pin" {\n  description = <<-EOT\n  }\n  EOT\n  sensitive = (true)\n}\n`,
        }),
    ],
    [
      'sensitive in .tf.json',
      () =>
        rfs({
          Parameters,
          TemplateBody: JSON.stringify({ variable: [{ pin: { sensitive: 'true' } }, { bucket: {} }] }),
        }),
    ],
    [
      'sensitive, with the value in VarsBody',
      () =>
        rfs({
          TemplateBody: `${bucket}variable "pin" { sensitive = true }\n`,
          VarsBody: `bucket = "${SHOWN}"\npin = {\n  a = ${json} }\n`,
        }),
    ],
    [
      'sensitive, with the value as a default',
      () =>
        rfs({
          Parameters: { bucket: SHOWN },
          TemplateBody: `${bucket}variable "pin" {\n  default = ${json}\n  sensitive = true\n}\n`,
        }),
    ],
    [
      'in a template of Terraform in ROS',
      () =>
        ros({
          Parameters,
          Template: {
            ROSTemplateFormatVersion: '2015-09-01',
            Transform: 'Aliyun::Terraform-v1.5',
            Workspace: { 'main.tf': `${bucket}variable "pin" {\n  sensitive = true\n}\n` },
          },
        }),
    ],
    [
      'in a text of such a template',
      () =>
        ros({
          Parameters,
          Template: `ROSTemplateFormatVersion: '2015-09-01'\nTransform: Aliyun::Terraform-v1.5\nWorkspace:\n  main.tf.json: |\n    {"variable": {"pin": {"sensitive": true}, "bucket": {}}}\n`,
        }),
    ],
    [
      'named in the user data of a template',
      () =>
        ros({
          Parameters: { bucket: SHOWN },
          Template: {
            ROSTemplateFormatVersion: '2015-09-01',
            Resources: {
              A: {
                Type: 'X',
                Properties: { UserData: Buffer.from(`export DB_PASSWORD='${SECRET}'\n`).toString('base64') },
              },
            },
          },
        }),
    ],
    [
      'in a pair of name and value',
      () =>
        ros({
          Parameters: { bucket: SHOWN },
          Template: {
            ROSTemplateFormatVersion: '2015-09-01',
            Resources: { A: { Type: 'X', Properties: { Env: [{ Name: 'DB_PASSWD', Value: SECRET }] } } },
          },
        }),
    ],
  ])('%s', async (_, resource) => {
    const { type, properties } = resource()
    const before = here.output().length
    const served = await here.serve(here.event({ ResourceType: type, ResourceProperties: properties }), {
      environment: { STACKBRIDGE_TIMEOUT_SECONDS: '200', STACKBRIDGE_CALLBACK_ATTEMPT_TIMEOUT_MS: '10000' },
    })
    expect(served).toMatchObject({
      verdict: { status: 'FAILED', reason: expect.stringMatching(/shop-assets is wrong: <\[secret\]>/) },
    })
    expect(quotationsIn(here.output().slice(before), SECRET)).toEqual([])
  })
})
