import { gzipSync } from 'node:zlib'
import { readFile } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Metafile } from 'esbuild'
import { zipFolder } from '../../build/zip.ts'

/** Bytes, minified. */
export interface BundleSizes {
  /** The zip that is uploaded. */
  readonly zip: number
  /** Each entry with everything that it loads at its start; a provider without what the function has loaded before it. */
  readonly entries: Readonly<Record<string, number>>
  /** Each file by its name without the content hash, plain and gzipped. */
  readonly chunks: Readonly<Record<string, { readonly bytes: number; readonly gzipped: number }>>
  /** By npm package; `stackbridge` is our own source. */
  readonly dependencies: Readonly<Record<string, number>>
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const ENTRIES = ['index', 'on-failure', 'http', 'mns', 'custom-runtime', 'providers/']

/** `folder` is the `function/` that `bundleFunction` wrote, `metafile` its result. */
export async function bundleSizes(folder: string, metafile: Metafile): Promise<BundleSizes> {
  // `test-entry.mjs` is only for tests and not in the zip.
  const outputs = Object.entries(metafile.outputs).filter(([path]) => !path.endsWith('test-entry.mjs'))
  const nameOf = (path: string): string => {
    const from = isAbsolute(path) ? path : join(root, path)
    return from.slice(folder.length + 1).replace(/(-[A-Z0-9]{8})?\.mjs$/, '')
  }
  const index = outputs.map(([path]) => path).filter((path) => nameOf(path) === 'index')
  const ofIndex = new Set(index.flatMap((path) => [...loadedWith(path, metafile)]))
  const startOf = (path: string, name: string): number => {
    const isLater = name.startsWith('providers/')
    const files = [...loadedWith(path, metafile)].filter((file) => !(isLater && ofIndex.has(file)))
    return files.reduce((sum, file) => sum + (metafile.outputs[file]?.bytes ?? 0), 0)
  }
  const chunks: Record<string, { bytes: number; gzipped: number }> = {}
  const dependencies: Record<string, number> = {}
  const entries: Record<string, number> = {}
  for (const [path, { bytes, inputs }] of outputs.sort(([one], [other]) => (one < other ? -1 : 1))) {
    const name = unusedName(nameOf(path), chunks)
    const gzipped = gzipSync(await readFile(isAbsolute(path) ? path : join(root, path))).byteLength
    chunks[name] = { bytes, gzipped }
    if (ENTRIES.some((entry) => name.startsWith(entry))) entries[name] = startOf(path, name)
    for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
      const owner = packageOf(input)
      dependencies[owner] = (dependencies[owner] ?? 0) + bytesInOutput
    }
  }
  return {
    zip: (await zipFolder(folder)).byteLength,
    entries,
    chunks,
    dependencies: Object.fromEntries(Object.entries(dependencies).sort(([, one], [, other]) => other - one)),
  }
}

/** An output and the files that it imports statically, by path. */
export function loadedWith(path: string, metafile: Metafile): ReadonlySet<string> {
  const reached = new Set<string>()
  const visit = (at: string): void => {
    if (reached.has(at)) return
    reached.add(at)
    for (const { path: next, kind } of metafile.outputs[at]?.imports ?? [])
      if (kind === 'import-statement') visit(next)
  }
  visit(path)
  return reached
}

function packageOf(input: string): string {
  const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input) ?? []
  return name ?? 'stackbridge'
}

/** esbuild gives several chunks the name `chunk`. */
function unusedName(name: string, used: Readonly<Record<string, unknown>>): string {
  let [unused, number] = [name, 1]
  while (unused in used) unused = `${name} ${String((number += 1))}`
  return unused
}
