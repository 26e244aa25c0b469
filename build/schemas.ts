import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { schemaFiles } from './json-schemas/schema-files.ts'

/** Writes `schemas/`, and removes files that are no longer generated. */
const folder = 'schemas'
const files = await schemaFiles()
await mkdir(folder, { recursive: true })
for (const name of await readdir(folder)) if (!files.has(name)) await rm(join(folder, name))
for (const [name, text] of files) await writeFile(join(folder, name), text)
