import { describe, expect, it } from 'vitest'
import type { Report } from '../../../src/cli/report.ts'
import { StackWatcher } from '../../../src/cli/watch/stack-watcher.ts'
import { Secrets } from '../../../src/platform/secrets.ts'
import { CloudError, type StackSession } from '../../../src/providers/provider.ts'
import { ModelCloud } from '../../bridge/model-cloud.ts'
import { FakeClock } from '../../fake-clock.ts'

const ref = { id: 'id', name: 'one' }
const started = {
  step: 'news',
  news: { of: 'create', outcome: { outcome: 'started', watch: { kind: 'create', stack: ref, marker: {} } } },
} as const

function watching(events: StackSession['events']) {
  const clock = new FakeClock()
  const reports: Report[] = []
  const renderer = { report: (report: Report) => void reports.push(report), close: () => undefined }
  const watcher = new StackWatcher({ renderer, clock, intervalMs: 1000, customResource: 'A' })
  watcher.opened(
    { ...new ModelCloud(clock).session({ owner: 'us', requestId: 'r', name: 'one' }), events },
    'model',
    new Secrets(),
  )
  watcher.progress(started)
  return { watcher, reports }
}

describe('a watcher of an operation', () => {
  it('gets no error from a read of events that the end of the operation interrupted', async () => {
    let cut: (error: Error) => void = () => undefined
    let reads = 0
    const { watcher, reports } = watching(() => {
      reads += 1
      return reads === 1 ? new Promise((_, reject) => (cut = reject)) : Promise.resolve([])
    })
    watcher.answering()
    cut(new CloudError('unavailable', 'Request aborted'))
    await watcher.finish()
    expect(reads).toBe(2)
    expect(reports.filter(({ type }) => type === 'trouble')).toEqual([])
  })

  it('gets the error of an earlier read, and of the last one', async () => {
    const failure = new CloudError('unavailable', 'no answer')
    const { watcher, reports } = watching(() => Promise.reject(failure))
    await Promise.resolve()
    await watcher.finish()
    expect(reports.some((report) => report.type === 'trouble' && report.message === 'no answer')).toBe(true)
  })
})
