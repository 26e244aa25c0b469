// The lower bound for Node: one request with Node's own client.
import { request } from 'node:http'

request(process.env.BENCH_URL, { method: 'POST' })
  .on('error', () => undefined)
  .end()
