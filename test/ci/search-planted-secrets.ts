import { readFileSync } from 'node:fs'
import { plantedIn } from '../planted-secrets.ts'

/** Ends with 1 when a file that is named holds a secret that a test has planted. */
const guilty = process.argv.slice(2).filter((path) => {
  const found = plantedIn(readFileSync(path, 'utf8'))
  if (found.length > 0) console.error(`${path} holds ${String(found.length)} of the planted secrets`)
  return found.length > 0
})
process.exitCode = guilty.length === 0 ? 0 : 1
