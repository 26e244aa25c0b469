import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { billOfMaterials, type Product } from '../../build/bill-of-materials.ts'
import { bundleCli, bundleFunction, root } from '../../build/bundle.ts'
import { bundledPackages, nameOf, type BundledPackage } from '../../build/bundled-packages.ts'
import { licenceNotices } from '../../build/licence-notices.ts'

/** The files beside the zip and the command line: the licences and the bill of materials of their code. */

type Metafile = Awaited<ReturnType<typeof bundleFunction>>

const BUNDLES = {
  'stackbridge.zip': { bundle: bundleFunction, isOf: (path: string) => path.includes('/function/') },
  'cli.mjs': { bundle: bundleCli, isOf: () => true },
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stackbridge-supply-chain-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const product = (file: string): Product => ({
  name: 'stackbridge',
  version: '0.1.0',
  license: 'Apache-2.0',
  file,
  bytes: Buffer.from('the bytes of the file'),
})

/** The packages whose code esbuild wrote, computed from the metafile in another way. */
async function packagesIn(metafile: Metafile, isOf: (path: string) => boolean): Promise<string[]> {
  const names = new Set<string>()
  for (const [path, { inputs }] of Object.entries(metafile.outputs))
    for (const [input, { bytesInOutput }] of Object.entries(isOf(path) ? inputs : {})) {
      const at = input.lastIndexOf('node_modules/')
      if (at < 0 || bytesInOutput === 0) continue
      const parts = input.slice(at).split('/')
      const depth = parts[1]?.startsWith('@') === true ? 3 : 2
      const path = join(root, input.slice(0, at), ...parts.slice(0, depth), 'package.json')
      const { name, version }: { name: string; version: string } = JSON.parse(await readFile(path, 'utf8'))
      names.add(`${name}@${version}`)
    }
  return [...names].sort()
}

describe.each(Object.entries(BUNDLES))('beside %s', (file, { bundle, isOf }) => {
  let metafile: Metafile
  let packages: readonly BundledPackage[]
  beforeAll(async () => {
    metafile = await bundle(join(folder, file))
    packages = await bundledPackages(metafile, isOf, root)
  })

  it('the licences of all packages with code in it are listed, with their texts', async () => {
    const listed = packages.map(nameOf).sort()
    expect(listed).toEqual(await packagesIn(metafile, isOf))
    expect(listed.length).toBeGreaterThan(10)
    const notices = licenceNotices(file, packages)
    for (const one of packages) {
      expect(notices).toContain(`${nameOf(one)}: ${one.license}`)
      for (const text of Object.values(one.notices))
        expect(notices).toContain(text.replaceAll('\r\n', '\n').trim())
    }
  })

  it('the bill of materials lists the same packages, with the hashes of the lock file', async () => {
    const bill = JSON.parse(billOfMaterials(product(file), packages))
    const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'))
    const integrities = Object.values<{ integrity?: string }>(lock.packages).map(({ integrity }) => integrity)
    const listed = bill.components.map(
      (one: { group?: string; name: string; version: string; purl: string }) => {
        const name = one.group === undefined ? one.name : `${one.group}/${one.name}`
        expect(one.purl).toBe(`pkg:npm/${name.replace('@', '%40')}@${one.version}`)
        return `${name}@${one.version}`
      },
    )
    expect(listed.sort()).toEqual(packages.map(nameOf).sort())
    for (const { hashes } of bill.components)
      expect(integrities).toContain(`sha512-${Buffer.from(hashes[0].content, 'hex').toString('base64')}`)
    const digest = createHash('sha256').update(product(file).bytes).digest('hex')
    expect(bill.metadata.component.hashes).toEqual([{ alg: 'SHA-256', content: digest }])
  })

  it("the bill of materials is valid by CycloneDX's schema, and the same for the same file", async () => {
    const text = billOfMaterials(product(file), packages)
    expect(text).toBe(billOfMaterials(product(file), packages))
    const library = createRequire(import.meta.url).resolve('@cyclonedx/cyclonedx-library/package.json')
    const schema = async (name: string) =>
      JSON.parse(await readFile(join(library, '../res/schema', `${name}.SNAPSHOT.schema.json`), 'utf8'))
    const ajv = new Ajv({ strict: false, validateFormats: false })
    for (const part of ['spdx', 'jsf-0.82'])
      ajv.addSchema(await schema(part), `http://cyclonedx.org/schema/${part}.SNAPSHOT.schema.json`)
    const validate = ajv.compile(await schema('bom-1.6'))
    expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).toBe(true)
  })
})
