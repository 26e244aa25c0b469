import { hclTokens, type HclToken } from '../../../platform/hcl-tokens.ts'
import type { HclSource } from './hcl-blocks.ts'

/** What an expression refers to: `var.size`, `local.name`, `huaweicloud_vpc.main`, `data.huaweicloud_images_image.os`. */
export interface HclReference {
  readonly name: string
  readonly line: number
}

/** How many parts of an address name the object. */
const PARTS: Readonly<Record<string, number>> = { var: 2, local: 2, module: 2, data: 3 }
/** Objects that Terraform makes itself. */
const OWN = ['each', 'count', 'self', 'path', 'terraform', 'ephemeral']
const DEEPEST = 5

export function hclReferences(expression: readonly HclToken[], source: HclSource): HclReference[] {
  return expression.flatMap((token, index) => {
    const line = source.lineAt(token.at)
    if (token.kind === 'text') {
      const next = expression[index + 1]
      const end = next === undefined ? token.at + 2 * token.text.length + 2 : next.at
      return referencesInText(source.slice(token.at, end), 0).map((name) => ({ name, line }))
    }
    const name = addressAt(expression, index)
    return name === undefined ? [] : [{ name, line }]
  })
}

/** Those in the `${…}` and `%{…}` of a string. */
export function referencesInText(text: string, depth: number): string[] {
  return depth > DEEPEST
    ? []
    : sequencesIn(text).flatMap((inner) => {
        const { tokens } = hclTokens(inner)
        return tokens.flatMap((token, index) => {
          if (token.kind === 'text') return referencesInText(token.text, depth + 1)
          return addressAt(tokens, index) ?? []
        })
      })
}

/** `$${` stands for the text `${`. */
function sequencesIn(text: string): string[] {
  const found: string[] = []
  let start = -1
  let open = 0
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]
    if (open === 0) {
      const isSequence = (character === '$' || character === '%') && text[at + 1] === '{'
      if (isSequence && text[at - 1] !== character) {
        open = 1
        start = at + 2
        at += 1
      }
    } else if (character === '{') open += 1
    else if (character === '}') {
      open -= 1
      if (open === 0) found.push(text.slice(start, at))
    }
  }
  return found
}

function addressAt(tokens: readonly HclToken[], index: number): string | undefined {
  const root = tokens[index]
  if (root?.kind !== 'name' || OWN.includes(root.text) || isSign(tokens[index - 1], '.')) return undefined
  const partCount = PARTS[root.text] ?? 2
  const parts = [root.text]
  for (let at = index + 1; parts.length < partCount; at += 2) {
    const part = tokens[at + 1]
    if (!isSign(tokens[at], '.') || part?.kind !== 'name') return undefined
    parts.push(part.text)
  }
  return parts.join('.')
}

function isSign(token: HclToken | undefined, text: string): boolean {
  return token?.kind === 'sign' && token.text === text
}
