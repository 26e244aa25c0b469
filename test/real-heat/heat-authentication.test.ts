import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/platform/json.ts'
import type { SandboxResource } from '../../src/sandbox/ros/ros.ts'
import { refused, succeeded } from '../outcome-assertions.ts'
import { eachInAWorld, one, parameters, variable } from './heat-world.ts'
import { applicationCredential, auth, token } from './native-api.ts'

/** Each authentication method of Keystone, and the reason of a failed one. */

const scene = eachInAWorld('auth')

const resource = (stack: JsonObject, more: JsonObject = {}, logicalResourceId?: string): SandboxResource =>
  scene.resource(parameters(stack, more), logicalResourceId)

describe('authentication at a real Keystone', () => {
  const unscoped = Object.fromEntries(Object.entries(auth).filter(([name]) => !name.startsWith('Project')))

  async function works(properties: JsonObject): Promise<void> {
    const made = scene.resource(properties)
    expect(succeeded(await made.create())).toEqual({ thing: 'hello' })
    succeeded(await made.delete())
  }

  it('by application credential', () => works({ Auth: applicationCredential, Stack: { Template: one() } }))

  it('by user id and project id', () =>
    works({
      Auth: {
        AuthUrl: variable('OS_AUTH_URL').replace('/v3', '/'),
        UserId: variable('HEAT_USER_ID'),
        Password: variable('OS_PASSWORD'),
        ProjectId: variable('OS_PROJECT_ID'),
      },
      Stack: { Template: one() },
    }))

  it('by token', async () => {
    const Token = await token()
    await works({
      Auth: { AuthUrl: variable('OS_AUTH_URL'), Token, ProjectId: variable('OS_PROJECT_ID') },
      Endpoint: variable('HEAT_URL'),
      Stack: { Template: one() },
    })
    expect(scene.world.logged()).not.toContain(Token)
  })

  it.each([
    ['a wrong password', { ...auth, Password: 'not-the-password' }, /HTTP 401.*Check user, password/],
    ['a project that does not exist', { ...auth, ProjectName: 'nowhere' }, /HTTP 401.*project/],
    ['no project', unscoped, /the token is for no project/],
    ['a token that is none', { AuthUrl: variable('OS_AUTH_URL'), Token: 'no-token-at-all' }, /HTTP 404/],
    ['an address that is not Keystone', { ...auth, AuthUrl: variable('HEAT_URL') }, /./],
  ])('with %s is reported as such', async (_name, given, reason) => {
    expect(refused(await resource({ Template: one() }, { Auth: given }).create())).toMatch(reason)
  })

  it('reports an unknown region', async () => {
    const made = resource({ Template: one() }, { RegionName: 'Nowhere' })
    expect(refused(await made.create())).toMatch(
      /no public endpoint .* in the region Nowhere; it has: RegionOne/,
    )
  })

  it("for another project does not change the first project's stack, and says so", async () => {
    const made = resource({ Template: one() })
    succeeded(await made.create())
    const admin = { ...auth, Username: variable('HEAT_ADMIN_USERNAME'), ProjectName: 'admin' }
    const other = parameters({ Template: one({ value: 'x' }) }, { Auth: admin })
    expect(refused(await made.update(other))).toContain('the credentials are for the project')
    succeeded(await made.delete())
  })
})
