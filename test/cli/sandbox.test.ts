import { spawn, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:http'
import { createInterface } from 'node:readline'
import { afterEach, describe, expect, it } from 'vitest'
import { listen } from '../../src/sandbox/loopback-server.ts'
import { CLI, example, reportsIn, run } from './built-cli.ts'
import { readFile } from 'node:fs/promises'

let sandbox: ChildProcess | undefined
afterEach(() => void sandbox?.kill('SIGKILL'))

/** A sandbox in a separate process; `next` returns its next report. */
function startSandbox(args: readonly string[] = []) {
  const child = spawn(process.execPath, [CLI, 'sandbox', '--json', ...args], {
    env: { PATH: process.env['PATH'] ?? '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  sandbox = child
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => {
    const { value } = await lines.next()
    return JSON.parse(String(value)) as Record<string, unknown>
  }
  const services = async () => {
    const reports = [await next(), await next(), await next(), await next(), await next()]
    const named = (service: string) => reports.find((report) => report['service'] === service) ?? {}
    return { aws: named('aws'), openstack: named('openstack'), ros: named('ros') }
  }
  const ended = new Promise((resolve) => child.on('exit', resolve))
  return { child, next, services, ended }
}

function environmentIn(report: Record<string, unknown>): Record<string, string> {
  return report['environment'] as Record<string, string>
}

describe('stackbridge sandbox', () => {
  it('keeps a stack between commands that use its printed environment, and exits with 0 on Ctrl-C', async () => {
    const { child, next, services, ended } = startSandbox()
    const { aws: service, ros } = await services()
    const aws = environmentIn(service)
    const { StackName, ResourceProperties } = JSON.parse(
      await readFile(example('aws/cloudformation/create.json'), 'utf8'),
    )
    // Keys in the properties would take precedence over the environment.
    const { Stack } = ResourceProperties
    const event = { StackName, ResponseURL: ros['url'], ResourceProperties: { Stack } }
    const created = await run(['invoke', '-'], JSON.stringify(event), aws)
    expect({ code: created.code, stderr: created.stderr }).toEqual({ code: 0, stderr: '' })
    const answer = await next()
    expect(answer).toMatchObject({ type: 'answer', status: 'SUCCESS', violations: [] })
    const id = String(answer['physicalResourceId'])
    const watched = await run(['watch', '--json', '--id', id], '', aws)
    expect(reportsIn(watched.stdout).at(-1)).toMatchObject({ outcome: 'succeeded', stackId: id })
    child.kill('SIGINT')
    expect(await ended).toBe(0)
  })

  it('has an OpenStack that accepts the printed environment', async () => {
    const { services } = startSandbox()
    const openstack = environmentIn((await services()).openstack)
    const { code, stdout } = await run(['doctor', '--type', 'Custom::HeatStack'], '', openstack)
    expect(stdout).toMatch(/^ok +stack show/m)
    expect(code).toBe(0)
  })

  it('reports an answer that ROS would not accept', async () => {
    const { next, services } = startSandbox()
    const { ros } = await services()
    await fetch(String(ros['url']), { method: 'POST', body: '{"Status":"DONE"}' })
    expect(await next()).toMatchObject({
      type: 'trouble',
      message: expect.stringContaining('not a valid answer to ROS'),
    })
  })

  it('names a port that is in use, and leaves no server running', async () => {
    const other = await listen(createServer())
    const { port } = new URL(other.url)
    for (const service of ['aws', 'openstack', 'huawei', 'aliyun', 'ros']) {
      const { code, stderr } = await run(['sandbox', '--ports', `${service}=${port}`])
      expect(stderr).toBe(
        `stackbridge: port ${port} cannot be used (EADDRINUSE); choose another with --ports\n`,
      )
      expect(code).toBe(2)
    }
    await other.close()
  })

  it.each(['aws', 'azure=80', 'aws=0', 'aws=70000'])('refuses the ports %s', async (ports) => {
    const { code, stderr } = await run(['sandbox', '--ports', ports])
    expect(stderr).toMatch(
      /Give service=port, for example aws=4566; services: aws, openstack, huawei, aliyun, ros; ports: 1 to 65535; try/,
    )
    expect(code).toBe(2)
  })
})
