import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CLOUDS } from './clouds.ts'
import { labelOf, opened } from './hop-by-hop.ts'
import { recordJournals } from './record-journal.ts'
import { runScenario } from './run-scenario.ts'
import { SCENARIOS } from './scenarios.ts'

/** Writes the continuations of this version to a folder: `npx tsx test/compatibility/record.ts test/fixtures/<version>`. */
const [, , folder = 'test/fixtures/next'] = process.argv
mkdirSync(join(folder, 'continuations'), { recursive: true })
for (const provider of Object.keys(CLOUDS)) {
  const seen = new Set<string>()
  const lines: string[] = []
  for (const scenario of Object.keys(SCENARIOS)) {
    const { answers } = await runScenario(provider, scenario, (payload) => {
      const label = labelOf(opened(payload))
      if (!seen.has(label))
        lines.push(JSON.stringify({ label, scenario, payload: Buffer.from(payload).toString() }))
      seen.add(label)
      return payload
    })
    lines.push(JSON.stringify({ scenario, statuses: answers.map(({ Status }) => Status) }))
  }
  writeFileSync(join(folder, 'continuations', `${provider}.jsonl`), `${lines.join('\n')}\n`)
}
await recordJournals(folder)
process.exit(0)
