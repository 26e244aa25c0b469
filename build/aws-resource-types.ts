import { readFileSync, writeFileSync } from 'node:fs'
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec'
import { format, resolveConfig } from 'prettier'

/**
 * Writes the resource types of CloudFormation that `stackbridge validate` and the embedded CloudFormation know, from AWS's own
 * specification in `@aws-cdk/aws-service-spec`, into `src/resource-types/cloudformation-list.ts`. A new release of the package
 * is another run of `npx tsx build/aws-resource-types.ts`.
 */

const FILE = new URL('../src/resource-types/cloudformation-list.ts', import.meta.url)
/** An attribute that is deeper says nothing more about a misspelling. */
const DEEPEST_ATTRIBUTE = 2
/** The marks of "Update requires": Replacement, Some interruptions (which may be a replacement), No interruption. */
const REPLACEMENT = { yes: '^', maybe: '?', no: '' } as const

/** The source text of the list. */
export async function awsResourceTypeList(): Promise<string> {
  const lines = loadAwsServiceSpecSync()
    .all('resource')
    .map(({ cloudFormationType, properties, attributes }) => {
      const names = Object.entries(properties).map(
        ([name, { required, causesReplacement = 'no' }]) =>
          `${name}${required === true ? '!' : ''}${REPLACEMENT[causesReplacement]}`,
      )
      const gettable = new Set(
        Object.keys(attributes).map((name) => name.split('.').slice(0, DEEPEST_ATTRIBUTE).join('.')),
      )
      return [cloudFormationType, names.sort().join(','), [...gettable].sort().join(',')].join(' ')
    })
  const source = `/**
 * Written by \`build/aws-resource-types.ts\` from AWS's specification, Apache-2.0: https://github.com/cdklabs/awscdk-service-spec
 * One resource type per line: its name, its properties, and its attributes. \`!\` marks a required property, \`^\` one whose change
 * replaces the resource, \`?\` one whose change may replace it.
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
