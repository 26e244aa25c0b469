import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ownerTags } from '../../../../src/providers/alibaba-cloud/ros/marks.ts'

/** The policy in `examples/policies` against the calls that the provider makes: it allows exactly these. */

const root = join(import.meta.dirname, '../../../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const policy = JSON.parse(read('examples/policies/alibaba-cloud/ros/with-service-role.json'))

/** ROS's actions, as the provider's sources name them; those on drift have a policy of their own. */
function actionsInSources(): string[] {
  const folder = 'src/providers/alibaba-cloud/ros'
  const verb = '(?:Create|Update|Delete|Get|List|Cancel|Continue|Set|Tag|Describe)'
  const named = readdirSync(join(root, folder)).flatMap((name) => [
    ...read(join(folder, name)).matchAll(new RegExp(`'(${verb}[A-Z][A-Za-z]+)'`, 'g')),
  ])
  const actions = named
    .map(([, action = '']) => action)
    .filter((action) => action !== 'GetCallerIdentity' && !action.includes('Drift'))
  return [...new Set(actions.map((action) => `ros:${action}`))].sort()
}

describe('the policy for ROS', () => {
  it('allows each call that the provider makes, and to pass the service role, and nothing else', () => {
    const allowed: string[] = policy.Statement.flatMap(({ Action }: { Action: string | string[] }) => Action)
    expect(allowed.sort()).toEqual(['ram:PassRole', ...actionsInSources()])
  })

  it('binds each write to the tags that mark a stack', () => {
    const owner = { rosStackId: 'stack', rosStackName: '', logicalResourceId: 'Resource' }
    const bound = (kind: string) => ({
      StringLike: Object.fromEntries(ownerTags(owner).map(({ Key }) => [`acs:${kind}/${Key}`, '*'])),
    })
    for (const { Action, Condition } of policy.Statement)
      for (const action of [Action].flat()) {
        if (/:(?:Get|List|Describe)|PassRole$/.test(action)) expect(Condition).toBeUndefined()
        else expect(Condition).toEqual(bound(action === 'ros:CreateStack' ? 'RequestTag' : 'ResourceTag'))
      }
  })

  it('is named by the page of the resource type', () => {
    const path = 'examples/policies/alibaba-cloud/ros/with-service-role.json'
    expect(read('docs/providers/alibaba-cloud/ros.md')).toContain(`(../../../${path})`)
  })
})
