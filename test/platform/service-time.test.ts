import { afterEach, describe, expect, it } from 'vitest'
import { createNetwork, type Network } from '../../src/platform/network.ts'
import { inServiceTime } from '../../src/platform/service-time.ts'
import { FakeClock } from '../fake-clock.ts'

const networks: Network[] = []
afterEach(async () => {
  await Promise.all(networks.splice(0).map((one) => one.close()))
})

const HOUR_MS = 3_600_000

/** A service that refuses a time which is 15 minutes off its own; `ahead`: by how much this machine's clock is behind it. */
function service(ahead: number, dateOf = (now: number): string | undefined => new Date(now).toUTCString()) {
  const network = createNetwork({ allowPrivateAddresses: true, intranetCallbackRanges: [] })
  networks.push(network)
  const clock = new FakeClock()
  const signedAt: number[] = []
  const ask = () =>
    inServiceTime({
      network,
      clock,
      service: 'cloud.example',
      send: (now) => {
        signedAt.push(now)
        const own = clock.now() + ahead
        const refused = Math.abs(own - now) > HOUR_MS / 4
        return Promise.resolve(refused ? { refused, date: dateOf(own) } : { refused, date: undefined })
      },
      refusedAt: ({ date }) => date,
    })
  return { ask, clock, signedAt }
}

describe('a request that is signed with the time', () => {
  it.each([HOUR_MS, -HOUR_MS, 400 * 24 * HOUR_MS])(
    'is sent once more with the time of the service, which later requests have at once: %d ms',
    async (ahead) => {
      const { ask, clock, signedAt } = service(ahead)
      expect(await ask()).toMatchObject({ refused: false })
      expect(signedAt).toHaveLength(2)
      await clock.advance(HOUR_MS)
      expect(await ask()).toMatchObject({ refused: false })
      expect(signedAt).toHaveLength(3)
    },
  )

  it('is sent once if the clocks agree', async () => {
    const { ask, signedAt } = service(0)
    expect(await ask()).toMatchObject({ refused: false })
    expect(signedAt).toHaveLength(1)
  })

  it.each([
    ['no Date', () => undefined],
    ['a Date that is none', () => 'yesterday'],
    ['the Date of this machine', (now: number) => new Date(now - HOUR_MS).toUTCString()],
  ])('is refused at once if the answer has %s', async (_, dateOf) => {
    const { ask, signedAt } = service(HOUR_MS, dateOf)
    expect(await ask()).toMatchObject({ refused: true })
    expect(signedAt).toHaveLength(1)
  })

  it('is sent twice at most, so that no key is locked for its wrong signatures', async () => {
    const { ask, signedAt } = service(HOUR_MS, (now) => new Date(now + 5 * HOUR_MS).toUTCString())
    expect(await ask()).toMatchObject({ refused: true })
    expect(signedAt).toHaveLength(2)
  })
})
