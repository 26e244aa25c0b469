import { createHash } from 'node:crypto'
import { Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library'
import type { BundledPackage } from './bundled-packages.ts'

export interface Product {
  readonly name: string
  readonly version: string
  readonly license: string
  /** The file that is described. */
  readonly file: string
  /** Its content. */
  readonly bytes: Uint8Array
}

/**
 * The software bill of materials of a bundle: CycloneDX 1.6, JSON. The same bytes for the same file: it has no time, and its
 * serial number is made from the file's hash. https://cyclonedx.org/docs/1.6/json/
 */
export function billOfMaterials(product: Product, packages: readonly BundledPackage[]): string {
  const hash = createHash('sha256').update(product.bytes).digest('hex')
  const root = new Models.Component(Enums.ComponentType.Application, product.name, {
    bomRef: product.file,
    version: product.version,
    licenses: licensesOf(product.license),
    hashes: new Models.HashDictionary([[Enums.HashAlgorithm['SHA-256'], hash]]),
    properties: new Models.PropertyRepository([new Models.Property('stackbridge:file', product.file)]),
  })
  const bom = new Models.Bom({
    serialNumber: serialNumberOf(hash),
    metadata: new Models.Metadata({ component: root }),
    components: new Models.ComponentRepository(packages.map(componentOf)),
  })
  for (const component of bom.components) root.dependencies.add(component.bomRef)
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6))
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`
}

function componentOf({ name, version, license, integrity }: BundledPackage): Models.Component {
  const [, scope, base = name] = /^(@[^/]+)\/(.+)$/.exec(name) ?? []
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`
  return new Models.Component(Enums.ComponentType.Library, base, {
    bomRef: purl,
    purl,
    version,
    ...(scope === undefined ? {} : { group: scope }),
    licenses: licensesOf(license),
    hashes: new Models.HashDictionary([
      [
        Enums.HashAlgorithm['SHA-512'],
        Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex'),
      ],
    ]),
  })
}

function licensesOf(license: string): Models.LicenseRepository {
  return new Models.LicenseRepository([
    /^[\w.+-]+$/.test(license) ? new Models.SpdxLicense(license) : new Models.LicenseExpression(license),
  ])
}

/** A UUID of version 8: its content is ours to define. https://www.rfc-editor.org/rfc/rfc9562#section-5.8 */
function serialNumberOf(hash: string): string {
  const [a, b, c, d, e] = [
    hash.slice(0, 8),
    hash.slice(8, 12),
    hash.slice(12, 15),
    hash.slice(15, 18),
    hash.slice(18, 30),
  ]
  return `urn:uuid:${a}-${b}-8${c}-8${d}-${e}`
}
