import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { execFile } from 'node:child_process'
import { dirname, join } from 'node:path'
import { tmpdir } from 'node:os'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** Proves that the rules of import directions work: each case is a tree with one wrong import. */

const root = join(import.meta.dirname, '..')
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stackbridge-imports-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function violations(house: Record<string, string>): Promise<string> {
  const home = await mkdtemp(join(folder, 'house-'))
  for (const [path, source] of Object.entries({ 'tsconfig.json': '{}', 'handlers/fc.ts': '', ...house })) {
    await mkdir(dirname(join(home, path)), { recursive: true })
    await writeFile(join(home, path), source)
  }
  const bin = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const args = [bin, '--config', join(root, '.dependency-cruiser.cjs'), 'src', 'handlers']
  const ran = await promisify(execFile)(process.execPath, args, { cwd: home }).catch(
    (error: unknown) => error,
  )
  return typeof ran === 'object' && ran !== null && 'stdout' in ran ? String(ran.stdout) : String(ran)
}

const importing = (path: string) => `import { x } from '${path}'\nexport const y = x\n`
const x = 'export const x = 1\n'

describe('the direction of imports', () => {
  it.each([
    ['platform-knows-nobody', 'src/platform/a.ts', '../ros/b.ts', 'src/ros/b.ts'],
    ['ros-knows-the-platform-only', 'src/ros/a.ts', '../providers/provider.ts', 'src/providers/provider.ts'],
    ['bridge-knows-no-cloud', 'src/bridge/a.ts', '../providers/aws/b.ts', 'src/providers/aws/b.ts'],
    [
      'service-knows-its-vendor-and-the-interface',
      'src/providers/aws/cloudformation/a.ts',
      '../../openstack/keystone.ts',
      'src/providers/openstack/keystone.ts',
    ],
    [
      'service-knows-its-vendor-and-the-interface',
      'src/providers/huawei-cloud/rfs-stack/a.ts',
      '../aos-stack/b.ts',
      'src/providers/huawei-cloud/aos-stack/b.ts',
    ],
    [
      'service-knows-its-vendor-and-the-interface',
      'src/providers/aws/cloudformation/a.ts',
      '../../../bridge/b.ts',
      'src/bridge/b.ts',
    ],
    [
      'vendor-knows-no-service',
      'src/providers/huawei-cloud/a.ts',
      './rfs-stack/b.ts',
      'src/providers/huawei-cloud/rfs-stack/b.ts',
    ],
    [
      'provider-interface-knows-the-platform-only',
      'src/providers/properties/a.ts',
      '../aws/cloudformation/b.ts',
      'src/providers/aws/cloudformation/b.ts',
    ],
    [
      'registry-knows-services-by-their-index',
      'src/providers/services.ts',
      './aws/cloudformation/arn.ts',
      'src/providers/aws/cloudformation/arn.ts',
    ],
    [
      'index-loads-its-provider-on-demand',
      'src/providers/aws/cloudformation/index.ts',
      './provider.ts',
      'src/providers/aws/cloudformation/provider.ts',
    ],
    [
      'service-knows-its-vendor-and-the-interface',
      'src/providers/aws/cloudformation/a.ts',
      '../../services.ts',
      'src/providers/services.ts',
    ],
    ['bridge-knows-no-cloud', 'src/bridge/a.ts', '../channels/b.ts', 'src/channels/b.ts'],
    ['channels-know-the-bridge', 'src/channels/a.ts', '../providers/aws/b.ts', 'src/providers/aws/b.ts'],
    ['sandbox-is-no-part-of-the-function', 'src/bridge/a.ts', '../sandbox/b.ts', 'src/sandbox/b.ts'],
    [
      'sandbox-knows-the-platform-and-resource-types-only',
      'src/sandbox/a.ts',
      '../bridge/b.ts',
      'src/bridge/b.ts',
    ],
    ['resource-types-know-nobody', 'src/resource-types/a.ts', '../platform/b.ts', 'src/platform/b.ts'],
  ])('%s: %s may not import %s', async (rule, from, path, to) => {
    expect(await violations({ [from]: importing(path), [to]: x })).toContain(`error ${rule}`)
  })

  it('accepts a tree with correct imports', async () => {
    const service = 'src/providers/aws/cloudformation'
    const house = {
      'src/bridge/a.ts': importing('../providers/provider.ts'),
      'src/providers/provider.ts': x,
      'src/providers/registry.ts': importing('./services.ts'),
      'src/providers/services.ts': importing('./aws/cloudformation/index.ts'),
      [`${service}/index.ts`]: `${importing('./arn.ts')}export const load = () => import('./provider.ts')\n`,
      [`${service}/arn.ts`]: x,
      [`${service}/provider.ts`]: x,
    }
    expect(await violations(house)).toContain('no dependency violations found')
  })
})
