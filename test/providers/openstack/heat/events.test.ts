import { describe, expect, it } from 'vitest'
import { readEvents } from '../../../../src/providers/openstack/heat/events.ts'

const PAGE = 200
const page = Array.from({ length: PAGE }, (_, index) => ({
  id: String(index),
  event_time: '2026-01-01T00:00:00Z',
  links: [],
}))

describe('the events of a Heat stack', () => {
  it('are not read further if a proxy or Heat returns the same page for each marker', async () => {
    const markers: (string | undefined)[] = []
    let wasCut = false
    const client = {
      events: (_: unknown, { marker }: { readonly marker?: string }) => {
        markers.push(marker)
        return Promise.resolve(page)
      },
    }
    await readEvents(client, { name: 'n', id: 'i' }, () => false, {
      onLimit: () => {
        wasCut = true
      },
    })
    expect(markers).toEqual([undefined, '199'])
    expect(wasCut).toBe(true)
  })
})
