import { buildForTests } from '../e2e/build-once.ts'

/** Builds the files that the suites run, into the given folder, for `BUILT_FOR_TESTS`. */
const [folder] = process.argv.slice(2)
if (folder === undefined) throw new RangeError('usage: build-for-tests.ts FOLDER')
await buildForTests(folder)
