// The least that Node can do: one request, by Node's own client.
import { request } from 'node:http'

request(process.env.BENCH_URL, { method: 'POST' })
  .on('error', () => undefined)
  .end()
