import * as v from 'valibot'

/**
 * The figures that other pages quote. `npm run bench` writes them to `bench/results.json`, beside the page, and
 * `npm run figures` writes them into the pages.
 */

const cost = v.object({ calls: v.number(), lateS: v.number() })

/** What Function Compute bills for one stack; seconds, and the part of the article's cost. */
const bill = v.object({ calls: v.number(), seconds: v.number(), withNetworkS: v.number(), share: v.number() })

export const quotedFiguresSchema = v.object({
  /** The circumstances of the run: the date as YYYY-MM-DD, the processor's cores and name, and the version of Node. */
  run: v.object({ date: v.string(), cores: v.number(), processor: v.string(), node: v.string() }),
  /** Milliseconds from the start of a process to its first request. */
  coldStart: v.object({
    articleMs: v.number(),
    bridgeMs: v.number(),
    otherNodes: v.array(v.object({ node: v.string(), bridgeMs: v.number() })),
  }),
  /** By the stack's seconds. */
  polling: v.array(v.object({ stackS: v.number(), bridge: cost, every3: cost, every30: cost })),
  /** Calls, seconds late and their sum, in the order of the table's columns. */
  lastDuration: v.array(
    v.object({
      schedule: v.string(),
      scores: v.array(v.object({ calls: v.number(), lateS: v.number(), sum: v.number() })),
    }),
  ),
  /** By the stack's minutes. */
  billed: v.array(v.object({ minutes: v.number(), articleS: v.number(), bridge: bill })),
  /** Resident megabytes of one process with 100 stacks at once. */
  memory: v.object({ articleMb: v.number(), bridgeMb: v.number() }),
})

export type QuotedFigures = v.InferOutput<typeof quotedFiguresSchema>
