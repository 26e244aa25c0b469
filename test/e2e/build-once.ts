import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { bundleCli, bundleFunction } from '../../build/bundle.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A folder with `function/` and `cli.mjs`, built from the sources under test. */
    built: string
  }
}

/** Builds the bundles that the end-to-end tests run, once for the whole run and beside whatever is in `dist`. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'stackbridge-built-'))
  await Promise.all([bundleFunction(folder), bundleCli(folder)])
  project.provide('built', folder)
  return () => rm(folder, { recursive: true, force: true })
}
