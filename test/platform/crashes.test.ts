import { EventEmitter } from 'node:events'
import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { catchCrashes } from '../../src/platform/crashes.ts'

/** Work that listens until it is released. */
function work() {
  const heard: unknown[] = []
  let end: () => void = () => undefined
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  return {
    heard,
    end: () => end(),
    run: async (crashes: { listen(listener: (error: unknown) => void): () => void }) => {
      crashes.listen((error) => heard.push(error))
      await ended
    },
  }
}

describe('an uncaught error', () => {
  it('is passed to the only work in progress', async () => {
    const source = new EventEmitter()
    const stray: unknown[] = []
    const catcher = catchCrashes(source, (error) => stray.push(error))
    const one = work()
    const running = catcher.watch(one.run)
    source.emit('uncaughtException', 'a')
    source.emit('unhandledRejection', 'b')
    one.end()
    await running
    expect(one.heard).toEqual(['a', 'b'])
    source.emit('uncaughtException', 'c')
    expect(one.heard).toEqual(['a', 'b'])
    expect(stray).toEqual(['c'])
  })

  it('is passed to the work that caused it, if several are in progress', async () => {
    const source = new EventEmitter()
    const catcher = catchCrashes(source, () => undefined)
    const [one, other] = [work(), work()]
    const running = [
      catcher.watch(one.run),
      catcher.watch(async (crashes) => {
        const rest = other.run(crashes)
        await turn()
        source.emit('unhandledRejection', 'from the other')
        await rest
      }),
    ]
    await turn()
    await turn()
    one.end()
    other.end()
    await Promise.all(running)
    expect(one.heard).toEqual([])
    expect(other.heard).toEqual(['from the other'])
  })

  it('is passed to no work if several are in progress and none caused it', async () => {
    const source = new EventEmitter()
    const stray: unknown[] = []
    const catcher = catchCrashes(source, (error) => stray.push(error))
    const [one, other] = [work(), work()]
    const running = [catcher.watch(one.run), catcher.watch(other.run)]
    source.emit('uncaughtException', 'whose?')
    one.end()
    other.end()
    await Promise.all(running)
    expect([...one.heard, ...other.heard]).toEqual([])
    expect(stray).toEqual(['whose?'])
  })
})
