import { addressFields } from './project-address.ts'

export interface Release {
  /** The tag, such as `v0.1.0`. */
  readonly tag: string
  /** The address of the repository that publishes. */
  readonly publishedFrom: string
  /** The address that the project gives itself; `undefined` while it has none. */
  readonly projectAddress: string | undefined
  readonly packageJson: Readonly<Record<string, unknown>>
  readonly changelog: string
}

/** Why a release must not be published; empty if it may. */
export function releaseProblems(release: Release): readonly string[] {
  const { tag, publishedFrom, projectAddress, packageJson, changelog } = release
  const version = String(packageJson['version'])
  return [
    ...(tag === `v${version}` ? [] : [`the tag is ${tag}, and package.json has ${version}`]),
    ...(changelogSection(changelog, version) === undefined
      ? [`CHANGELOG.md has no section "## ${version}"`]
      : []),
    ...(packageJson['private'] === true ? ['package.json is private'] : []),
    ...addressProblems(projectAddress, publishedFrom, packageJson),
  ]
}

function addressProblems(
  address: string | undefined,
  publishedFrom: string,
  packageJson: Readonly<Record<string, unknown>>,
): readonly string[] {
  if (address === undefined)
    return ['the project has no address: set PROJECT_ADDRESS in build/project-address.ts']
  if (address !== publishedFrom)
    return [`the project's address is ${address}, and this is published from ${publishedFrom}`]
  return Object.entries(addressFields(address)).flatMap(([field, value]) =>
    JSON.stringify(packageJson[field]) === JSON.stringify(value)
      ? []
      : [`${field} of package.json must be ${JSON.stringify(value)}`],
  )
}

/** The text of a version's section of the changelog; `undefined` if there is none. */
export function changelogSection(changelog: string, version: string): string | undefined {
  const [, ...sections] = changelog.split(/^## /m)
  const section = sections.find((one) => one.split(/\s/, 1)[0] === version)
  return section?.slice(section.indexOf('\n')).trim()
}
