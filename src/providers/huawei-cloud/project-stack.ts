import type { IdentityChange } from '../properties/identity-problems.ts'
import type { HuaweiConnection } from './connection.ts'
import type { KnownPlace } from './credentials.ts'

/** Of the id of a stack that a project holds: its place, and its name there. */
export interface ProjectStack {
  readonly region: string
  readonly project: string
  readonly name: string
}

export function placeOfProject({ region, project }: Pick<ProjectStack, 'region' | 'project'>): KnownPlace {
  return { region, scope: { of: 'project', projectId: project } }
}

/** The properties that would mean another stack than the one with this id. */
export function changesOfProjectStack(
  { Stack, Auth, Region }: HuaweiConnection & { readonly Stack: { readonly Name?: string | undefined } },
  { name, project, region }: ProjectStack,
): IdentityChange[] {
  return [
    { path: 'Stack.Name', from: name, to: Stack.Name },
    { path: 'Auth.ProjectId', from: project, to: Auth?.ProjectId },
    { path: 'Region', from: region, to: Region },
  ]
}
