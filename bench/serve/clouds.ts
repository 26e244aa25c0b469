import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { CloudsOrder, CloudsReport } from '../scale/messages.ts'

export type Ready = Extract<CloudsReport, { report: 'ready' }>

/** CloudFormation and ROS's ResponseURL in a separate process: see `scale/clouds-process.ts`. */
export interface Clouds {
  readonly ready: Ready
  /** Resolves when this many stacks have been started. */
  started(stacks: number): Promise<void>
  /** Completes all stacks, and resolves when this many different events have been answered. */
  settle(answers: number): Promise<Extract<CloudsReport, { report: 'answered' }>>
  stop(): void
}

export async function startClouds(): Promise<Clouds> {
  const program = fileURLToPath(new URL('../scale/clouds-process.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', program], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const report = (desired: CloudsReport['report']): Promise<CloudsReport> =>
    new Promise((resolve, reject) => {
      const onMessage = (message: CloudsReport): void => {
        if (message.report !== desired) return
        child.off('message', onMessage)
        child.off('exit', onExit)
        resolve(message)
      }
      const onExit = (): void => void reject(new Error('the process of the clouds ended early'))
      child.on('message', onMessage)
      child.once('exit', onExit)
    })
  const order = (what: CloudsOrder, desired: CloudsReport['report']): Promise<CloudsReport> => {
    const reported = report(desired)
    child.send(what)
    return reported
  }
  const ready = await report('ready')
  if (ready.report !== 'ready') throw new TypeError('the clouds said something else first')
  return {
    ready,
    async started(stacks) {
      await order({ order: 'report-when-started', stacks }, 'started')
    },
    async settle(answers) {
      const answered = await order({ order: 'settle', answers }, 'answered')
      if (answered.report !== 'answered') throw new TypeError('the clouds said something else')
      return answered
    },
    stop() {
      child.kill('SIGKILL')
    },
  }
}
