import { idGrammar, UUID } from '../../identifiers/id-grammar.ts'
import { REGION } from '../region.ts'
import { PROJECT_ID } from '../scope.ts'
import { STACK_NAME } from './stack-name.ts'

/** An AOS stack's PhysicalResourceId. AOS itself has only a GUID; region, project and name say where to find it. */
export interface AosStackId {
  readonly region: string
  readonly project: string
  readonly name: string
  readonly guid: string
}

const read = idGrammar`huaweicloud:aos:${REGION}:${PROJECT_ID}:stacks/${STACK_NAME}/${UUID}`

export function formatStackId({ region, project, name, guid }: AosStackId): string {
  return `huaweicloud:aos:${region}:${project}:stacks/${name}/${guid}`
}

export function parseStackId(text: string): AosStackId | undefined {
  const [region, project, name, guid] = read(text) ?? []
  return region === undefined || project === undefined || name === undefined || guid === undefined
    ? undefined
    : { region, project, name, guid }
}
