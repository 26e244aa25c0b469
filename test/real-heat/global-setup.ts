import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'

const run = promisify(execFile)
const script = fileURLToPath(new URL('real-heat', import.meta.url))

declare module 'vitest' {
  export interface ProvidedContext {
    /** The output of `real-heat env`. */
    realHeat: Record<string, string>
  }
}

/** Creates a new cloud on free ports for this run, and removes it afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = await mkdtemp(join(tmpdir(), 'stackbridge-real-heat-'))
  const [keystone, heat, cfn] = await Promise.all([freePort(), freePort(), freePort()])
  const env = {
    ...process.env,
    REAL_HEAT_HOME: home,
    REAL_HEAT_KEYSTONE_PORT: keystone,
    REAL_HEAT_PORT: heat,
    REAL_HEAT_CFN_PORT: cfn,
  }
  await run(script, ['start'], { env })
  const { stdout } = await run(script, ['env'], { env })
  const pairs = stdout.split('\n').flatMap((line): [string, string][] => {
    const [, name, value] = /^export (\w+)=(.*)$/.exec(line) ?? []
    return name === undefined || value === undefined ? [] : [[name, value]]
  })
  project.provide('realHeat', { ...Object.fromEntries(pairs), REAL_HEAT_HOME: home })
  return async () => {
    await run(script, ['purge'], { env })
    await rm(home, { recursive: true, force: true })
  }
}

async function freePort(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return String(typeof address === 'object' ? address?.port : address)
}
