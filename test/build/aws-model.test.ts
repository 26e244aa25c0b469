import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { StackStatus } from '@aws-sdk/client-cloudformation'
import { describe, expect, it } from 'vitest'
import { committedModel, differences } from '../../build/aws-model.ts'

const PROVIDER = join(import.meta.dirname, '../../src/providers/aws/cloudformation')

describe('the list of what the bridge uses and ignores of CloudFormation', () => {
  it('has every operation, parameter and value of the installed SDK, so that a new one needs a decision', () => {
    expect(differences(committedModel())).toEqual([])
  })

  it('lists as used the operations that the provider calls', () => {
    const files = readdirSync(PROVIDER, { recursive: true, encoding: 'utf8' })
    const sources = files
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join(PROVIDER, name), 'utf8'))
    const called = sources.flatMap((source) => [...source.matchAll(/new (\w+)Command\(/g)])
    // Of STS; and of CloudWatch Logs, ECS and CloudTrail.
    const ofOthers = [
      'AssumeRole',
      'GetCallerIdentity',
      'FilterLogEvents',
      'DescribeServices',
      'LookupEvents',
    ]
    const used = new Set(called.map(([, name = '']) => name).filter((name) => !ofOthers.includes(name)))
    expect([...used].sort()).toEqual([...committedModel().operations.used].sort())
  })

  it('shows what a release adds and removes', () => {
    const model = committedModel()
    const [first = '', ...others] = Object.values(StackStatus)
    const older = {
      ...model,
      operations: { ...model.operations, used: [...model.operations.used, 'SetFire'] },
      enums: { ...model.enums, StackStatus: others },
    }
    expect(differences(older)).toEqual([
      'no longer there, operation: SetFire',
      `new value of StackStatus: ${first}`,
    ])
  })
})
