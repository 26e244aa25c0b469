import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/platform/json.ts'
import { provider as heat } from '../../../../src/providers/openstack/heat/provider.ts'
import { FakeClock } from '../../../fake-clock.ts'
import { PROJECT, startScriptedCloud, type ScriptedRequest, type ScriptedAnswer } from './scripted-cloud.ts'

let cloud: Awaited<ReturnType<typeof startScriptedCloud>>
const answers = new Map<string, ScriptedAnswer>()

beforeEach(async () => {
  answers.clear()
  cloud = await startScriptedCloud(new FakeClock(), (asked) => answers.get(callOf(asked)) ?? HEALTHY)
})
afterEach(() => cloud.close())

const HEALTHY: ScriptedAnswer = {
  status: 404,
  body: { error: { message: 'The Stack (none) could not be found.', type: 'EntityNotFound' } },
}
const FORBIDDEN: ScriptedAnswer = {
  status: 403,
  body: { error: { message: 'You are not authorized', type: 'Forbidden' } },
}

function callOf({ method, path }: ScriptedRequest): string {
  return `${method} ${path.endsWith('/validate') ? 'validate' : 'stacks'}`
}

async function checked(auth: JsonObject = { Username: 'u', Password: 'a-password' }, more: JsonObject = {}) {
  const properties = {
    Auth: {
      AuthUrl: `${cloud.url}/identity/v3`,
      ProjectName: 'p',
      UserDomainName: 'd',
      ProjectDomainName: 'd',
      ...auth,
    },
    Stack: { Name: 'a-stack', Template: { heat_template_version: '2018-08-31' } },
    ...more,
  }
  const opened = await heat.open(
    {
      kind: 'create',
      owner: { rosStackId: 'ros', rosStackName: 'ros', logicalResourceId: 'A' },
      requestId: 'r',
      properties,
      fingerprint: 'f',
    },
    cloud.surroundings,
  )
  if (!opened.ok) throw new Error(JSON.stringify(opened.problems))
  const results = []
  for await (const check of opened.session.checks?.() ?? []) results.push(check)
  return results
}

describe('the checks of OpenStack', () => {
  it('find nothing missing in a cloud that allows everything', async () => {
    answers.set('POST validate', { status: 200, body: {} })
    const results = await checked()
    expect(results.map(({ name, result }) => [name, result])).toEqual([
      ['token', 'ok'],
      ['endpoint', 'ok'],
      ['stack show', 'ok'],
      ['stack list', 'ok'],
      ['template validate', 'ok'],
      ['stack create …', 'unknown'],
    ])
    expect(results[0]?.detail).toContain(PROJECT)
    expect(cloud.asked.map(({ method }) => method)).toEqual(['GET', 'POST'])
  })

  it('end with the token if the password is wrong', async () => {
    cloud.state.keystone = {
      status: 401,
      body: { error: { message: 'wrong', code: 401, title: 'Unauthorized' } },
    }
    const results = await checked()
    expect(results).toMatchObject([{ name: 'token', result: 'missing' }])
    expect(results[0]?.detail).toContain('needs a role in the project')
  })

  it('end with the stack if the user may not read stacks', async () => {
    answers.set('GET stacks', FORBIDDEN)
    expect((await checked()).at(-1)).toMatchObject({ name: 'stack show', result: 'missing' })
  })

  it('report Heat’s error for the template', async () => {
    const message = 'The template version is invalid'
    answers.set('POST validate', {
      status: 400,
      body: { error: { message, type: 'InvalidTemplateVersion' } },
    })
    const check = (await checked()).find(({ name }) => name === 'template validate')
    expect(check).toMatchObject({ result: 'missing', detail: expect.stringContaining(message) })
  })

  it('report no missing permission if a validation is denied, since the bridge needs none', async () => {
    answers.set('POST validate', FORBIDDEN)
    const check = (await checked()).find(({ name }) => name === 'template validate')
    expect(check).toMatchObject({ result: 'unknown' })
  })

  it('report that a permission to check for OnDrift cannot be determined, and start no check', async () => {
    answers.set('POST validate', { status: 200, body: {} })
    const results = await checked(undefined, { OnDrift: 'report' })
    expect(results).toContainEqual(expect.objectContaining({ name: 'stack check', result: 'unknown' }))
    expect(cloud.asked.map(callOf)).toEqual(['GET stacks', 'POST validate'])
  })

  it('say of an application credential that most Heats refuse it', async () => {
    const auth = {
      AuthUrl: `${cloud.url}/identity/v3`,
      ApplicationCredentialId: 'i',
      ApplicationCredentialSecret: 'a-secret',
    }
    const check = (await checked(auth)).find(({ name }) => name === 'trust')
    expect(check).toMatchObject({ result: 'degraded' })
  })
})
