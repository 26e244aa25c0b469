import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }

/** Each test file belongs to a configuration, and CI runs each configuration. */

const root = join(import.meta.dirname, '../..')
/** Runs files of other configurations again, on the bundle, and files of its own. */
const AGAIN = 'vitest.bundle.config.ts'

/** The test files that vitest runs with a configuration. */
async function filesOf(config: string): Promise<string[]> {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const args = [vitest, 'list', '--filesOnly', '--json', '--config', config]
  // The bundle exists already.
  const env = { ...process.env, BUILT_FOR_TESTS: inject('built') }
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, env })
  const listed: readonly { file: string }[] = JSON.parse(stdout)
  return listed.map(({ file }) => file)
}

describe('the configurations of vitest', () => {
  let configs: string[]
  beforeAll(async () => {
    configs = (await readdir(root)).filter((name) => /^vitest\..*config\.ts$/.test(name))
  })

  it('run each test file in exactly one of them, except for those that run on the bundle again', async () => {
    const listed = await Promise.all(configs.filter((name) => name !== AGAIN).map(filesOf))
    const names = await readdir(join(root, 'test'), { recursive: true })
    const written = names.filter((name) => name.endsWith('.test.ts')).map((name) => join(root, 'test', name))
    const inOthers = new Set(listed.flat())
    const onBundleOnly = (await filesOf(AGAIN)).filter((file) => !inOthers.has(file))
    expect([...listed.flat(), ...onBundleOnly].sort()).toEqual(written.sort())
  })

  it('have a script each, which CI runs', async () => {
    const ci = await readFile(join(root, '.ci/run'), 'utf8')
    for (const config of configs) {
      const [script] =
        Object.entries(packageJson.scripts).find(([, command]) =>
          config === 'vitest.config.ts' ? command === 'vitest run' : command.endsWith(`--config ${config}`),
        ) ?? []
      expect(script, config).toBeDefined()
      expect(ci).toMatch(new RegExp(`npm (?:run --silent )?${script ?? ''} --`))
    }
  })
})

/** https://docs.npmjs.com/cli/v11/using-npm/scripts#life-cycle-scripts */
const RUN_BY_NPM: readonly string[] = ['prepack', 'prepublishOnly']

it('each script is called by npm itself, CI, the release or another script, or CONTRIBUTING lists it', async () => {
  const { scripts } = packageJson
  const sources = ['.ci/run', '.github/workflows/release.yml', 'build/check.ts', 'CONTRIBUTING.md']
  const texts = await Promise.all(sources.map((path) => readFile(join(root, path), 'utf8')))
  const all = [...texts, ...Object.values(scripts)].join('\n')
  const named = new Set(
    [...all.matchAll(/(?:npm (?:run )?(?:--silent )?|['`](?!npm ))([a-z]+(?:[:-][a-z]+)*)/g)].map(
      ([, name]) => name,
    ),
  )
  expect(Object.keys(scripts).filter((name) => !named.has(name) && !RUN_BY_NPM.includes(name))).toEqual([])
})
