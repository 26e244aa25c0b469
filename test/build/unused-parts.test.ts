import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createSecureServer } from 'node:http2'
import { createServer, type IncomingMessage } from 'node:http'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest'
import { build } from 'esbuild'
import { bundleCli, bundleFunction, root } from '../../build/bundle.ts'
import { PARTS_OF_NODE, partsOfNode } from '../../build/node-modules.ts'
import { UNUSED_PARTS } from '../../build/unused-parts.ts'
import type * as log from '../../src/platform/log.ts'
import type * as networks from '../../src/platform/network.ts'
import type * as secrets from '../../src/platform/secrets.ts'
import { listen } from '../../src/sandbox/loopback-server.ts'
import { SANDBOX_PUSH_CERTIFICATE, SANDBOX_PUSH_KEY } from '../../src/sandbox/mns/certificate.ts'

/** Parts of packages that the function never executes are left out of it. */

interface Built {
  readonly 'src/platform/log.ts': Pick<typeof log, 'createLogger'>
  readonly 'src/platform/network.ts': Pick<typeof networks, 'createNetwork'>
  readonly 'src/platform/secrets.ts': Pick<typeof secrets, 'Secrets'>
}

const builtSchema = v.object({
  modules: v.custom<Built>((modules) => typeof modules === 'object' && modules !== null),
})

let folder: string
let metafile: Awaited<ReturnType<typeof bundleFunction>>
let ofCli: Awaited<ReturnType<typeof bundleCli>>
let built: Built
let network: networks.Network

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stackbridge-unused-'))
  metafile = await bundleFunction(folder)
  ofCli = await bundleCli(join(folder, 'cli'))
  const entry: unknown = await import(pathToFileURL(join(folder, 'test-entry.mjs')).href)
  built = v.parse(builtSchema, entry).modules
  network = built['src/platform/network.ts'].createNetwork({
    allowPrivateAddresses: true,
    intranetCallbackRanges: [],
  })
})
afterAll(async () => {
  await network.close()
  await rm(folder, { recursive: true, force: true })
})

it.each(UNUSED_PARTS)('has a sentence instead of $module', ({ module, why }) => {
  const inputs = Object.entries(metafile.inputs).filter(([path]) => module.test(path))
  // If the package moves the module, its code would silently be included again.
  expect(inputs).toHaveLength(1)
  for (const [, { bytes }] of inputs) expect(bytes).toBeLessThan(250 + why.length)
})

describe('the built function', () => {
  it('offers only HTTP/1.1, even to a server that prefers HTTP/2', async () => {
    const options = {
      key: SANDBOX_PUSH_KEY,
      cert: SANDBOX_PUSH_CERTIFICATE,
      allowHTTP1: true,
      sigalgs: 'RSA+SHA256:RSA-PSS+SHA256',
    }
    const server = createSecureServer(options, (request, response) => response.end(request.httpVersion))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = v.parse(v.object({ port: v.number() }), server.address())
    const url = new URL(`https://127.0.0.1:${String(address.port)}/`)
    const answer = await network.request(url, 'endpoint', {
      method: 'GET',
      headers: {},
      tls: { rejectUnauthorized: false },
    })
    expect(await answer.body.text()).toBe('1.1')
    await network.close()
    await new Promise((resolve) => server.close(resolve))
    network = built['src/platform/network.ts'].createNetwork({
      allowPrivateAddresses: true,
      intranetCallbackRanges: [],
    })
  })

  it('sends texts and bytes only', async () => {
    expectTypeOf<networks.RequestOptions['body']>().toEqualTypeOf<string | Uint8Array | undefined>()
    const server = await listen(createServer((request, response) => void echo(request, response)))
    for (const body of ['a text', new TextEncoder().encode('some bytes')]) {
      const answer = await network.request(new URL(server.url), 'endpoint', {
        method: 'POST',
        headers: {},
        body,
      })
      expect(await answer.body.text()).toBe(typeof body === 'string' ? body : 'some bytes')
    }
    await server.close()
  })

  it("logs without pino's redaction and transports", () => {
    const { createLogger } = built['src/platform/log.ts']
    const lines: string[] = []
    const masking = new built['src/platform/secrets.ts'].Secrets()
    masking.add('planted-secret')
    const logger = createLogger({
      level: 'trace',
      secrets: masking,
      bindings: { a: 'planted-secret' },
      destination: { write: (line) => void lines.push(line) },
    })
    logger.child({ b: 1 }).error({ err: new Error('planted-secret') }, 'with %s', 'planted-secret')
    logger.trace('quiet')
    expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
      { level: 'error', b: 1, err: { type: 'Error' } },
      { level: 'trace', msg: 'quiet' },
    ])
    expect(lines.join('')).not.toContain('planted-secret')
  })
})

async function echo(request: IncomingMessage, response: { end(body: string): unknown }): Promise<void> {
  let body = ''
  for await (const chunk of request.setEncoding('utf8')) body += String(chunk)
  response.end(body)
}

describe('the packages use only those parts of a Node module that the bundles provide', () => {
  const known: Readonly<Record<string, { readonly use: RegExp; readonly uses: readonly string[] }>> = {
    assert: { use: /\bassert\.\w+/g, uses: [] },
    child_process: { use: /\bchildProcess\.\w+/g, uses: ['childProcess.spawn'] },
    process: {
      use: /import .* from ["'](?:node:)?process["']/g,
      uses: ['import { env } from "node:process"', 'import { versions } from "node:process"'],
    },
    worker_threads: {
      use: /const .* = require\('worker_threads'\)/g,
      uses: ["const { isMainThread } = require('worker_threads')"],
    },
  }

  it.each(Object.entries(PARTS_OF_NODE))('%s', async (name, { packages }) => {
    const paths = [metafile, ofCli].flatMap(({ inputs }) => Object.keys(inputs))
    const texts = await Promise.all(
      [...new Set(paths)]
        .filter((path) => packages.test(/^node_modules\/([^/]+)\//.exec(path)?.[1] ?? ''))
        .map((path) => readFile(join(root, path), 'utf8')),
    )
    const users = texts.filter((text) => new RegExp(`["'](?:node:)?${name}["']`).test(text))
    expect(users.length).toBeGreaterThan(0)
    const uses = new Set(users.flatMap((text) => text.match(known[name]?.use ?? /./g) ?? []))
    expect([...uses].sort()).toEqual(known[name]?.uses)
  })

  it('a failed assertion is the same error as without the bundle', async () => {
    const { outputFiles } = await build({
      stdin: {
        contents: "export const failing = (value, message) => require('assert')(value, message)",
        resolveDir: join(root, 'node_modules/sonic-boom'),
        sourcefile: join(root, 'node_modules/sonic-boom/failing.js'),
      },
      bundle: true,
      format: 'cjs',
      platform: 'node',
      write: false,
      plugins: [partsOfNode],
    })
    const text = outputFiles[0]?.text ?? ''
    expect(text).toContain('An assertion failed')
    const file = join(folder, 'failing.cjs')
    await writeFile(file, text)
    const { failing } = v.parse(v.object({ failing: v.function() }), await import(pathToFileURL(file).href))
    expect(() => failing(true, 'fine')).not.toThrow()
    expect(() => failing(false, 'a sentence')).toThrow(
      expect.objectContaining({ code: 'ERR_ASSERTION', message: 'a sentence' }),
    )
  })
})

it.each([
  ['function', () => metafile],
  ['command line', () => ofCli],
])('no operation of AWS in the %s has an event stream', async (_, bundled) => {
  const { outputs } = bundled()
  const inputs = Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  )
  const commands = inputs.flatMap((path) => {
    const [, name, command] = /(@aws-sdk\/client-[\w-]+)\/dist-es\/commands\/(\w+)\.js$/.exec(path) ?? []
    return name === undefined || command === undefined ? [] : [{ name, command }]
  })
  expect(commands.length).toBeGreaterThan(20)
  for (const { name, command } of commands) {
    const client = v.parse(v.record(v.string(), v.unknown()), await import(/* @vite-ignore */ name))
    const { schema } = v.parse(withSchema, Reflect.construct(v.parse(v.function(), client[command]), [{}]))
    for (const shape of schema.slice(-2).map(shapeOf))
      expect(shape.isStructSchema() ? shape.getEventStreamMember() : '', command).toBe('')
  }
})

interface Shape {
  isStructSchema(): boolean
  getEventStreamMember(): string
}

/** The SDK's own parser of its schemas. */
function shapeOf(schema: unknown): Shape {
  const ofSdk: unknown = createRequire(import.meta.resolve('@aws-sdk/client-cloudformation'))(
    '@smithy/core/schema',
  )
  const { NormalizedSchema } = v.parse(v.object({ NormalizedSchema: READER }), ofSdk)
  return NormalizedSchema.of(schema)
}

const READER = v.custom<{ of(schema: unknown): Shape }>((reader) => typeof reader === 'function')
const withSchema = v.object({ schema: v.pipe(v.array(v.unknown()), v.minLength(6)) })
