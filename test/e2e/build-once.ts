import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { bundleCli, bundleFunction, type BundleOptions } from '../../build/bundle.ts'
import { zipFolder } from '../../build/zip.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A folder with `function/`, `stackbridge.zip` and `cli.mjs`, built from the sources under test. */
    built: string
  }
}

/** Writes `function/`, the zip of it, and the command line. */
export async function buildForTests(folder: string, options: BundleOptions = {}): Promise<void> {
  await Promise.all([bundleFunction(folder, options), bundleCli(folder, options)])
  await writeFile(join(folder, 'stackbridge.zip'), await zipFolder(join(folder, 'function')))
}

/** Builds the bundles that the end-to-end tests run, once for the whole run and beside whatever is in `dist`. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'stackbridge-built-'))
  await buildForTests(folder)
  project.provide('built', folder)
  return () => rm(folder, { recursive: true, force: true })
}
