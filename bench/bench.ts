import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { format, resolveConfig } from 'prettier'
import { measureBundle } from './bundle/bundle.ts'
import { circumstances, runOf } from './circumstances.ts'
import { measureColdStart } from './cold-start/cold-start.ts'
import { measureCost } from './cost/cost.ts'
import { measurePolling } from './polling/polling.ts'
import { renderPage, renderSection } from './report/page.ts'
import type { QuotedFigures } from './report/quoted-figures.ts'
import type { Section } from './report/section.ts'
import { writeFigures, writeQuotes } from './report/write-quotes.ts'
import { measureScale } from './scale/scale.ts'
import { measureServe } from './serve/serve.ts'

/**
 * Measures the cost and the speed of the bridge. `npm run bench` measures all parts and writes `bench/results.md`, its
 * plots, `bench/results.json` and the figures that other pages quote. With names of parts (`npm run bench -- polling`) it prints only those and writes nothing.
 */

const PARTS: Readonly<Record<string, () => Section | Promise<Section>>> = {
  'cold-start': measureColdStart,
  polling: measurePolling,
  cost: measureCost,
  scale: measureScale,
  server: () => measureServe(),
  bundle: measureBundle,
}

// Disables the AWS SDK's warning about Node 20, as the handlers do.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true'

const MARKDOWN = { parser: 'markdown', proseWrap: 'always', printWidth: 120 } as const
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const selected = process.argv.slice(2)
const unknown = selected.filter((name) => !(name in PARTS))
if (unknown.length > 0)
  throw new Error(`Unknown part: ${unknown.join(', ')}; the parts are ${Object.keys(PARTS).join(', ')}`)

const sections: Section[] = []
const startedAt = performance.now()
for (const [name, measure] of Object.entries(PARTS)) {
  if (selected.length > 0 && !selected.includes(name)) continue
  const from = performance.now()
  const section = await measure()
  console.error(`${section.title}: measured in ${((performance.now() - from) / 1000).toFixed(0)} s`)
  for (const { aim, measured, met } of section.aims)
    console.error(`  ${met ? 'met    ' : 'NOT MET'} ${aim}: ${measured}`)
  sections.push(section)
}

if (selected.length > 0) console.log(sections.flatMap(renderSection).join('\n\n'))
else await writeResults()

async function writeResults(): Promise<void> {
  const page = renderPage(sections, circumstances(performance.now() - startedAt))
  const file = here('results.md')
  await mkdir(here('plots'), { recursive: true })
  await writeFile(file, await format(page, { ...(await resolveConfig(file)), ...MARKDOWN }))
  for (const [name, svg] of sections.flatMap(({ plots }) => Object.entries(plots)))
    await writeFile(here(`plots/${name}.svg`), svg)
  const figures = sections.reduce<Partial<QuotedFigures>>((all, { quoted }) => ({ ...all, ...quoted }), {
    run: runOf(),
  })
  await writeFigures(figures)
  await writeQuotes()
}
