import { request } from 'undici'
import * as v from 'valibot'
import { inject } from 'vitest'
import type { JsonObject } from '../../src/platform/json.ts'

/** The real Heat's native API, for checks and preparations of a test. */

const heat = inject('realHeat')

export const password = heat['OS_PASSWORD'] ?? ''

/** The auth map of `clouds.yaml` in Pascal case. */
export const auth: JsonObject = {
  AuthUrl: heat['OS_AUTH_URL'] ?? '',
  Username: heat['OS_USERNAME'] ?? '',
  Password: password,
  UserDomainName: heat['OS_USER_DOMAIN_NAME'] ?? '',
  ProjectName: heat['OS_PROJECT_NAME'] ?? '',
  ProjectDomainName: heat['OS_PROJECT_DOMAIN_NAME'] ?? '',
}

export const applicationCredential: JsonObject = {
  AuthUrl: heat['OS_AUTH_URL'] ?? '',
  ApplicationCredentialId: heat['HEAT_UNRESTRICTED_CREDENTIAL_ID'] ?? '',
  ApplicationCredentialSecret: heat['HEAT_UNRESTRICTED_CREDENTIAL_SECRET'] ?? '',
}

export const home = heat['REAL_HEAT_HOME'] ?? ''

export async function token(): Promise<string> {
  const user = { name: heat['OS_USERNAME'], domain: { name: heat['OS_USER_DOMAIN_NAME'] }, password }
  const { headers, body } = await request(`${heat['OS_AUTH_URL'] ?? ''}/auth/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      auth: {
        identity: { methods: ['password'], password: { user } },
        scope: { project: { id: heat['OS_PROJECT_ID'] } },
      },
    }),
  })
  await body.dump()
  return String(headers['x-subject-token'])
}

const list = v.object({ stacks: v.array(v.object({ stack_name: v.string(), stack_status: v.string() })) })

/** Names of the existing stacks, without nested ones. */
export async function existing(): Promise<string[]> {
  const { body } = await request(`${heat['HEAT_URL'] ?? ''}/stacks`, {
    headers: { 'x-auth-token': await token() },
  })
  const { stacks } = v.parse(list, await body.json())
  return stacks
    .filter(({ stack_status }) => stack_status !== 'DELETE_COMPLETE')
    .map(({ stack_name }) => stack_name)
}
