import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { starters } from '../../src/cli/starters/starters.ts'
import { reportsIn, run } from './built-cli.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stackbridge-init-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

interface Output {
  readonly Value: { readonly 'Fn::GetAtt': readonly string[] }
}

const CLOUDS = starters.map(({ cloud }) => cloud)

describe('stackbridge init', () => {
  it.each(CLOUDS)('writes an event for %s that the sandbox answers with SUCCESS', async (cloud) => {
    const made = await run(['init', cloud, join(folder, 'the new')])
    expect({ code: made.code, stderr: made.stderr }).toEqual({ code: 0, stderr: '' })
    const event = join(folder, 'the new', `${cloud}-create.json`)
    expect(made.stdout).toContain(`stackbridge invoke --sandbox '${event}'`)
    const { code, stdout } = await run(['invoke', '--sandbox', '--json', event])
    expect(reportsIn(stdout).at(-1)).toMatchObject({ type: 'answer', status: 'SUCCESS' })
    expect(code).toBe(0)
  })

  it.each(CLOUDS)(
    'writes a ROS template for %s whose outputs are those of the answer to the event',
    async (cloud) => {
      await run(['init', cloud, folder])
      const template = parse(await readFile(join(folder, `${cloud}.ros.yml`), 'utf8'))
      const { stdout } = await run(['invoke', '--sandbox', '--json', join(folder, `${cloud}-create.json`)])
      const asked = Object.values<Output>(template.Outputs).map(({ Value }) => Value['Fn::GetAtt'])
      const { data } = reportsIn(stdout).at(-1) ?? {}
      const [resource = ''] = Object.keys(template.Resources)
      expect(asked).toEqual(Object.keys(data ?? {}).map((name) => [resource, name]))
      const { Properties } = template.Resources[resource]
      expect(Properties.Timeout).toBe(Properties.Parameters.Timeout)
      expect(template.Parameters).toHaveProperty(Properties.ServiceToken.Ref)
    },
  )

  it('writes no file if one of them exists, unless --force is given', async () => {
    const event = join(folder, 'aws-create.json')
    await writeFile(event, 'mine')
    const refused = await run(['init', 'aws', folder])
    expect(refused.stderr).toBe(`stackbridge: ${event} exists already; use --force to overwrite\n`)
    expect(refused.code).toBe(2)
    expect(await readdir(folder)).toEqual(['aws-create.json'])
    expect(await readFile(event, 'utf8')).toBe('mine')
    expect((await run(['init', 'aws', folder, '--force'])).code).toBe(0)
    expect(await readFile(event, 'utf8')).toContain('Custom::AwsCloudFormationStack')
  })

  it('exits with 2 and one line for an unknown cloud, and for a folder that is a file', async () => {
    const unknown = await run(['init', 'azure', folder])
    expect(unknown.stderr).toMatch(
      /^stackbridge: .*'azure' is invalid.*aws, openstack.*; try stackbridge init --help\n$/,
    )
    await writeFile(join(folder, 'file'), '')
    const noFolder = await run(['init', 'aws', join(folder, 'file')])
    expect(noFolder.stderr).toMatch(/file cannot be written to \(it is a file\); give another folder\n$/)
    expect([unknown.code, noFolder.code]).toEqual([2, 2])
  })
})
