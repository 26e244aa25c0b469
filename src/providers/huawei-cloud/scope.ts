import type { IdentityChange } from '../properties/identity-problems.ts'
import type { HuaweiAuth } from './connection.ts'

/** The scope of a request whose path does not name it: a project, or the whole account, which IAM calls a domain. */
export type HuaweiScope =
  | { readonly of: 'project'; readonly projectId: string }
  | { readonly of: 'domain'; readonly domainId: string }

const DOMAIN = 'domain-'

/** `project_id`: https://support.huaweicloud.com/intl/en-us/api-aos/CreateStack.html */
export const PROJECT_ID = /^[0-9a-f]{3,64}$/

/** Ids of accounts have the same form. */
export const SCOPE = /^(?:domain-)?[0-9a-f]{3,64}$/

/**
 * The scope as a part of a PhysicalResourceId. Without it, a Delete with another account's credentials would find
 * nothing and succeed.
 */
export function formatScope(scope: HuaweiScope): string {
  return scope.of === 'project' ? scope.projectId : `${DOMAIN}${scope.domainId}`
}

/** `text` is of the grammar `SCOPE`. */
export function parseScope(text: string): HuaweiScope {
  return text.startsWith(DOMAIN)
    ? { of: 'domain', domainId: text.slice(DOMAIN.length) }
    : { of: 'project', projectId: text }
}

export function changeOfScope(scope: HuaweiScope, auth: HuaweiAuth | undefined): IdentityChange {
  return scope.of === 'project'
    ? { path: 'Auth.ProjectId', from: scope.projectId, to: auth?.ProjectId }
    : { path: 'Auth.DomainId', from: scope.domainId, to: auth?.DomainId }
}
