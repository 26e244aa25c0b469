import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { zipFolder } from '../../build/zip.ts'
import { type JsonObject, type JsonValue } from '../../src/platform/json.ts'
import { keyFingerprint } from '../../src/platform/key-fingerprint.ts'
import { readSettings } from '../../src/platform/settings.ts'
import { listen } from '../../src/sandbox/loopback-server.ts'
import { evaluate } from './ros-functions.ts'
import { asMap, readTemplate, type RosTemplate } from './ros-template.ts'
import { ROOT } from './serverless-devs.ts'

/**
 * Runs the commands of `docs/getting-started.md` from the first to the last, as a new user would: each section in a shell of its
 * own, after the block that the page says to run in each new shell. Then those of `docs/deploy.md`. Stand-ins for Alibaba Cloud's command line, npm and
 * Serverless Devs record their arguments.
 */

const stateSchema = v.object({
  calls: v.array(
    v.object({
      call: v.string(),
      options: v.record(v.string(), v.union([v.string(), v.boolean()])),
      stacks: v.record(v.string(), v.record(v.string(), v.string())),
    }),
  ),
  stacks: v.record(
    v.string(),
    v.object({ TemplateBody: v.string(), Parameters: v.record(v.string(), v.string()) }),
  ),
  secrets: v.record(v.string(), v.string()),
  objects: v.record(v.string(), v.number()),
  policies: v.record(v.string(), v.unknown()),
})
type State = v.InferOutput<typeof stateSchema>

let folder: string
let fc: Awaited<ReturnType<typeof listen>>
const stateFile = () => join(folder, 'state.json')
const stateOf = async (): Promise<State> =>
  v.parse(stateSchema, JSON.parse(await readFile(stateFile(), 'utf8')))

/** Blocks of the page with this language; those of Serverless Devs are marked as `sh s`. */
function blocksOf(page: string, language: string): string[] {
  return [...page.matchAll(/^```(.*)\n([^]*?)^```$/gm)].flatMap(([, info = '', block = '']) =>
    info === language ? [block] : [],
  )
}

/** The block that is to be run in each new shell. */
const preparationOf = (page: string): string =>
  blocksOf(page, 'sh').find((block) => block.includes('read_key()')) ?? ''

/** The commands of each section, for a new shell. */
function sectionsOf(page: string, preparation = preparationOf(page)): string[] {
  return page
    .split(/^## /m)
    .map((section) => blocksOf(section, 'sh').join('\n'))
    .filter((commands) => commands !== '')
    .map((commands) => (commands.includes(preparation) ? commands : `${preparation}\n${commands}`))
}

/** The environment that ROS would pass to the functions, for the parameters of a stack. */
function environmentOf(
  template: RosTemplate,
  parameters: Readonly<Record<string, string>>,
): Record<string, string> {
  const values = Object.fromEntries(
    Object.entries(parameters).map(([name, text]): [string, JsonValue] => [
      name,
      template.Parameters[name]?.['Type'] === 'Json' ? JSON.parse(text) : text,
    ]),
  )
  const { EnvironmentVariables } = asMap(template.Resources['Bridge']?.['Properties'])
  const scope = { template, values, attributes: (resource: string) => `of ${resource}` }
  return v.parse(v.record(v.string(), v.string()), evaluate(EnvironmentVariables, scope))
}

/** A Function Compute with the functions of the page's stack. */
function functionCompute() {
  return createServer((request, response) => {
    void stateOf().then(({ stacks }) => {
      const stack = stacks['stackbridge']
      const path = request.url ?? ''
      const answer: JsonObject = path.endsWith('/async-invoke-config')
        ? { destinationConfig: { onFailure: { destination: `${TOKEN}-on-failure` } } }
        : {
            runtime: 'custom.debian12',
            handler: 'index.handler',
            memorySize: 512,
            timeout: 120,
            environmentVariables:
              stack === undefined ? {} : environmentOf(readTemplate(stack.TemplateBody), stack.Parameters),
          }
      response.statusCode = stack === undefined ? 404 : 200
      response.end(JSON.stringify(answer))
    })
  })
}

const TOKEN = 'acs:fc:ap-southeast-1:1234567890123456:functions/stackbridge'

async function program(name: string, script: string): Promise<void> {
  await writeFile(join(folder, 'bin', name), `#!/bin/sh\n${script}\n`)
  await chmod(join(folder, 'bin', name), 0o755)
}

interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

async function shell(script: string): Promise<Ran> {
  const env = {
    PATH: [join(folder, 'bin'), process.env['PATH'] ?? ''].join(delimiter),
    HOME: join(folder, 'home'),
    STAND_IN_STATE: stateFile(),
    STACKBRIDGE_FC_ENDPOINT: fc.url,
    ALIBABA_CLOUD_ACCESS_KEY_ID: 'the-deployer',
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'the-secret-of-the-deployer',
  }
  return new Promise((resolve) => {
    execFile(
      'bash',
      ['--noprofile', '--norc', '-euo', 'pipefail', '-c', script],
      { cwd: folder, env },
      (error, stdout, stderr) => {
        resolve({
          code: error === null ? 0 : typeof error.code === 'number' ? error.code : 1,
          stdout,
          stderr,
        })
      },
    )
  })
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stackbridge-getting-started-'))
  await Promise.all([mkdir(join(folder, 'bin')), mkdir(join(folder, 'dist'))])
  for (const name of ['cli.mjs', 'cli-chunks'])
    await cp(join(inject('built'), name), join(folder, 'dist', name), { recursive: true })
  await writeFile(join(folder, 'dist/stackbridge.zip'), await zipFolder(join(inject('built'), 'function')))
  for (const name of ['examples', 'serverless.yml']) await symlink(join(ROOT, name), join(folder, name))
  await program('aliyun', `exec ${process.execPath} ${join(import.meta.dirname, 'stand-in-aliyun.cjs')} "$@"`)
  await program('node', `exec ${process.execPath} "$@"`)
  // Each build produces other code.
  await program('npm', `[ "$*" = 'run build' ] && echo built >>dist/stackbridge.zip; echo "npm $*" >>ran.txt`)
  await program(
    'npx',
    `where="\${ALIBABA_CLOUD_REGION_ID:+ to $ALIBABA_CLOUD_REGION_ID of $ALIBABA_CLOUD_ACCOUNT_ID}"
echo "npx $* key \${STACKBRIDGE_CONTINUATION_KEY:-}$where" >>ran.txt`,
  )
  await program('openstack', 'echo "openstack $*" >>ran.txt')
  fc = await listen(functionCompute())
})
afterAll(() => Promise.all([fc.close(), rm(folder, { recursive: true, force: true })]))

describe('getting started', () => {
  let state: State
  let ran: Ran[]
  let page: string
  beforeAll(async () => {
    page = await readFile(join(ROOT, 'docs/getting-started.md'), 'utf8')
    ran = []
    for (const section of sectionsOf(page)) ran.push(await shell(section))
    state = await stateOf()
  })

  const parametersAt = (call: string, nth: number) =>
    state.calls.filter((one) => one.call === call)[nth]?.stacks['stackbridge'] ?? {}

  it('runs from the first command to the last without an error, each section in a new shell', () => {
    expect(preparationOf(page)).not.toBe('')
    expect(ran.length).toBeGreaterThan(5)
    expect(ran.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
      ran.map(() => ({ code: 0, stderr: '' })),
    )
  })

  it('has no other blocks', () => {
    const languages = [...page.matchAll(/^```(\S.*)$/gm)].map(([, info]) => info)
    expect([...new Set(languages)].sort()).toEqual(['sh', 'sh s'])
  })

  it('creates the bridge with existing parameters of the template, and an environment that the bridge accepts', async () => {
    const template = readTemplate(await readFile(join(ROOT, 'examples/deploy/stackbridge.yml'), 'utf8'))
    const given = parametersAt('ros CreateStack', 0)
    const known = Object.keys(template.Parameters)
    const required = known.filter((name) => template.Parameters[name]?.['Default'] === undefined)
    expect(Object.keys(given).filter((name) => !known.includes(name))).toEqual([])
    expect(required.filter((name) => given[name] === undefined)).toEqual([])
    const environment = environmentOf(template, given)
    expect(readSettings(environment).problems).toEqual([])
    expect(environment).toMatchObject({ AWS_REGION: 'us-east-1' })
  })

  it('names code that was uploaded to the bucket', () => {
    const uploads = state.calls.filter(({ call }) => call === 'oss cp').length
    expect(uploads).toBe(2)
    const codes = state.calls.flatMap(({ stacks }) => stacks['stackbridge']?.['CodeObject'] ?? [])
    for (const code of codes) expect(code).toMatch(/^stackbridge\/[0-9a-f]{16}\/stackbridge\.zip$/)
  })

  it('passes the credentials, and keeps the key and the settings', () => {
    const created = parametersAt('ros CreateStack', 0)
    expect(parametersAt('ros UpdateStack', 0)).toEqual({
      ...created,
      AwsAccessKeyId: 'AKIDEXAMPLE',
      AwsSecretAccessKey: 'example-secret',
    })
  })

  it('upgrades to other code with the same key, and restores the former code', () => {
    const before = parametersAt('ros UpdateStack', 0)
    const upgraded = parametersAt('ros UpdateStack', 1)
    expect(upgraded['CodeObject']).not.toBe(before['CodeObject'])
    expect({ ...upgraded, CodeObject: '' }).toEqual({ ...before, CodeObject: '' })
    expect(parametersAt('ros UpdateStack', 2)).toEqual(before)
  })

  it('never passes the key again in an update that does not replace it', () => {
    const updates = state.calls.filter(({ call }) => call === 'ros UpdateStack')
    expect(updates.map(({ options }) => options['UsePreviousParameters'])).toEqual(updates.map(() => 'true'))
    expect(updates.map(({ options }) => Object.values(options).includes('ContinuationKey'))).toEqual([
      false,
      false,
      false,
      true,
      true,
    ])
  })

  it('replaces the key in two steps: the old one stays valid until nothing is encrypted with it', () => {
    const old = parametersAt('ros CreateStack', 0)['ContinuationKey'] ?? ''
    const both = parametersAt('ros UpdateStack', 3)['ContinuationKey'] ?? ''
    const [replacement, former] = both.split(',')
    expect(former).toBe(old)
    expect(replacement).not.toBe(old)
    expect(parametersAt('ros UpdateStack', 4)['ContinuationKey']).toBe(replacement)
  })

  it('checks the deployed functions three times, and finds no problem', () => {
    const stdout = ran.map((one) => one.stdout).join('')
    expect(stdout.match(/^ok +deployed key/gm)).toHaveLength(3)
    expect(stdout).not.toMatch(/^missing/m)
    expect(stdout).toContain(keyFingerprint(parametersAt('ros CreateStack', 0)['ContinuationKey'] ?? ''))
  })

  it('gives the deploying user permissions without a placeholder', () => {
    const created = state.calls.find(({ call }) => call === 'ram CreatePolicy')
    const text = String(created?.options['PolicyDocument'])
    expect(text).toContain('acs:fc:ap-southeast-1:1234567890123456:functions/stackbridge')
    expect(text).not.toMatch(/REGION|ACCOUNT|BUCKET/)
  })

  it('deletes everything but the stack that used the bridge, which the page says to delete first', () => {
    expect(Object.keys(state.stacks)).toEqual(['my-first-bucket'])
    expect({ secrets: state.secrets, objects: state.objects, policies: state.policies }).toEqual({
      secrets: {},
      objects: {},
      policies: {},
    })
  })
})

describe('getting started with Serverless Devs', () => {
  it('reads the key again for each deployment, and removes the functions before their roles, each block in a new shell', async () => {
    const page = await readFile(join(ROOT, 'docs/getting-started.md'), 'utf8')
    await Promise.all([rm(stateFile(), { force: true }), rm(join(folder, 'ran.txt'), { force: true })])
    const preparation = preparationOf(page)
    const key = blocksOf(page, 'sh').find((block) => block.includes('CreateSecretParameter')) ?? ''
    expect(preparation).not.toBe('')
    for (const block of [key, ...blocksOf(page, 'sh s')]) {
      const { code, stderr } = await shell([preparation, block].join('\n'))
      expect({ block, code, stderr }).toEqual({ block, code: 0, stderr: '' })
    }
    const { stacks, secrets } = await stateOf()
    expect(stacks).toEqual({})
    const commands = (await readFile(join(folder, 'ran.txt'), 'utf8')).trim().split('\n')
    const made = secrets['stackbridge-continuation-key'] ?? ''
    expect(commands).toEqual([
      'npm ci',
      'npm run build',
      'npx s config add key ',
      `npx s deploy -t serverless.yml key ${made} to ap-southeast-1 of 1234567890123456`,
      'npx s remove -t serverless.yml key  to ap-southeast-1 of 1234567890123456',
    ])
  })
})

describe('the page of deploying', () => {
  it('has commands that run with the variables of getting started, each section in a new shell', async () => {
    const pages = ['docs/getting-started.md', 'docs/deploy.md'].map((name) =>
      readFile(join(ROOT, name), 'utf8'),
    )
    const [start = '', page = ''] = await Promise.all(pages)
    await Promise.all([rm(stateFile(), { force: true }), rm(join(folder, 'ran.txt'), { force: true })])
    const sections = sectionsOf(page, preparationOf(start))
    expect(sections).toHaveLength(3)
    for (const section of sections) {
      const { code, stderr } = await shell(section)
      expect({ section, code, stderr }).toEqual({ section, code: 0, stderr: '' })
    }
    const template = readTemplate(await readFile(join(ROOT, 'examples/deploy/monitoring.yml'), 'utf8'))
    const required = Object.keys(template.Parameters).filter(
      (name) => template.Parameters[name]?.['Default'] === undefined,
    )
    const { stacks } = await stateOf()
    const given = stacks['stackbridge-monitoring']?.Parameters ?? {}
    expect(Object.keys(given).sort()).toEqual(required.sort())
    // The default name of both templates.
    expect(given['LogProject']).toBe('stackbridge-1234567890123456')
  })
})
