import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listen } from '../../src/sandbox/loopback-server.ts'
import { startAbuse, type Abuse } from './harness.ts'

/**
 * Exactly the values that a template hides are masked in a cloud's messages. Neither the names of the parameters nor their
 * values look like secrets. The cloud quotes the whole request.
 */

const HIDDEN = 'planted-hidden-4711'
const SHOWN = 'shop-assets'

let here: Abuse
let quoting: Awaited<ReturnType<typeof listen>>
beforeAll(async () => {
  here = await startAbuse()
  const server = createServer((request, response) => {
    const chunks: Uint8Array[] = []
    request.on('data', (chunk: Uint8Array) => chunks.push(chunk))
    request.on('end', () => {
      const asked = `${request.url ?? ''} ${Buffer.concat(chunks).toString()}`
      // Only the values: a template with these values is not secret itself.
      const said = `no: ${[HIDDEN, SHOWN].filter((value) => asked.includes(value)).join(' and ')}`
      const { status, body } = answerTo(request.headers['x-acs-action'], asked, said)
      response.writeHead(status).end(body)
    })
  })
  quoting = await listen(server)
})
afterAll(() => Promise.all([here.close(), quoting.close()]))

/** The answers of ROS and its token service before the stack is created. */
const BEFORE_CREATE = new Map<unknown, { status: number; body: string }>([
  ['GetCallerIdentity', { status: 200, body: '{"RequestId": "one", "AccountId": "1234567890123456"}' }],
  ['ListStacks', { status: 200, body: '{"RequestId": "two", "Stacks": [], "TotalCount": 0}' }],
  ['GetStack', { status: 404, body: '{"Code": "StackNotFound", "Message": "none"}' }],
])

/** Refuses with `said`, as this cloud does. */
function answerTo(rosAction: unknown, asked: string, said: string): { status: number; body: string } {
  const status = 400
  const before = BEFORE_CREATE.get(rosAction)
  if (before !== undefined) return before
  if (rosAction !== undefined)
    return { status, body: JSON.stringify({ Code: 'InvalidParameter', Message: said }) }
  if (asked.includes('Version=2010-05-15'))
    return {
      status,
      body: `<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>${said}</Message></Error></ErrorResponse>`,
    }
  const error = { type: 'StackValidationFailed', message: said, traceback: null }
  return { status, body: JSON.stringify({ code: status, title: 'Bad Request', explanation: said, error }) }
}

const Parameters = { Pin: HIDDEN, Bucket: SHOWN }
const CFN = 'Parameters:\n  Pin: {Type: String, NoEcho: true}\n  Bucket: {Type: String}\nResources: {}\n'
const CFN_MAP = {
  Parameters: { Pin: { Type: 'String', NoEcho: true }, Bucket: { Type: 'String' } },
  Resources: {},
}
const HOT =
  'heat_template_version: 2018-08-31\nparameters:\n  Pin: {type: string, hidden: true}\n  Bucket: {type: string}\n'
const values = `{Pin: ${HIDDEN}, Bucket: ${SHOWN}}`

const aws = (stack: object) => ({
  type: 'Custom::AwsCloudFormationStack',
  properties: here.awsProperties({ Name: 'hides', ...stack }, { Endpoint: quoting.url }),
})
const ros = (stack: object) => ({
  type: 'Custom::RosStack',
  properties: {
    AccessKeyId: 'id-of-no-value',
    AccessKeySecret: 'x-of-no-value',
    RegionId: 'cn-hangzhou',
    Endpoint: quoting.url,
    StsEndpoint: quoting.url,
    Stack: { Name: 'hides', ...stack },
  },
})
const heat = (stack: object) => {
  const { authUrl, user } = here.openstack
  const Auth = {
    AuthUrl: authUrl,
    Username: user.name,
    Password: user.password,
    ProjectName: user.projectName,
    UserDomainName: 'Default',
  }
  return {
    type: 'Custom::HeatStack',
    properties: { Auth, Endpoint: quoting.url, Stack: { Name: 'hides', ...stack } },
  }
}

describe('exactly the values that a template hides are masked', () => {
  it.each([
    ['an AWS template as a map', () => aws({ Template: CFN_MAP, Parameters })],
    ['an AWS template as YAML', () => aws({ Template: CFN, Parameters })],
    [
      'an AWS template as JSON with escapes, and a default',
      () =>
        aws({
          Template: String.raw`{"Parameters":{"Pin":{"Type":"String","No\u0045cho":true,"Default":"${HIDDEN}"},"Bucket":{"Type":"String"}},"Resources":{}}`,
          Parameters: { Bucket: SHOWN },
        }),
    ],
    [
      "a HOT template's default",
      () =>
        heat({
          Template: HOT.replace('hidden: true', String.raw`"hidd\x65n": yes, default: ${HIDDEN}`),
          Parameters: { Bucket: SHOWN },
        }),
    ],
    [
      'a ROS template as YAML',
      () => ros({ Template: `ROSTemplateFormatVersion: '2015-09-01'\n${CFN}`, Parameters }),
    ],
    ['a HOT template as YAML', () => heat({ Template: HOT, Parameters })],
    [
      'a HOT template and its environment as YAML',
      () => heat({ Template: HOT, Environment: `parameters: ${values}` }),
    ],
    [
      "a HOT template and its environment's defaults",
      () => heat({ Template: HOT, Environment: `parameter_defaults:\n  ${values}` }),
    ],
    [
      'a HOT template and a file of its environment',
      () =>
        heat({
          Template: HOT,
          EnvironmentFiles: ['env.yaml'],
          Files: { 'env.yaml': `parameters: ${values}` },
        }),
    ],
  ])('of %s', async (_, resource) => {
    const { type, properties } = resource()
    const before = here.output().length
    const served = await here.serve(here.event({ ResourceType: type, ResourceProperties: properties }), {
      environment: { STACKBRIDGE_TIMEOUT_SECONDS: '200', STACKBRIDGE_CALLBACK_ATTEMPT_TIMEOUT_MS: '10000' },
    })
    expect(served).toMatchObject({
      verdict: { status: 'FAILED', reason: expect.stringContaining(`[secret] and ${SHOWN}`) },
    })
    expect(here.output().slice(before)).not.toContain(HIDDEN)
  })
})
