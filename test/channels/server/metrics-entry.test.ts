import { describe, expect, it } from 'vitest'
import type { HttpReply, RequestHead } from '../../../src/channels/http/exchange.ts'
import { createMetricsEntry } from '../../../src/channels/server/metrics-entry.ts'

const metrics = { contentType: 'text/x', text: () => Promise.resolve('stackbridge_operations 1') }

describe('GET /metrics', () => {
  const TOKEN = 'a-token-for-metrics-only'
  const local = { host: '127.0.0.1:8080' }

  async function replyTo(
    head: Partial<RequestHead>,
    options: { readonly tokens?: string[]; readonly servesWithoutToken?: boolean },
  ): Promise<HttpReply> {
    const { tokens = [], servesWithoutToken = false } = options
    const entry = createMetricsEntry({ metrics: metrics, tokens, servesWithoutToken })
    const admission = entry({ method: 'GET', target: '/metrics', headers: local, ...head })
    if (admission.admitted) throw new TypeError('a scrape has no body')
    return admission.reply
  }

  it('sends the text to clients with the token', async () => {
    const headers = { host: 'bridge.example', authorization: `Bearer ${TOKEN}` }
    const { status, headers: replied, body } = await replyTo({ headers }, { tokens: [TOKEN] })
    expect({ status, type: replied['content-type'] }).toEqual({
      status: 200,
      type: 'text/x',
    })
    expect(body).toBe('stackbridge_operations 1')
  })

  it.each([
    { who: 'without a token', headers: local },
    { who: 'with another token', headers: { ...local, authorization: 'Bearer another-token-of-16' } },
    { who: 'with a token in another scheme', headers: { ...local, authorization: `Basic ${TOKEN}` } },
  ])('refuses a client $who if there is one, also from this machine', async ({ headers }) => {
    const { status, body } = await replyTo({ headers }, { tokens: [TOKEN], servesWithoutToken: true })
    expect(status).toBe(401)
    expect(body).not.toContain('stackbridge_')
  })

  it('needs no token from this machine if the server listens only there', async () => {
    expect((await replyTo({}, { servesWithoutToken: true })).status).toBe(200)
    expect((await replyTo({}, { servesWithoutToken: false })).status).toBe(401)
  })

  it.each([
    { host: 'bridge.example' },
    { ...local, 'x-forwarded-for': '203.0.113.9' },
    { ...local, origin: 'https://page.example' },
  ])('refuses a proxy and a page in a browser without a token: %o', async (headers) => {
    expect((await replyTo({ headers }, { servesWithoutToken: true })).status).toBe(401)
  })

  it('refuses other methods', async () => {
    expect((await replyTo({ method: 'POST' }, { servesWithoutToken: true })).status).toBe(405)
  })
})
