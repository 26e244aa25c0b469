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

/** Prefix of the folders' names; vitest.bundle.config.ts recognizes a built file by it. */
const PREFIX = 'stackbridge-built-'

/** Builds `function/`, the zip of it, and the command line. */
export async function buildForTests(folder: string, options: BundleOptions = {}): Promise<void> {
  await Promise.all([bundleFunction(folder, options), bundleCli(folder, options)])
  await writeFile(join(folder, 'stackbridge.zip'), await zipFolder(join(folder, 'function')))
}

export interface Built {
  readonly folder: string
  /** Only this run uses it, and must remove it. */
  readonly isOwn: boolean
}

/**
 * The bundles that the tests run, independent of `dist`: those in the folder `BUILT_FOR_TESTS`, so that several runs of vitest
 * share one build, or else a build for this run.
 */
export async function builtOnce(): Promise<Built> {
  const { BUILT_FOR_TESTS: shared = '' } = process.env
  return shared === '' ? buildNow() : { folder: shared, isOwn: false }
}

/** A build for this run, with the given faults. */
export async function buildNow(options: BundleOptions = {}): Promise<Built> {
  const folder = await mkdtemp(join(tmpdir(), PREFIX))
  await buildForTests(folder, options)
  return { folder, isOwn: true }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { folder, isOwn } = await builtOnce()
  project.provide('built', folder)
  return async () => {
    if (isOwn) await rm(folder, { recursive: true, force: true })
  }
}
