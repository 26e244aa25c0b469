/**
 * Where the project is kept, such as `https://github.com/OWNER/stackbridge`. It is not set yet. With it go `repository` and
 * `homepage` of package.json, which a test compares with it, and without it nothing is published.
 */
export const PROJECT_ADDRESS: string | undefined = undefined

/** The fields of package.json that name the address; none without one. */
export function addressFields(address: string | undefined): Readonly<Record<string, unknown>> {
  if (address === undefined) return {}
  return {
    repository: { type: 'git', url: `git+${address}.git` },
    homepage: `${address}#readme`,
    bugs: `${address}/issues`,
  }
}
