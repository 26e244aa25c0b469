import type { ServiceSetup } from '../../session/bound-service.ts'
import type { NamedStack } from '../../session/named-stack.ts'
import type { RfsStackSets } from '../stack-sets.ts'
import { designDigest } from './marks.ts'
import type { DesiredSet } from './properties.ts'
import type { DeploymentOptions } from './stack-set-body.ts'
import type { StackSetId } from './stack-set-id.ts'

/** The input of a session: one request, its client and the properties. */
export interface SessionSetup extends ServiceSetup<SetDeployment> {
  readonly sets: RfsStackSets
  readonly region: string
  readonly stack: NamedStack<StackSetId>
}

export interface SetDeployment extends DeploymentOptions {
  readonly set: DesiredSet
  /** A change of it deploys the document behind an address again. */
  readonly revision: unknown
}

export function designOf({ set, revision }: SetDeployment): string {
  const { TemplateBody, TemplateUri, Parameters, VarsBody, VarsUri } = set
  return designDigest([TemplateBody, TemplateUri, Parameters, VarsBody, VarsUri, revision])
}

export function nameIn({ stack }: Pick<SessionSetup, 'stack'>): string {
  return stack.by === 'id' ? stack.id.name : stack.name
}
