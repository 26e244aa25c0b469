import { writeQuotes } from '../bench/report/write-quotes.ts'

/** Writes the figures of `bench/results.json` into the pages that quote them. `npm run bench` does it, too. */
await writeQuotes()
