import { spawn } from 'node:child_process'
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { BridgeServer } from '../e2e/bridge-server.ts'

/** Checks the container's recipe without building it: image builders are not available here. */

const ROOT = join(import.meta.dirname, '../..')

interface Instruction {
  readonly name: string
  readonly argument: string
}

/** https://docs.docker.com/reference/dockerfile/ */
function instructionsOf(text: string): Instruction[] {
  const lines = text.replaceAll(/\\\n/g, ' ').split('\n')
  return lines
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => {
      const [name = '', ...rest] = line.split(' ')
      return { name, argument: rest.join(' ').trim() }
    })
}

const all = instructionsOf(await readFile(join(ROOT, 'Containerfile'), 'utf8'))
/** Instructions of the final image; the stage before only builds. */
const last = all.slice(all.findLastIndex(({ name }) => name === 'FROM'))
const argumentsOf = (instructions: readonly Instruction[], given: string) =>
  instructions.flatMap(({ name, argument }) => (name === given ? [argument] : []))

describe('the Containerfile', () => {
  it('uses only its base image, which is an argument, and the checkout', () => {
    const names = new Set(all.map(({ name }) => name))
    const allowed = [
      'ARG',
      'CMD',
      'COPY',
      'ENTRYPOINT',
      'ENV',
      'EXPOSE',
      'FROM',
      'HEALTHCHECK',
      'RUN',
      'USER',
    ]
    expect([...names].filter((name) => ![...allowed, 'VOLUME', 'WORKDIR'].includes(name))).toEqual([])
    for (const image of argumentsOf(all, 'FROM')) expect(image).toMatch(/^\$\{NODE_IMAGE\}(?: AS build)?$/)
    for (const command of argumentsOf(all, 'RUN'))
      expect(command).not.toMatch(/\b(?:apt|apk|curl|wget|git|npx|sudo)\b/)
    expect(argumentsOf(last, 'COPY').every((argument) => argument.startsWith('--from=build '))).toBe(true)
  })

  it('installs what the lock file says, before the sources are copied', () => {
    const [lockFile, sources] = argumentsOf(all, 'COPY')
    expect([lockFile, sources]).toEqual(['package.json package-lock.json ./', '. .'])
    expect(argumentsOf(all, 'RUN')[0]).toBe('npm ci --ignore-scripts')
  })

  it('contains no secret, neither as an argument nor in the environment', () => {
    expect(argumentsOf(all, 'ARG').map((argument) => argument.split('=')[0])).toEqual(['NODE_IMAGE'])
    for (const variables of argumentsOf(all, 'ENV'))
      expect(variables).not.toMatch(/KEY|TOKEN|SECRET|PASSWORD/i)
  })

  it('runs as a user other than root, with its own folder of mode 700, at a port that needs no privileges', () => {
    expect(argumentsOf(last, 'USER')).toEqual(['node'])
    const names = last.map(({ name }) => name)
    expect(names.indexOf('USER')).toBeLessThan(names.indexOf('ENTRYPOINT'))
    expect(names.indexOf('USER')).toBeGreaterThan(names.lastIndexOf('RUN'))
    const [volume = ''] = argumentsOf(last, 'VOLUME')
    expect(argumentsOf(last, 'RUN')).toEqual([`install -d -o node -g node -m 700 ${volume}`])
    for (const port of argumentsOf(last, 'EXPOSE')) expect(Number(port)).toBeGreaterThan(1024)
  })

  it('starts its program without a shell, so that the program gets SIGTERM', () => {
    const [health = ''] = argumentsOf(last, 'HEALTHCHECK')
    const forms = [
      ...argumentsOf(last, 'ENTRYPOINT'),
      ...argumentsOf(last, 'CMD'),
      health.replace(/^.* CMD /, ''),
    ]
    expect(forms).toHaveLength(3)
    for (const form of forms) expect(JSON.parse(form)).toEqual(expect.arrayContaining([expect.any(String)]))
  })
})

describe('the files that the Containerfile copies', () => {
  let folder: string
  let server: BridgeServer | undefined
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stackbridge-container-'))
    const sources = argumentsOf(last, 'COPY').flatMap((argument) => argument.split(' ').slice(1, -1))
    const programs = sources
      .map((path) => basename(path))
      .filter((name) => /^cli(?:\.mjs|-chunks)$/.test(name))
    for (const name of programs)
      await cp(join(inject('built'), name), join(folder, name), { recursive: true })
  })
  afterAll(async () => {
    await server?.end('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  })

  it('are enough to serve, and the health check detects whether the server runs', async () => {
    server = await BridgeServer.start({ built: folder, journal: join(folder, 'journal') })
    const { url } = server
    const [health = ''] = argumentsOf(last, 'HEALTHCHECK')
    const check = () => {
      const [, ...args]: string[] = JSON.parse(health.replace(/^.* CMD /, ''))
      const there = args.map((argument) => argument.replace('http://127.0.0.1:8080', url))
      return new Promise((resolve) => spawn(process.execPath, there).once('exit', resolve))
    }
    expect(await check()).toBe(0)
    expect(await server.end('SIGTERM')).toBe(0)
    expect(await check()).toBe(1)
  })
})
