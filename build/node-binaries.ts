import { hasNodeBinaries, nodeBinary, NODE_VERSIONS } from './node-binary.ts'

/** Prints the paths of the node binaries that the bundle must run on, separated by colons. Fetches missing ones. */

if (!hasNodeBinaries)
  throw new Error(
    'The binaries exist for Linux on x64 only; on this machine, run the tests without BUNDLE_NODE',
  )
const paths: string[] = []
for (const version of NODE_VERSIONS) paths.push(await nodeBinary(version))
console.log(paths.join(':'))
