import { X509Certificate } from 'node:crypto'

export const PEM_RULE = 'must be certificates as PEM text'

const BLOCK = /-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----/g
const LINE = /.{1,64}/g

/**
 * The certificates in a PEM text, each with its line breaks: JSON or an environment variable may have left `\n` as two
 * characters or a space, and Node drops in silence what it cannot read.
 */
export function pemOf(text: string): string {
  return blocksOf(text)
    .map((block) => `${block}\n`)
    .join('')
}

/** What is wrong with certificates as PEM; `undefined` where each can be read. */
export function certificateProblem(text: string): string | undefined {
  const blocks = blocksOf(text)
  if (blocks.length === 0) return PEM_RULE
  const broken = blocks.findIndex((block) => !isCertificate(block))
  if (broken === -1) return undefined
  const which = blocks.length === 1 ? 'it' : `number ${String(broken + 1)} of ${String(blocks.length)}`
  return `${PEM_RULE}, and ${which} cannot be read as a certificate`
}

function blocksOf(text: string): readonly string[] {
  return [...text.matchAll(BLOCK)].map(([, body = '']) => {
    const lines = body.replaceAll(/\\[rn]|\s/g, '').match(LINE) ?? []
    return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----'].join('\n')
  })
}

function isCertificate(block: string): boolean {
  try {
    return new X509Certificate(block).raw.length > 0
  } catch (error) {
    // OpenSSL's errors have many classes and codes: each means that this is no certificate.
    if (error instanceof Error) return false
    throw error
  }
}
