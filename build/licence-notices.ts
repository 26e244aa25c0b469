import { nameOf, type BundledPackage } from './bundled-packages.ts'

/**
 * The licences and copyright notices of the packages in a bundle, which their licences ask for. A text that several packages
 * have stands there once. `of`: the bundle's file.
 */
export function licenceNotices(of: string, packages: readonly BundledPackage[]): string {
  const owners = new Map<string, string[]>()
  for (const one of packages)
    for (const [file, text] of Object.entries(one.notices)) {
      const plain = text.replaceAll('\r\n', '\n').trim()
      owners.set(plain, [...(owners.get(plain) ?? []), `${nameOf(one)} (${file})`])
    }
  const list = packages.map((one) => {
    const isSilent = Object.keys(one.notices).length === 0
    return `${nameOf(one)}: ${one.license}${isSilent ? ', by its package.json; it has no file with the text' : ''}`
  })
  const texts = [...owners].map(([text, names]) => `${names.join('\n')}\n\n${text}`)
  return `${[`${of} holds code of these packages:\n\n${list.join('\n')}`, ...texts].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`
}
