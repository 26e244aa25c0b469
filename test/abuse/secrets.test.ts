import { createServer } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { listen } from '../../src/sandbox/loopback-server.ts'
import { startAbuse, type Abuse } from './harness.ts'
import { CONTINUATION_KEY } from '../continuation-keys.ts'

/** Puts a secret in every possible place, and checks that the bridge writes none of them. */

let here: Abuse
beforeAll(async () => {
  here = await startAbuse()
})
afterAll(() => here.close())

const planted: string[] = []
/** Characters that JSON, URLs and base64 encode. */
function plant(place: string): string {
  const secret = `planted-${place}-"&\\/ü=`
  planted.push(secret)
  return secret
}

function found(): string[] {
  const output = here.output()
  const forms = (secret: string): string[] => [
    secret,
    JSON.stringify(secret).slice(1, -1),
    JSON.stringify(JSON.stringify(secret)).slice(3, -3),
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64').replace(/=+$/, '').slice(0, -1),
  ]
  return planted.filter((secret) => forms(secret).some((form) => output.includes(form)))
}

const aws = (value: string) => ({
  Parameters: { Hidden: { Type: 'String', NoEcho: true }, Plain: { Type: 'String', Default: 'x' } },
  Resources: {
    Thing: {
      Type: 'Sandbox::Resource',
      Properties: { FailOn: 'create', Message: { 'Fn::Sub': 'cannot use ${Hidden} and ${Plain}' } },
    },
  },
  Outputs: { Hidden: { Value: value } },
})

it('are in no log, reason or result, whatever happens to the event', async () => {
  const own = {
    AccessKeyId: plant('key-id'),
    AccessKeySecret: plant('key-secret'),
    SecurityToken: plant('token'),
  }
  const stack = {
    Name: 'secrets',
    Template: aws(plant('in-the-template')),
    Parameters: { Hidden: plant('no-echo'), Plain: plant('secret-parameter') },
  }
  const presigned = `https://bucket.example.com/t?X-Amz-Signature=${encodeURIComponent(plant('presigned'))}`
  const heatAuth = (more: object) => ({
    Auth: { AuthUrl: here.openstack.authUrl, UserDomainName: 'd', ...more },
  })
  const heatStack = { Template: 'heat_template_version: 2018-08-31' }
  const url = `${String(here.event()['ResponseURL'])}&token=${encodeURIComponent(plant('response-url'))}`
  const events = [
    // The cloud refuses it, and may quote the request.
    here.event({ ResourceProperties: { ...here.awsProperties(stack), ...own, SecretParameters: ['Plain'] } }),
    // The cloud creates it, and then quotes it in the reason.
    here.event({
      ResourceProperties: here.awsProperties(stack, { SecretParameters: ['Plain'], Timeout: 200 }),
    }),
    // Unknown properties beside the secrets, and values of wrong types in their place.
    here.event({
      ResourceProperties: {
        ...own,
        Stack: { ...stack, TemplateURL: presigned },
        Passwrod: 'x',
        AccessKeyId: [own.AccessKeyId],
      },
    }),
    here.event({
      ResponseURL: url,
      ResourceProperties: here.awsProperties({ Name: 'x', TemplateURL: presigned }),
    }),
    here.event({
      ResourceType: 'Custom::HeatStack',
      ResourceProperties: {
        ...heatAuth({ Username: 'u', Password: plant('password'), ProjectName: 'p' }),
        Stack: heatStack,
      },
    }),
    here.event({
      ResourceType: 'Custom::HeatStack',
      ResourceProperties: {
        ...heatAuth({ ApplicationCredentialId: 'a', ApplicationCredentialSecret: plant('credential') }),
        Stack: heatStack,
      },
    }),
    here.event({
      ResourceType: 'Custom::HeatStack',
      ResourceProperties: { ...heatAuth({ Token: plant('os-token'), ProjectName: 'p' }), Stack: heatStack },
    }),
    here.event({
      RequestType: 'Update',
      ResourceProperties: {},
      OldResourceProperties: { Password: plant('old') },
    }),
  ]
  const environment = {
    AWS_ACCESS_KEY_ID: 'AKIAOFTHEENVIRONMENT',
    AWS_SECRET_ACCESS_KEY: plant('environment'),
    OS_PASSWORD: plant('os-password'),
    STACKBRIDGE_CONTINUATION_KEY: CONTINUATION_KEY,
  }
  planted.push(CONTINUATION_KEY)
  for (const event of events) {
    const served = await here.serve(event, { environment })
    expect(['answered', 'refused', 'undelivered']).toContain(served.kind)
  }
  expect(here.output()).toContain('cannot use [secret] and [secret]')
  expect(found().filter((secret) => !secret.includes('in-the-template'))).toEqual([])
})

it('are not in the log if ROS quotes the signature of its own URL', async () => {
  const refusing = await listen(
    createServer((request, response) => {
      const signature = new URL(request.url ?? '/', 'http://ros').searchParams.get('signature') ?? ''
      response.writeHead(400).end(`the signature ${signature} does not match`)
    }),
  )
  const secret = plant('signature')
  const ResponseURL = `${refusing.url}/?signature=${encodeURIComponent(secret)}`
  expect(await here.serve(here.event({ ResponseURL, ResourceType: 'Custom::Unknown' }))).toMatchObject({
    kind: 'refused',
  })
  expect(here.output()).toContain('does not match')
  expect(found().filter((one) => one === secret)).toEqual([])
  await refusing.close()
})

it('are masked if a template writes NoEcho as a boolean of YAML 1.1', async () => {
  const secret = plant('yes')
  const Template =
    'Parameters: {Hidden: {Type: String, NoEcho: yes}}\n' +
    'Resources: {Thing: {Type: "Sandbox::Resource", Properties: {FailOn: create, Message: !Sub "cannot use ${Hidden}"}}}'
  const stack = { Name: 'yes', Template, Parameters: { Hidden: secret }, OnFailure: 'DO_NOTHING' }
  const served = await here.serve(
    here.event({ ResourceProperties: here.awsProperties(stack, { Timeout: 200 }) }),
  )
  expect(served).toMatchObject({
    verdict: { status: 'FAILED', reason: expect.stringContaining('cannot use') },
  })
  expect(found().filter((one) => one === secret)).toEqual([])
})

it.each([
  [
    'Custom::HuaweiRfsStack',
    (secret: string) => ({
      TemplateUri: `https://bucket.example.com/t.tf?Signature=${encodeURIComponent(plant('obs'))}`,
      Parameters: { pin: secret },
    }),
  ],
  ['Custom::HuaweiAosStack', (secret: string) => ({ TemplateId: 't', InputsJson: { pin: secret } })],
])('are masked if %s is refused by a cloud that quotes the whole request', async (type, stackOf) => {
  const quoting = await listen(
    createServer((request, response) => {
      const chunks: Uint8Array[] = []
      request.on('data', (chunk: Uint8Array) => chunks.push(chunk))
      request.on('end', () => {
        const asked = `${JSON.stringify(request.headers)} ${Buffer.concat(chunks).toString()}`
        response.writeHead(400).end(JSON.stringify({ error_code: 'RF.10011001', error_msg: `no: ${asked}` }))
      })
    }),
  )
  const auths = [
    { AccessKey: 'AK', SecretKey: plant('sk'), SecurityToken: plant('sts').replaceAll('ü', 'u') },
    { Token: plant('iam-token').replaceAll('ü', 'u') },
    { UserName: 'u', Password: plant('iam-password'), DomainName: 'd' },
  ]
  for (const auth of auths) {
    const ResourceProperties = {
      Auth: { ...auth, AuthUrl: quoting.url, ProjectId: 'p' },
      Region: 'cn-north-4',
      Endpoint: quoting.url,
      Stack: { Name: 'secrets', ...stackOf(plant('pin')) },
      SecretParameters: ['pin'],
      Timeout: 200,
    }
    expect(await here.serve(here.event({ ResourceType: type, ResourceProperties }))).toMatchObject({
      verdict: { status: 'FAILED', reason: expect.stringContaining('[secret]') },
    })
  }
  const spelt = planted.flatMap((secret) => [secret, secret.replaceAll('ü', 'u')])
  expect(spelt.filter((secret) => here.output().includes(JSON.stringify(secret).slice(1, -1)))).toEqual([])
  expect(found().filter((secret) => /obs|pin|sk|sts|iam/.test(secret))).toEqual([])
  await quoting.close()
})

it('are not in the answer if SecretOutputs lists an output', async () => {
  const value = plant('output')
  const template = {
    Resources: { Thing: { Type: 'Sandbox::Resource' } },
    Outputs: { Secret: { Value: value }, Plain: { Value: 'shown' } },
  }
  const properties = here.awsProperties(
    { Name: 'outputs', Template: template },
    { SecretOutputs: ['Secret'], Timeout: 200 },
  )
  await here.serve(here.event({ ResourceProperties: properties }))
  expect(here.bodies.at(-1)).toContain('"Plain":"shown"')
  expect(here.bodies.join('\n')).not.toContain('planted-output')
})
