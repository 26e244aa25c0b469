import { runHistory, planNamed } from './run-history.ts'

/** Runs histories by their names and prints all effects: `npx tsx test/chaos/real-providers/replay.ts 'NAME'`. */
for (const name of process.argv.slice(2)) {
  const started = performance.now()
  const { effects, logged, violations } = await runHistory(planNamed(name))
  console.log(`${name}: ${String(Math.round(performance.now() - started))} ms`)
  for (const { name: what, at, process: number, status, fault } of effects)
    console.log(
      `  ${(at / 1000).toFixed(1)} s, process ${String(number)}: ${what} ${String(status ?? '')} ${fault ?? ''}`,
    )
  if (process.env['CHAOS_LOG'] === 'on') for (const line of logged) console.log(`  ${line}`)
  console.log(
    violations.length === 0 ? '  no violation' : violations.map((one) => `  VIOLATION: ${one}`).join('\n'),
  )
}
