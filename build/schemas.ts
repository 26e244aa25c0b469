import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { root } from './bundle.ts'
import { schemaFiles } from './json-schemas/schema-files.ts'
import { limitsPage } from './limits-page.ts'
import { propertyPages } from './property-pages.ts'
import { settingsPage } from './settings-page.ts'

/**
 * Writes `schemas/` and the generated pages of `docs/` of this repository, in whichever folder it is called, and removes
 * schemas that are no longer generated.
 */
async function writeSchemas(): Promise<void> {
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
  const pages = new Map([
    ...(await propertyPages()),
    ['limits.md', await limitsPage()],
    ['settings.md', await settingsPage()],
  ])
  for (const [name, text] of pages) await writeIfChanged(join(root, 'docs', name), text)
}

/** A page that is as it should be is left alone: it is read by tests while another process builds. */
async function writeIfChanged(path: string, text: string): Promise<void> {
  const former = await readFile(path, 'utf8').catch(() => undefined)
  if (former !== text) await writeFile(path, text)
}

await writeSchemas()
