import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import packageJson from '../package.json' with { type: 'json' }
import { bundleCli, bundleFunction, bundleLibrary, root } from './bundle.ts'
import { bundledPackages, type BundledPackage } from './bundled-packages.ts'
import { licenceNotices } from './licence-notices.ts'
import { zipFolder } from './zip.ts'

/**
 * Writes `dist/`: the function, its zip, the command line and the library; beside zip and command line the licences and the
 * bill of materials of what is in them. `--quiet` prints no table of sizes.
 */
async function build(out: string, quiet: boolean): Promise<void> {
  await rm(out, { recursive: true, force: true })
  const functionFolder = join(out, 'function')
  await mkdir(functionFolder, { recursive: true })
  const [ofFunction, ofCli] = await Promise.all([
    bundleFunction(out),
    bundleCli(out),
    bundleLibrary(out),
    // Loaded meanwhile, since that takes long, and esbuild works in its own process.
    import('./bill-of-materials.ts'),
  ])
  const zip = await zipFolder(functionFolder)
  await writeFile(join(out, 'stackbridge.zip'), zip)
  const isOfFunction = (path: string) => path.includes('/function/')
  const cli = await readFile(join(out, 'cli.mjs'))
  await Promise.all([
    describeContents(out, 'stackbridge.zip', zip, await bundledPackages(ofFunction, isOfFunction, root)),
    describeContents(out, 'cli.mjs', cli, await bundledPackages(ofCli, () => true, root)),
  ])
  if (quiet) return
  for (const line of await sizes(functionFolder)) console.log(line)
  console.log(row('stackbridge.zip', zip.byteLength, undefined))
  console.log(`sha256 of the zip: ${createHash('sha256').update(zip).digest('hex')}`)
}

/** Writes `<file>.licences.txt` and `<file>.cdx.json`. */
async function describeContents(
  out: string,
  file: string,
  bytes: Uint8Array,
  packages: readonly BundledPackage[],
): Promise<void> {
  const { billOfMaterials } = await import('./bill-of-materials.ts')
  const { name, version, license } = packageJson
  await writeFile(join(out, `${file}.licences.txt`), licenceNotices(file, packages))
  const bill = billOfMaterials({ name, version, license, file, bytes }, packages)
  await writeFile(join(out, `${file}.cdx.json`), bill)
}

async function sizes(folder: string): Promise<string[]> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.mjs')).sort()
  const rows = await Promise.all(
    names.map(async (name) => {
      const bytes = await readFile(join(folder, name))
      return row(`function/${name}`, bytes.byteLength, gzipSync(bytes).byteLength)
    }),
  )
  return ['file'.padEnd(52) + 'bytes'.padStart(10) + 'gzip'.padStart(10), ...rows]
}

function row(name: string, bytes: number, gzip: number | undefined): string {
  return name.padEnd(52) + String(bytes).padStart(10) + String(gzip ?? '').padStart(10)
}

const flags = process.argv.slice(2)
const out = flags.find((flag) => flag.startsWith('--out='))?.slice('--out='.length) ?? 'dist'
await build(out, flags.includes('--quiet'))
