import { describe, expect, it } from 'vitest'
import type { FoundOperation } from '../../../src/cli/under-way/found-operations.ts'
import { operationLines } from '../../../src/cli/under-way/operation-lines.ts'

const operation: FoundOperation = {
  requestId: 'r',
  rosStackId: 's',
  rosStackName: 'ros',
  logicalResourceId: 'A[0]',
  resourceType: 'Custom::AwsCloudFormationStack',
  provider: 'AwsCloudFormation',
  kind: 'create',
  stackId: 'arn:1',
  stackName: 'stack-1',
  status: 'CREATE_IN_PROGRESS',
  since: 0,
  nextPoll: 65_000,
  deadline: 3_600_000,
  hops: 4,
  state: 'waiting',
}

describe('the table of what is under way', () => {
  it('has a line for each operation', () => {
    const { requestId, rosStackId, logicalResourceId } = operation
    const fresh: FoundOperation = { requestId, rosStackId, logicalResourceId, hops: 0, state: 'running' }
    expect(operationLines([operation, fresh], 60_000)).toEqual([
      'RESOURCE  OPERATION  CLOUD              STACK    STATUS              STATE    AGE     NEXT   LEFT     HOPS',
      'ros/A[0]  create     AwsCloudFormation  stack-1  CREATE_IN_PROGRESS  waiting  1m 00s  5.0 s  59m 00s  4',
      'A[0]      -          -                  -        -                   running  -       -      -        0',
    ])
  })

  it('shows no control character of an id to the terminal', () => {
    const strange = { ...operation, logicalResourceId: '\u001b[31m\nA' }
    expect(operationLines([strange], 0).join('')).not.toContain('\u001b')
  })
})
