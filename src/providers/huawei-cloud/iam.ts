import * as v from 'valibot'
import type { Clock } from '../../platform/clock.ts'
import type { HuaweiIdentity } from './credentials.ts'
import { huaweiFaultOf, toHuaweiError } from './error.ts'
import { exchange, type Http, type HttpAnswer } from '../http/http-exchange.ts'
import { CloudError } from '../provider.ts'
import { PROJECT_ID } from './scope.ts'
import { cachedTokenEntries, type CachedToken, type TokenForm } from '../http/token-cache.ts'

/** A user's token in one project; to take up an agency, in the user's account, and `projectId` is empty. */
export interface HuaweiToken extends CachedToken {
  readonly projectId: string
}

const projectId = v.pipe(v.string(), v.regex(PROJECT_ID))

export const tokenForm: TokenForm<HuaweiToken> = {
  schema: v.object({ ...cachedTokenEntries, projectId: v.string() }),
  write: (token) => ({ ...token }),
  secretsOf: ({ value }) => [value],
}

/** A project's id is no secret. */
export const projectForm: TokenForm<CachedToken> = {
  schema: v.object(cachedTokenEntries),
  write: (project) => ({ ...project }),
  secretsOf: () => [],
}

const tokenSchema = v.object({
  token: v.object({
    issued_at: v.string(),
    expires_at: v.string(),
    project: v.optional(v.object({ id: projectId })),
  }),
})

const projectsSchema = v.object({ projects: v.array(v.object({ id: projectId, name: v.string() })) })

const TOKEN = 'IAM token'
const PROJECTS = 'IAM project list'

/**
 * Requests a user's token from IAM for the named project, or for the region's. Throws a `CloudError`, `denied` where
 * IAM refuses the user. https://support.huaweicloud.com/intl/en-us/api-iam/iam_30_0001.html
 */
export async function authenticate(
  { credentials, iam, projectId, projectName, region, agency, ownDomain }: HuaweiIdentity,
  http: Http,
  clock: Clock,
): Promise<HuaweiToken> {
  if (credentials.by !== 'password') throw new TypeError('Only a user with a password is given a token')
  const project = projectId === undefined ? { name: projectName ?? region } : { id: projectId }
  const identity = { methods: ['password'], password: { user: credentials.user } }
  const answer = await exchange(http, {
    action: TOKEN,
    method: 'POST',
    url: `${iam.url}/v3/auth/tokens`,
    headers: {},
    // Who takes up an agency does so for the own account; the project is one of the agency's account.
    body: { auth: { identity, scope: agency === undefined ? { project } : { domain: ownDomain ?? {} } } },
  })
  const value = answer.header('x-subject-token')
  if (answer.status !== 201 || value === undefined) throw refusal(answer, http)
  http.secrets.add(value)
  const parsed = v.safeParse(tokenSchema, answer.json)
  if (!parsed.success || (agency === undefined && parsed.output.token.project === undefined))
    throw new CloudError('unavailable', `${TOKEN}: the answer is not a token for a project`)
  const { token } = parsed.output
  // Only the time span is used, since the cloud's clock may differ from ours.
  const lifetime = Date.parse(token.expires_at) - Date.parse(token.issued_at)
  const issuedAt = clock.now()
  return {
    value,
    projectId: parsed.output.token.project?.id ?? '',
    issuedAt,
    expiresAt: issuedAt + (Number.isFinite(lifetime) ? lifetime : 0),
  }
}

function refusal(answer: HttpAnswer, { secrets }: Http): CloudError {
  const isAboutUser = huaweiFaultOf(answer) !== undefined && [400, 401, 403, 404].includes(answer.status)
  const error = toHuaweiError(
    answer,
    TOKEN,
    secrets,
    isAboutUser ? ' Check user, password, domain and project, and that the user may log in by API' : '',
  )
  return isAboutUser ? new CloudError('denied', error.message) : error
}

/** The query for the project of a name; each region has a project with its name. */
export function projectPath(name: string): string {
  return `/v3/projects?name=${encodeURIComponent(name)}`
}

/** The project's id in IAM's answer. Throws a `CloudError`. */
export function projectIdIn(answer: HttpAnswer, name: string, http: Http): string {
  if (answer.status !== 200) throw toHuaweiError(answer, PROJECTS, http.secrets)
  const parsed = v.safeParse(projectsSchema, answer.json)
  if (!parsed.success) throw new CloudError('unavailable', `${PROJECTS}: the answer is not one of IAM's`)
  const project = parsed.output.projects.find((one) => one.name === name)
  if (project !== undefined) return project.id
  throw new CloudError(
    'rejected',
    `There is no project named ${name} that these credentials may see: check Region, or give Auth.ProjectId`,
  )
}
