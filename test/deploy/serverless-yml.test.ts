import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { zipFolder } from '../../build/zip.ts'
import { keyFingerprint } from '../../src/platform/key-fingerprint.ts'
import { readSettings } from '../../src/platform/settings.ts'
import { fc3Problems } from './fc3-function.ts'
import { publishedSchemaProblems } from './published-schema.ts'
import { asMap, readTemplate } from './ros-template.ts'
import { deploy, preview, ROOT, workspace, type Deployed, type OwnDocument } from './serverless-devs.ts'
import { CONTINUATION_KEY, OTHER_CONTINUATION_KEY } from '../continuation-keys.ts'

/** `serverless.yml` as Serverless Devs parses it, as far as possible without an account. */

const ENVIRONMENT = {
  ALIBABA_CLOUD_ACCOUNT_ID: '1234567890123456',
  STACKBRIDGE_CONTINUATION_KEY: CONTINUATION_KEY,
}
const VPC = {
  STACKBRIDGE_VPC_ID: 'vpc-1',
  STACKBRIDGE_VSWITCH_ID: 'vsw-1',
  STACKBRIDGE_SECURITY_GROUP_ID: 'sg-1',
}
const CREDENTIALS = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'OS_AUTH_URL',
  'OS_USERNAME',
  'OS_PASSWORD',
  'OS_PROJECT_NAME',
  'OS_CACERT',
  'HW_ACCESS_KEY',
  'HW_SECRET_KEY',
]

// `s` takes a second to start, and several on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let zip: Uint8Array
let document: string
let rendered: Deployed[]
const folders: string[] = []
beforeAll(async () => {
  zip = await zipFolder(join(inject('built'), 'function'))
  document = await readFile(join(ROOT, 'serverless.yml'), 'utf8')
  rendered = await render(document)
})
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

async function folderWith(text: string, own?: OwnDocument): Promise<string> {
  const folder = await workspace(text, zip, own)
  folders.push(folder)
  return folder
}

async function render(
  text: string,
  environment: Record<string, string> = ENVIRONMENT,
  own?: OwnDocument,
): Promise<Deployed[]> {
  const { code, stdout, stderr } = await preview(await folderWith(text, own), environment, own?.name)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const resources: Record<string, { props: Record<string, unknown> }> = JSON.parse(stdout).resources
  return Object.entries(resources).map(([name, { props }]) => ({ name, props }))
}

/** The rendered document, with a mistake in it. */
function withMistake(right: string, wrong: string): Deployed[] {
  const json = JSON.stringify(rendered)
  expect(json).toContain(right)
  return JSON.parse(json.replaceAll(right, wrong))
}

/** The user's own document: its lines that are commented out are activated, for the credentials of each cloud. */
function withCredentials(text: string): string {
  return text.replaceAll(/^( *)# ((AWS|OS|HW)_[A-Z_]+: )/gm, '$1$2')
}

const problemsOf = (functions: readonly Deployed[]) =>
  functions.flatMap(({ name, props }) => fc3Problems(props).map(({ path }) => `${name}.${path}`))

describe('serverless.yml', () => {
  it('renders to two functions without an unknown or wrong property', () => {
    expect(rendered.map(({ name }) => name)).toEqual(['on_failure', 'bridge'])
    expect(problemsOf(rendered)).toEqual([])
  })

  const published = process.env['FC3_SCHEMA'] ?? ''
  if (published === '')
    process.stderr.write(
      "serverless.yml was NOT checked against fc3's published schema: FC3_SCHEMA names no file. Our own strict check ran.\n",
    )
  else {
    it("is valid by fc3's published schema", () => {
      const check = publishedSchemaProblems(published)
      expect(rendered.flatMap(({ props }) => check(props))).toEqual([])
    })

    it.each([
      ['"custom.debian12"', '"nodejs24"', '/runtime'],
      ['"command"', '"commands"', '/customRuntimeConfig'],
      ['"timeout":120', '"timeout":99999', '/timeout'],
      ['"maxAsyncRetryAttempts":3', '"maxAsyncRetryAttempts":9', '/asyncInvokeConfig/maxAsyncRetryAttempts'],
      ['"environmentVariables"', '"environmentVariable"', 'environmentVariable'],
      ['"onFailure":', '"onFail":', '/asyncInvokeConfig/destinationConfig'],
    ])('is invalid by the schema with %s set to %s', (right, wrong, place) => {
      const check = publishedSchemaProblems(published)
      expect(
        withMistake(right, wrong)
          .flatMap(({ props }) => check(props))
          .join('\n'),
      ).toContain(place)
    })
  }

  it.each([
    ['a runtime that FC lacks', '"custom.debian12"', '"nodejs24"', ['on_failure.runtime', 'bridge.runtime']],
    [
      "the custom runtime's command beside a built-in runtime",
      '"custom.debian12"',
      '"nodejs20"',
      ['on_failure.customRuntimeConfig', 'bridge.customRuntimeConfig'],
    ],
    [
      'a custom runtime without its Node',
      '"layers":["acs:fc:cn-hangzhou:official:layers/Nodejs24/versions/1"],',
      '',
      ['on_failure.customRuntimeConfig', 'bridge.customRuntimeConfig'],
    ],
    ['a timeout out of range', '"timeout":120', '"timeout":99999', ['bridge.timeout']],
    [
      'too many retries',
      '"maxAsyncRetryAttempts":3',
      '"maxAsyncRetryAttempts":9',
      [
        'on_failure.asyncInvokeConfig.maxAsyncRetryAttempts',
        'bridge.asyncInvokeConfig.maxAsyncRetryAttempts',
      ],
    ],
    [
      'a misspelt property',
      '"memorySize":',
      '"memorysize":',
      ['on_failure.memorySize', 'on_failure.memorysize', 'bridge.memorySize', 'bridge.memorysize'],
    ],
    [
      'a misspelt property deep inside',
      '"onFailure":',
      '"onFail":',
      ['bridge.asyncInvokeConfig.destinationConfig.onFail'],
    ],
  ])('is refused, with the place, for %s', (_name, right, wrong, places) => {
    expect(problemsOf(withMistake(right, wrong))).toEqual(places)
  })

  it('deploys the rendered functions, the failure destination before the function that names it', async () => {
    const { code, deployed } = await deploy(await folderWith(document), ENVIRONMENT)
    expect(code).toBe(0)
    expect(deployed).toEqual(rendered)
    const [onFailure, bridge] = deployed
    expect(bridge?.props['asyncInvokeConfig']).toMatchObject({
      asyncTask: true,
      maxAsyncRetryAttempts: 3,
      maxAsyncEventAgeInSeconds: 3600,
      destinationConfig: {
        onFailure: {
          destination: `acs:fc:cn-hangzhou:1234567890123456:functions/${String(onFailure?.props['functionName'])}`,
        },
      },
    })
  })

  it('names handlers that the zip contains', () => {
    const files = unzipSync(zip)
    for (const { props } of rendered) {
      const [file, name] = String(props['handler']).split('.')
      const source = strFromU8(files[`${String(file)}.mjs`] ?? new Uint8Array())
      expect(source).toMatch(new RegExp(`export\\s*\\{[^}]*\\b${String(name)}\\b`))
    }
  })

  it('starts the custom runtime of the zip, on the Node of the layer', () => {
    for (const { props } of rendered)
      expect(props).toMatchObject({
        runtime: 'custom.debian12',
        layers: ['acs:fc:cn-hangzhou:official:layers/Nodejs24/versions/1'],
        customRuntimeConfig: { command: ['/opt/nodejs24/bin/node', 'custom-runtime.mjs'], port: 9000 },
      })
    expect(Object.keys(unzipSync(zip))).toContain('custom-runtime.mjs')
  })

  it('has the same properties on the built-in runtime, except for the runtime', async () => {
    const text = await readFile(join(ROOT, 'examples/deploy/built-in-runtime.yml'), 'utf8')
    const functions = await render(document, ENVIRONMENT, { name: 'built-in-runtime.yml', text })
    expect(problemsOf(functions)).toEqual([])
    const ofTheRuntime = { runtime: 'nodejs20', layers: undefined, customRuntimeConfig: undefined }
    expect(functions).toEqual(
      rendered.map(({ name, props }) => ({ name, props: { ...props, ...ofTheRuntime } })),
    )
  })

  it('gives each function an environment that the bridge accepts', () => {
    for (const { props } of rendered) {
      const environment = props['environmentVariables']
      expect(readSettings(environment as Record<string, string>).problems).toEqual([])
      expect(environment).toHaveProperty(
        'STACKBRIDGE_CONTINUATION_KEY',
        ENVIRONMENT.STACKBRIDGE_CONTINUATION_KEY,
      )
    }
  })

  it('takes a VPC, settings and the credentials of uncommented lines from a separate file', async () => {
    const given = Object.fromEntries(CREDENTIALS.map((name) => [name, `the ${name}`]))
    const text = await readFile(join(ROOT, 'examples/deploy/own-settings.yml'), 'utf8')
    const functions = await render(
      document,
      { ...ENVIRONMENT, ...given, ...VPC },
      { name: 'own-settings.yml', text: withCredentials(text) },
    )
    expect(functions.map(({ name }) => name)).toEqual(['on_failure', 'bridge'])
    expect(problemsOf(functions)).toEqual([])
    for (const { props } of functions) {
      expect(props['environmentVariables']).toMatchObject({
        ...given,
        AWS_REGION: 'us-east-1',
        OS_USER_DOMAIN_NAME: 'Default',
        STACKBRIDGE_CONTINUATION_KEY: CONTINUATION_KEY,
        STACKBRIDGE_ALLOW_PRIVATE_ADDRESSES: 'true',
      })
      expect(props['vpcConfig']).toEqual({
        vpcId: 'vpc-1',
        vSwitchIds: ['vsw-1'],
        securityGroupId: 'sg-1',
      })
    }
  })

  it('gives only the bridge the trigger of the queue for delayed calls, and both its URL', async () => {
    const url = 'https://1234567890123456.mns.cn-hangzhou.aliyuncs.com/queues/stackbridge-hand-off'
    const text = await readFile(join(ROOT, 'examples/deploy/hand-off-queue.yml'), 'utf8')
    const functions = await render(
      document,
      { ...ENVIRONMENT, STACKBRIDGE_HAND_OFF_QUEUE: url },
      { name: 'hand-off-queue.yml', text },
    )
    expect(problemsOf(functions)).toEqual([])
    const template = readTemplate(await readFile(join(ROOT, 'examples/deploy/stackbridge.yml'), 'utf8'))
    const { TriggerConfig } = asMap(template.Resources['HandOffQueueTrigger']?.['Properties'])
    const [onFailure, bridge] = functions
    expect(onFailure?.props).not.toHaveProperty('triggers')
    expect(bridge?.props['triggers']).toMatchObject([
      { triggerName: 'hand-off', triggerType: 'eventbridge', triggerConfig: { triggerEnable: true } },
    ])
    // Except for functions of ROS, both ways create the same trigger.
    expect(Object.keys(asMap(asMap((bridge?.props['triggers'] as unknown[])[0])['triggerConfig']))).toEqual(
      Object.keys(asMap(TriggerConfig)),
    )
    for (const { props } of functions) {
      const environment = props['environmentVariables']
      expect(environment).toHaveProperty('STACKBRIDGE_HAND_OFF_QUEUE', url)
      expect(readSettings(environment as Record<string, string>).problems).toEqual([])
    }
  })

  it('is deployed to the region that the environment names', async () => {
    const functions = await render(document, {
      ...ENVIRONMENT,
      ALIBABA_CLOUD_REGION_ID: 'ap-southeast-1',
    })
    expect(functions.map(({ props }) => props['region'])).toEqual(['ap-southeast-1', 'ap-southeast-1'])
  })

  it.each([
    ['ALIBABA_CLOUD_ACCOUNT_ID', "env('ALIBABA_CLOUD_ACCOUNT_ID') not found"],
    ['STACKBRIDGE_CONTINUATION_KEY', 'no key is set'],
  ])('reports that %s is not set, and deploys nothing', async (missing, said) => {
    const environment = Object.fromEntries(Object.entries(ENVIRONMENT).filter(([name]) => name !== missing))
    const { code, stdout, stderr, deployed } = await deploy(await folderWith(document), environment)
    expect(code).not.toBe(0)
    expect(stdout + stderr).toContain(said)
    expect(deployed).toEqual([])
  })

  it('deploys an upgrade with the same key, and a rotated key as NEW,OLD', async () => {
    const folder = await folderWith(document)
    const keys = [
      CONTINUATION_KEY,
      CONTINUATION_KEY,
      `${OTHER_CONTINUATION_KEY},${CONTINUATION_KEY}`,
      OTHER_CONTINUATION_KEY,
    ]
    for (const key of keys) {
      const { code, deployed } = await deploy(folder, { ...ENVIRONMENT, STACKBRIDGE_CONTINUATION_KEY: key })
      expect({ code, functions: deployed.length }).toEqual({ code: 0, functions: 2 })
    }
    const remembered = await readFile(join(folder, 'stackbridge.fingerprint.json'), 'utf8')
    expect(remembered).toContain(keyFingerprint(OTHER_CONTINUATION_KEY))
    expect(remembered).not.toContain(OTHER_CONTINUATION_KEY)
  })

  it('deploys nothing that would replace the key, and explains the remedy', async () => {
    const folder = await folderWith(document)
    await deploy(folder, ENVIRONMENT)
    const other = { ...ENVIRONMENT, STACKBRIDGE_CONTINUATION_KEY: OTHER_CONTINUATION_KEY }
    const { code, stdout, stderr, deployed } = await deploy(folder, other)
    expect(code).not.toBe(0)
    expect(stdout + stderr).toContain('set the deployed key again, or both as NEW,OLD')
    expect(deployed).toEqual([])
    // The failed deployment is not recorded.
    expect((await deploy(folder, ENVIRONMENT)).deployed).toHaveLength(2)
  })

  it('deploys with a key in OOS, without the key in the shell', async () => {
    const folder = await folderWith(document)
    const reference = 'STACKBRIDGE_CONTINUATION_KEY=oos:stackbridge-continuation-key'
    const environment = {
      ALIBABA_CLOUD_ACCOUNT_ID: ENVIRONMENT.ALIBABA_CLOUD_ACCOUNT_ID,
      STACKBRIDGE_SECRETS: reference,
    }
    const first = await deploy(folder, environment)
    const upgrade = await deploy(folder, environment)
    expect([first.code, upgrade.code]).toEqual([0, 0])
    for (const { deployed } of [first, upgrade]) {
      for (const { props } of deployed) {
        const variables = props['environmentVariables'] as Record<string, string>
        expect(variables).toMatchObject({ STACKBRIDGE_SECRETS: reference })
        expect(readSettings(variables).problems).toEqual([])
      }
    }
  })
})
