// Loaded before the function: V8's code comes from the cache, which is also filled where it lacks something.
import * as nodeModule from 'node:module'

nodeModule.enableCompileCache({ directory: process.env.BENCH_COMPILE_CACHE, portable: true })
process.once('SIGTERM', () => {
  nodeModule.flushCompileCache()
  process.exit()
})
