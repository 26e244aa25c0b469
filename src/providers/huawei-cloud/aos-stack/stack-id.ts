import { idGrammar, UUID, type PartsOf } from '../../identifiers/id-grammar.ts'
import { REGION } from '../region.ts'
import { PROJECT_ID } from '../scope.ts'
import { STACK_NAME } from './stack-name.ts'

const parts = { region: REGION, project: PROJECT_ID, name: STACK_NAME, guid: UUID }

/** An AOS stack's PhysicalResourceId. AOS itself has only a GUID; region, project and name say where to find it. */
const ids = idGrammar('huaweicloud:aos:{region}:{project}:stacks/{name}/{guid}', parts)

export type AosStackId = PartsOf<typeof ids>
export const { format: formatStackId, parse: parseStackId } = ids
