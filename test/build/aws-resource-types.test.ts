import { expect, it } from 'vitest'
import { awsResourceTypeList, committedAwsResourceTypeList } from '../../build/aws-resource-types.ts'

it('the list of AWS resource types is that of the installed specification', async () => {
  expect(committedAwsResourceTypeList() === (await awsResourceTypeList())).toBe(true)
})
