import { beforeEach, describe, expect, it } from 'vitest'
import { Semaphore, type Release } from '../../src/platform/semaphore.ts'
import { FakeClock } from '../fake-clock.ts'

let clock: FakeClock
beforeEach(() => {
  clock = new FakeClock()
})

/** The holders, in the order of their entry. */
function room(places: number, longestMs = 60_000) {
  const semaphore = new Semaphore({ places, longestMs, clock })
  const entered: string[] = []
  const releases = new Map<string, Release>()
  const enter = async (name: string, until?: number): Promise<void> => {
    const leave = await semaphore.enter(until === undefined ? undefined : () => until)
    entered.push(name)
    releases.set(name, leave)
  }
  return {
    semaphore,
    entered,
    enter: (...who: Parameters<typeof enter>) => void enter(...who),
    leave: (name: string) => releases.get(name)?.(),
  }
}

describe('a semaphore', () => {
  it('admits as many as it has places, and the next one when one leaves, in their order', async () => {
    const { semaphore, entered, enter, leave } = room(2)
    for (const name of ['a', 'b', 'c', 'd']) enter(name)
    await clock.advance(0)
    expect(entered).toEqual(['a', 'b'])
    expect(semaphore.waiting).toBe(2)
    leave('b')
    await clock.advance(0)
    expect(entered).toEqual(['a', 'b', 'c'])
    leave('a')
    leave('c')
    await clock.advance(0)
    enter('e')
    await clock.advance(0)
    expect(entered).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(semaphore.waiting).toBe(0)
  })

  it('gives one place for each holder that leaves, however often it calls leave', async () => {
    const { entered, enter, leave } = room(1)
    for (const name of ['a', 'b', 'c']) enter(name)
    await clock.advance(0)
    leave('a')
    leave('a')
    await clock.advance(0)
    leave('a')
    await clock.advance(0)
    expect(entered).toEqual(['a', 'b'])
  })

  it('lets nobody wait longer than allowed, and then reserves no place', async () => {
    const { entered, enter, leave } = room(1)
    enter('a')
    enter('b', clock.now() + 1000)
    enter('c')
    await clock.advance(999)
    expect(entered).toEqual(['a'])
    await clock.advance(1)
    expect(entered).toEqual(['a', 'b'])
    leave('b')
    await clock.advance(0)
    expect(entered).toEqual(['a', 'b'])
    leave('a')
    await clock.advance(0)
    expect(entered).toEqual(['a', 'b', 'c'])
  })

  it('does not let anybody wait whose time is over', async () => {
    const { entered, enter } = room(1)
    enter('a')
    enter('b', clock.now() - 1000)
    await clock.advance(0)
    expect(entered).toEqual(['a', 'b'])
  })

  it('no longer counts a holder that stays too long', async () => {
    const { entered, enter, leave } = room(1, 5000)
    for (const name of ['a', 'b', 'c']) enter(name)
    await clock.advance(5000)
    expect(entered).toEqual(['a', 'b'])
    // Its place was given to another one.
    leave('a')
    await clock.advance(0)
    expect(entered).toEqual(['a', 'b'])
  })

  it('admits all at the end of the process, and leaves no timer', async () => {
    const { semaphore, entered, enter, leave } = room(1)
    for (const name of ['a', 'b', 'c']) enter(name, clock.now() + 60_000)
    await clock.advance(0)
    semaphore.letAllIn()
    await clock.advance(0)
    expect(entered).toEqual(['a', 'b', 'c'])
    leave('a')
    expect(clock.waiting).toEqual([])
  })
})
