import { readFileSync } from 'node:fs'
import { plantedIn } from '../planted-secrets.ts'

/** Exits with 1 if a given file contains a secret that a test has planted. */
const pathsWithSecrets = process.argv.slice(2).filter((path) => {
  const found = plantedIn(readFileSync(path, 'utf8'))
  if (found.length > 0) console.error(`${path} holds ${String(found.length)} of the planted secrets`)
  return found.length > 0
})
process.exitCode = pathsWithSecrets.length === 0 ? 0 : 1
