import { idGrammar, UUID, type PartsOf } from '../../identifiers/id-grammar.ts'
import { REGION } from '../region.ts'
import { PROJECT_ID } from '../scope.ts'

/**
 * The document gives this rule with `project_id` and refers for the name to a table that lacks it; AOS keeps a stack as a
 * Kubernetes object of its name, to which the same rule applies.
 */
export const STACK_NAME = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

const parts = { region: REGION, project: PROJECT_ID, name: STACK_NAME, guid: UUID }

/** An AOS stack's PhysicalResourceId. AOS itself has only a GUID; region, project and name say where to find it. */
const ids = idGrammar('huaweicloud:aos:{region}:{project}:stacks/{name}/{guid}', parts)

export type AosStackId = PartsOf<typeof ids>
export const { format: formatStackId, parse: parseStackId } = ids
