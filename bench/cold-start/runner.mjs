// Calls the built function once, as FC's runtime does in a new instance.
const { handler } = await import(process.env.BENCH_ENTRY)
await handler(Buffer.from(process.env.BENCH_EVENT), { function: { timeout: 60 } }).catch(() => undefined)
