import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { root } from './bundle.ts'
import { schemaFiles } from './json-schemas/schema-files.ts'
import { limitsPage } from './limits-page.ts'
import { settingsPage } from './settings-page.ts'

/**
 * Writes `schemas/`, `docs/limits.md` and `docs/settings.md` of this repository, in whichever folder it is called, and removes
 * schemas that are no longer generated.
 */
export async function writeSchemas(): Promise<void> {
  const folder = join(root, 'schemas')
  const files = await schemaFiles()
  await mkdir(folder, { recursive: true })
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const name = path.slice(folder.length + 1).replaceAll(sep, '/')
    if (entry.isFile() && !files.has(name)) await rm(path)
  }
  for (const [name, text] of files) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  await writeFile(join(root, 'docs', 'limits.md'), await limitsPage())
  await writeFile(join(root, 'docs', 'settings.md'), await settingsPage())
}
