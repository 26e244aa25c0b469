import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

/** The oldest Node for development, as in CONTRIBUTING.md. */
const [MAJOR, MINOR] = [20, 19]

interface Locked {
  readonly packages: Readonly<Record<string, { readonly engines?: { readonly node?: string } }>>
}

/** One of the forms in which packages specify Node's versions. */
function accepts(range: string): boolean {
  return range.split('||').some((part) => {
    const [, sign = '', major = '', minor = '0'] = /^\s*(>=?|\^|~)?\s*v?(\d+)(?:\.(\d+))?/.exec(part) ?? []
    if (part.trim() === '*' || part.trim() === '') return true
    if (major === '') return false
    if (sign.startsWith('>'))
      return Number(major) < MAJOR || (Number(major) === MAJOR && Number(minor) <= MINOR)
    return Number(major) === MAJOR && Number(minor) <= MINOR
  })
}

describe('npm ci', () => {
  it('has no package that needs a newer Node', async () => {
    const lock = await readFile(join(import.meta.dirname, '../../package-lock.json'), 'utf8')
    const { packages } = JSON.parse(lock) as Locked
    const refusing = Object.entries(packages).filter(([, { engines }]) => !accepts(engines?.node ?? '*'))
    expect(refusing.map(([name, { engines }]) => `${name} ${engines?.node ?? ''}`)).toEqual([])
  })
})
