import { parseArgs } from 'node:util'
import { growthOf, type Growth, type Lengths } from './growth.ts'
import { hardTexts, write, type HardText } from './hard-texts.ts'
import { costsOfLargestEvents } from './largest-events.ts'
import { patternsOfProduct, type Pattern } from './patterns.ts'
import { SCANNERS, textsOf } from './scanners.ts'
import { DYNAMIC_PATTERNS } from './dynamic-patterns.ts'

/**
 * Checks that each regular expression and scanner of the product takes linear time, and that the largest events stay within a
 * limit. `npm run bench:scans`, or `-- --from 8192 --to 65536 --only src/platform`; exits with 1 if a check fails.
 */

const MOST_MS_AN_EVENT = 1000

const { values } = parseArgs({
  options: {
    /** Lengths of the short and the long text, characters. */
    from: { type: 'string', default: String(64 * 1024) },
    to: { type: 'string', default: String(512 * 1024) },
    /** The start of the place or of the scanner's name. */
    only: { type: 'string', default: '' },
  },
})
const lengths: Lengths = { from: Number(values.from), to: Number(values.to) }
const isSelected = (name: string): boolean => name.startsWith(values.only)
let failures = 0

const { patterns, dynamic } = patternsOfProduct()
for (const place of dynamic) {
  const file = place.slice(0, place.lastIndexOf(':'))
  if (DYNAMIC_PATTERNS.some((known) => known.file === file)) continue
  console.log(`UNKNOWN      ${place} builds a RegExp at run time; add it to dynamic-patterns.ts`)
  failures += 1
}
for (const pattern of patterns.filter(({ place }) => isSelected(place))) {
  const run = runOf(pattern)
  report(
    `${pattern.place} /${pattern.source}/${pattern.flags}`,
    hardTexts(pattern),
    (text) => () => run(text),
  )
}
for (const scanner of SCANNERS.filter(({ name }) => isSelected(name)))
  report(scanner.name, textsOf(scanner), scanner.run)
if (isSelected('event'))
  for (const { shape, bytes, ms } of await costsOfLargestEvents()) {
    const isCheap = ms <= MOST_MS_AN_EVENT
    if (!isCheap) failures += 1
    console.log(
      `${isCheap ? 'cheap       ' : 'EXPENSIVE   '} ${ms.toFixed(0).padStart(6)} ms  event of ${String(bytes)} bytes: ${shape}`,
    )
  }
console.log(failures === 0 ? 'all linear' : `${String(failures)} failed`)
process.exitCode = failures === 0 ? 0 : 1

function report(name: string, texts: readonly HardText[], run: (text: string) => () => unknown): void {
  let worst: { readonly growth: Growth; readonly text: HardText } | undefined
  for (const text of texts) {
    const growth = growthOf((length) => run(write(text, length)), lengths)
    if (worst === undefined || isWorse(growth, worst.growth)) worst = { growth, text }
    if (!growth.isLinear) break
  }
  if (worst === undefined) return
  const { growth, text } = worst
  if (!growth.isLinear) failures += 1
  const long = growth.longMs === undefined ? 'too long' : `${growth.longMs.toFixed(1)} ms`
  console.log(
    `${growth.isLinear ? 'linear      ' : 'SUPER-LINEAR'} ${growth.shortMs.toFixed(1).padStart(8)} ms -> ${long.padStart(10)}  ${name}`,
  )
  if (!growth.isLinear) console.log(`             with ${JSON.stringify(text)}`)
}

function isWorse(one: Growth, other: Growth): boolean {
  if (one.isLinear !== other.isLinear) return other.isLinear
  return (one.longMs ?? Number.POSITIVE_INFINITY) > (other.longMs ?? Number.POSITIVE_INFINITY)
}

function runOf({ source, flags, use }: Pattern): (text: string) => unknown {
  const pattern = new RegExp(source, flags)
  switch (use) {
    case 'test':
      return (text) => pattern.test(text)
    case 'split':
      return (text) => text.split(pattern)
    case 'replace':
      pattern.lastIndex = 0
      return (text) => text.replace(pattern, '')
  }
}
