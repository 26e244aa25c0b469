import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inject } from 'vitest'

/** Serverless Devs itself, offline: with a separate home folder, and without its reports and updates. */

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const s = join(ROOT, 'node_modules/@serverless-devs/s/bin/s')

export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** The properties with which one resource of the document was deployed. */
export interface Deployed {
  readonly name: string
  readonly props: Record<string, unknown>
}

/** A document beside `serverless.yml` that extends it. */
export interface OwnDocument {
  readonly name: string
  readonly text: string
}

/** A folder with `serverless.yml`, the built zip and command line and, if given, a document that extends it. */
export async function workspace(document: string, zip: Uint8Array, own?: OwnDocument): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'stackbridge-serverless-devs-'))
  await mkdir(join(folder, 'dist'))
  await writeFile(join(folder, 'dist/stackbridge.zip'), zip)
  for (const name of ['cli.mjs', 'cli-chunks'])
    await cp(join(inject('built'), name), join(folder, 'dist', name), { recursive: true })
  await writeFile(join(folder, 'serverless.yml'), document)
  if (own !== undefined) await writeFile(join(folder, own.name), own.text)
  return folder
}

/** `s preview`: the document after its variables were replaced. */
export async function preview(
  folder: string,
  environment: Record<string, string>,
  document = 'serverless.yml',
): Promise<Ran> {
  return run(folder, ['preview', '-t', document, '-o', 'json', '--silent'], environment)
}

/** `s deploy`, with a component instead of `fc3` that only records its input, in order. */
export async function deploy(
  folder: string,
  environment: Record<string, string>,
): Promise<Ran & { readonly deployed: readonly Deployed[] }> {
  await cp(join(import.meta.dirname, 'stand-in-component'), join(folder, 'stand-in-component'), {
    recursive: true,
  })
  const document = await readFile(join(folder, 'serverless.yml'), 'utf8')
  await writeFile(
    join(folder, 'with-stand-in.yml'),
    document.replaceAll('component: fc3', 'component: ./stand-in-component'),
  )
  const record = join(folder, 'record.jsonl')
  await writeFile(record, '')
  const ran = await run(folder, ['deploy', '-t', 'with-stand-in.yml'], {
    ...environment,
    STAND_IN_RECORD: record,
  })
  const lines = (await readFile(record, 'utf8')).split('\n').filter((line) => line !== '')
  return { ...ran, deployed: lines.map((line): Deployed => JSON.parse(line)) }
}

function run(folder: string, args: readonly string[], environment: Record<string, string>): Promise<Ran> {
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: join(folder, 'home'),
    // As in its own tests: nothing is sent to its vendor.
    NODE_ENV: 'test',
    ...environment,
  }
  return new Promise((resolve) => {
    execFile(process.execPath, [s, ...args], { cwd: folder, env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : 1, stdout, stderr })
    })
  })
}
