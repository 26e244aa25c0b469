import type { Server } from 'node:http'
import { BlockList, isIPv6 } from 'node:net'
import type { Settings } from '../../platform/settings.ts'

/** `host`: an IP address. */
export function isLoopback(host: string): boolean {
  const loopback = new BlockList()
  loopback.addSubnet('127.0.0.0', 8)
  loopback.addAddress('::1', 'ipv6')
  return loopback.check(host, isIPv6(host) ? 'ipv6' : 'ipv4')
}

/** Resolves with the server's URL; port 0 picks a free port. Rejects with the error of `listen`. */
export function listenAt(server: Server, { host, port }: Settings['listen']): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.removeListener('error', reject)
      const address = server.address()
      if (address === null || typeof address === 'string') throw new TypeError('The server has no port')
      resolve(`http://${isIPv6(host) ? `[${host}]` : host}:${String(address.port)}`)
    })
  })
}
