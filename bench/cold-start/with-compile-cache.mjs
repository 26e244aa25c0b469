// Loaded before the function: V8 reads code from the cache, and adds what the cache lacks.
import * as nodeModule from 'node:module'

nodeModule.enableCompileCache({ directory: process.env.BENCH_COMPILE_CACHE, portable: true })
process.once('SIGTERM', () => {
  nodeModule.flushCompileCache()
  process.exit()
})
