import { readFileSync, writeFileSync } from 'node:fs'
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec'
import { format, resolveConfig } from 'prettier'

/**
 * Writes the resource types of CloudFormation that `stackbridge validate` knows, from AWS's own specification in
 * `@aws-cdk/aws-service-spec`, into `src/cli/template-check/cloudformation/resource-type-list.ts`. A new release of the
 * package is another run of `npx tsx build/aws-resource-types.ts`.
 */

const FILE = new URL('../src/cli/template-check/cloudformation/resource-type-list.ts', import.meta.url)
/** An attribute that is deeper says nothing more about a misspelling. */
const DEEPEST_ATTRIBUTE = 2

/** The source text of the list. */
export async function awsResourceTypeList(): Promise<string> {
  const lines = loadAwsServiceSpecSync()
    .all('resource')
    .map(({ cloudFormationType, properties, attributes }) => {
      const names = Object.entries(properties).map(([name, { required }]) =>
        required === true ? `${name}!` : name,
      )
      const gettable = new Set(
        Object.keys(attributes).map((name) => name.split('.').slice(0, DEEPEST_ATTRIBUTE).join('.')),
      )
      return [cloudFormationType, names.sort().join(','), [...gettable].sort().join(',')].join(' ')
    })
  const source = `/**
 * Written by \`build/aws-resource-types.ts\` from AWS's specification, Apache-2.0: https://github.com/cdklabs/awscdk-service-spec
 * One resource type per line: its name, its properties, and its attributes; \`!\` marks a required property.
 */
export const RESOURCE_TYPE_LIST = \`
${[...new Set(lines)].sort().join('\n')}
\`
`
  return format(source, { ...(await resolveConfig(FILE)), parser: 'typescript' })
}

export function committedAwsResourceTypeList(): string {
  return readFileSync(FILE, 'utf8')
}

if (process.argv[1] !== undefined && import.meta.url.endsWith(process.argv[1]))
  writeFileSync(FILE, await awsResourceTypeList())
