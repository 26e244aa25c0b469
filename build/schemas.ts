import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { schemaFiles } from './json-schemas/schema-files.ts'
import { limitsPage } from './limits-page.ts'

/** Writes `schemas/`, and takes away what is no longer made; writes `docs/limits.md`. */
const folder = 'schemas'
const files = await schemaFiles()
await mkdir(folder, { recursive: true })
for (const name of await readdir(folder)) if (!files.has(name)) await rm(join(folder, name))
for (const [name, text] of files) await writeFile(join(folder, name), text)
await writeFile(join('docs', 'limits.md'), await limitsPage())
