import { ownValue } from '../../../platform/own-value.ts'
import type { HclToken } from '../../../platform/hcl-tokens.ts'
import { Spelling } from '../spelling.ts'
import type {
  DeclaredVariable,
  TerraformConfiguration,
  TerraformProblem,
  TerraformReference,
  Declared,
  DeclaredOutput,
} from './configuration.ts'
import { readHclBlocks, type HclBlock, type HclBody, type HclSource } from './hcl-blocks.ts'
import { hclReferences } from './hcl-references.ts'
import { variableRules } from './variables.ts'

/** The blocks of a file, and how many labels they have: https://developer.hashicorp.com/terraform/language */
const BLOCKS: Readonly<Record<string, number>> = {
  ...{ terraform: 0, locals: 0, moved: 0, import: 0, removed: 0 },
  ...{ provider: 1, variable: 1, output: 1, module: 1, check: 1 },
  ...{ resource: 2, data: 2, ephemeral: 2 },
}
const VARIABLE_FIELDS = ['type', 'default', 'description', 'sensitive', 'nullable', 'ephemeral', 'deprecated']
/** They name what the configuration no longer has. */
const ABOUT_OTHERS = ['moved', 'import', 'removed']

/** `undefined` where the text is not HCL, with the problem. */
export function hclConfiguration(text: string): TerraformConfiguration {
  const read = readHclBlocks(text)
  if (!read.ok) return { ...EMPTY, problems: [{ severity: 'error', line: read.line, problem: read.problem }] }
  const { body, source } = read
  const variables: DeclaredVariable[] = []
  const outputs: DeclaredOutput[] = []
  const declared: Declared[] = []
  const references: TerraformReference[] = []
  for (const block of body.blocks) {
    const { type, labels, line } = block
    const [label = ''] = labels
    if (type === 'variable')
      variables.push({ name: label, line, rules: variableRules(declarationOf(block.body)) })
    if (type === 'output') outputs.push({ name: label, line, isSensitive: isSensitive(block.body) })
    if (type === 'locals')
      for (const local of block.body.attributes) {
        const name = `local.${local.name}`
        declared.push({ name, line: local.line })
        references.push(...from(name, hclReferences(local.expression, source)))
      }
    else {
      const name = addressOf(type, labels)
      if (name !== undefined) declared.push({ name, line })
      const isNode = type === 'resource' || type === 'data' || type === 'module'
      if (!ABOUT_OTHERS.includes(type))
        references.push(...from(isNode ? name : undefined, referencesOf(block.body, source)))
    }
  }
  return { variables, outputs, declared, references, problems: structureProblems(body) }
}

const EMPTY = { variables: [], outputs: [], declared: [], references: [] } as const

function addressOf(type: string, labels: readonly string[]): string | undefined {
  const [first = '', second = ''] = labels
  switch (type) {
    case 'variable':
      return `var.${first}`
    case 'module':
      return `module.${first}`
    case 'data':
      return `data.${first}.${second}`
    case 'resource':
      return `${first}.${second}`
    default:
      return undefined
  }
}

function from(
  name: string | undefined,
  references: readonly { readonly name: string; readonly line: number }[],
): TerraformReference[] {
  return references.map((one) => ({ ...one, from: name }))
}

function referencesOf({ attributes, blocks }: HclBody, source: HclSource): { name: string; line: number }[] {
  return [
    ...attributes.flatMap(({ expression }) => hclReferences(expression, source)),
    ...blocks.flatMap(({ body }) => referencesOf(body, source)),
  ]
}

function isSensitive({ attributes }: Pick<HclBody, 'attributes'>): boolean {
  const mark = attributes.find(({ name }) => name === 'sensitive')
  return mark?.expression[0]?.text === 'true'
}

function declarationOf({ attributes, blocks }: HclBody) {
  const tokensOf = (name: string): readonly HclToken[] =>
    attributes.find((attribute) => attribute.name === name)?.expression ?? []
  const [type, ...others] = tokensOf('type')
  return {
    type: others.length === 0 ? type?.text : undefined,
    hasDefault: tokensOf('default').length > 0,
    isSensitive: isSensitive({ attributes }),
    allowedValues: blocks
      .filter((block) => block.type === 'validation')
      .map(({ body }) =>
        containedValues(body.attributes.find(({ name }) => name === 'condition')?.expression ?? []),
      )
      .find((values) => values !== undefined),
  }
}

/** The texts of `contains(["a", "b"], var.x)`. */
function containedValues(condition: readonly HclToken[]): string[] | undefined {
  const [name, opening, list, ...rest] = condition
  if (name?.text !== 'contains' || opening?.text !== '(' || list?.text !== '[') return undefined
  const end = rest.findIndex(({ kind, text }) => kind === 'sign' && text === ']')
  const items = rest.slice(0, end).filter(({ text }) => text !== ',')
  const [comma, root, dot, , closing, ...others] = rest.slice(end + 1)
  const isWhole =
    comma?.text === ',' &&
    root?.text === 'var' &&
    dot?.text === '.' &&
    closing?.text === ')' &&
    others.length === 0
  return isWhole && items.every(({ kind }) => kind === 'text') ? items.map(({ text }) => text) : undefined
}

function structureProblems({ attributes, blocks }: HclBody): TerraformProblem[] {
  const spelling = new Spelling()
  const outside = attributes.map(({ name, line }) =>
    problem(line, `has ${name} outside of a block; values of variables belong into Parameters`),
  )
  return [...outside, ...blocks.flatMap((block) => blockProblems(block, spelling))]
}

function blockProblems({ type, labels, line, body }: HclBlock, spelling: Spelling): TerraformProblem[] {
  const count = ownValue(BLOCKS, type)
  if (count === undefined)
    return [
      problem(
        line,
        `has a block ${type}, which Terraform does not have${spelling.hint(type, Object.keys(BLOCKS))}`,
      ),
    ]
  if (labels.length !== count)
    return [
      problem(line, `has a block ${type} with ${String(labels.length)} labels, and not ${String(count)}`),
    ]
  const names = body.attributes.map(({ name }) => name)
  if (type === 'output' && !names.includes('value'))
    return [problem(line, `has the output ${labels[0] ?? ''} without a value`)]
  if (type !== 'variable') return []
  return body.attributes.flatMap((attribute) => {
    const near = VARIABLE_FIELDS.includes(attribute.name)
      ? undefined
      : spelling.nearest(attribute.name, VARIABLE_FIELDS)
    return near === undefined
      ? []
      : [
          problem(
            attribute.line,
            `has ${attribute.name}, which is not a part of a variable; did you mean ${near}?`,
          ),
        ]
  })
}

function problem(line: number, text: string): TerraformProblem {
  return { severity: 'error', line, problem: text }
}
