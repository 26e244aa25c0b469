import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { CertificateStore } from '../../../src/channels/mns/certificate-store.ts'
import { createNetwork } from '../../../src/platform/network.ts'
import { listen } from '../../../src/sandbox/loopback-server.ts'
import { FakeClock } from '../../fake-clock.ts'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

async function store(answer: (response: ServerResponse) => void) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    answer(response)
  })
  const listening = await listen(server)
  const clock = new FakeClock()
  const network = createNetwork({ allowPrivateAddresses: true, intranetCallbackRanges: [], clock })
  open.push(listening, network)
  return {
    asked,
    server,
    clock,
    certificates: new CertificateStore({ network, clock }),
    at: (path: string) => new URL(path, listening.url),
  }
}

describe("MNS's certificates", () => {
  it('are not read beyond the size limit', async () => {
    const { server, certificates, at } = await store((response) => {
      const drip = () => {
        if (!response.destroyed) response.write(Buffer.alloc(16_384), () => setImmediate(drip))
      }
      drip()
    })
    const closed = once(server, 'connection').then(([socket]) => once(socket, 'close'))
    await expect(certificates.keyAt(at('/endless.pem'))).rejects.toThrow('exceeded max size')
    await closed
  })

  it('time out after five seconds, and their connection is closed', async () => {
    const { server, clock, certificates, at } = await store((response) => void response.write('x'))
    const closed = once(server, 'connection').then(([socket]) => once(socket, 'close'))
    const asked = certificates.keyAt(at('/slow.pem'))
    const failed = expect(asked).rejects.toThrow('no complete answer within 5 s')
    await once(server, 'request')
    await clock.advance(5000)
    await failed
    await closed
  })

  it('are fetched at most eight times a minute, whatever URLs clients send', async () => {
    const { clock, certificates, asked, at } = await store((response) => void response.writeHead(404).end())
    for (let number = 0; number < 20; number += 1)
      await expect(certificates.keyAt(at(`/${String(number)}.pem`))).rejects.toThrow()
    expect(asked).toHaveLength(8)
    await clock.advance(60_000)
    await expect(certificates.keyAt(at('/later.pem'))).rejects.toThrow('HTTP 404')
    expect(asked).toHaveLength(9)
  })
})
