import type { IdentityChange } from '../properties/identity-problems.ts'
import type { HuaweiAuth } from './connection.ts'

/** For whom a request is made that no path says it of: a project, or the whole account, which IAM calls a domain. */
export type HuaweiScope =
  | { readonly of: 'project'; readonly projectId: string }
  | { readonly of: 'domain'; readonly domainId: string }

const DOMAIN = 'domain-'

/** As a part of a PhysicalResourceId: without it another account's credentials would find nothing, and call it deleted. */
export function formatScope(scope: HuaweiScope): string {
  return scope.of === 'project' ? scope.projectId : `${DOMAIN}${scope.domainId}`
}

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
