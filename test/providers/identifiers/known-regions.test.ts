import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ALIBABA_CLOUD_REGIONS } from '../../../src/providers/alibaba-cloud/known-regions.ts'
import { REGION as ROS_REGION } from '../../../src/providers/alibaba-cloud/ros/region.ts'
import { REGION as AWS_REGION } from '../../../src/providers/aws/cloudformation/region.ts'
import { AWS_REGIONS } from '../../../src/providers/aws/known-regions.ts'
import { HUAWEI_CLOUD_REGIONS } from '../../../src/providers/huawei-cloud/known-regions.ts'
import { REGION as HUAWEI_REGION } from '../../../src/providers/huawei-cloud/region.ts'
import { suggestedRegion, unknownRegion } from '../../../src/providers/identifiers/known-regions.ts'

const { resolve } = createRequire(import.meta.url)

/** The regions in the file of a vendor's SDK, written as keys of a map. */
function regionsIn(file: string, key: RegExp): string[] {
  return [...readFileSync(file, 'utf8').matchAll(key)].map(([, name = '']) => name)
}

describe('the list of regions', () => {
  it.each([
    ['AWS', AWS_REGIONS, AWS_REGION],
    ['Alibaba Cloud', ALIBABA_CLOUD_REGIONS, ROS_REGION],
    ['Huawei Cloud', HUAWEI_CLOUD_REGIONS, HUAWEI_REGION],
  ])('of %s has each once, in the form that properties must have', (_, { names }, grammar) => {
    expect(names.filter((name) => !grammar.test(name))).toEqual([])
    expect(new Set(names).size).toBe(names.length)
  })

  it('of AWS is that of the installed SDK: a new region has to be added', () => {
    const core = dirname(resolve('@aws-sdk/core/package.json'))
    const file = join(core, 'dist-es/submodules/client/util-endpoints/lib/aws/partitions.js')
    const found = regionsIn(file, /"?([a-z]{2,5}(?:-[a-z]+)+-\d+)"?:/g)
    expect(found).toContain('us-east-1')
    expect([...AWS_REGIONS.names].sort()).toEqual([...new Set(found)].sort())
  })

  it('of ROS has all of the installed SDK', () => {
    const found = regionsIn(
      resolve('@alicloud/ros20190910'),
      /'([a-z]{2}-[a-z0-9-]+)': "ros\.aliyuncs\.com"/g,
    )
    expect(found).toContain('cn-hangzhou')
    expect(found.filter((name) => !ALIBABA_CLOUD_REGIONS.names.includes(name))).toEqual([])
  })
})

describe('the region that may be meant', () => {
  it('is suggested in time for a text of any length', () => {
    expect(suggestedRegion('us-esat-1', AWS_REGIONS)).toBe('; did you mean us-east-1?')
    expect(unknownRegion('x'.repeat(500_000), AWS_REGIONS)).toBe('is no region that Stackbridge knows')
  })
})
