/** Shorter lines of a key, such as its last one, are not masked: they could be ordinary words. */
const SHORTEST_KEY_LINE = 16

/** The lines of private keys, also where their line breaks are escaped. */
export function keyLines(text: string): string[] {
  if (!text.includes('PRIVATE KEY')) return []
  const found: string[] = []
  let from = 0
  for (;;) {
    const begin = text.indexOf('PRIVATE KEY', from)
    if (begin === -1) return found
    const end = text.indexOf('-----END', begin)
    const body = text.slice(begin + 'PRIVATE KEY'.length, end === -1 ? text.length : end)
    found.push(...body.split(/\\[nr]|[^A-Za-z0-9+/=]/).filter(({ length }) => length >= SHORTEST_KEY_LINE))
    from = end === -1 ? text.length : end + '-----END'.length + ' RSA PRIVATE KEY'.length
  }
}

/** Tokens that are known by their beginning. */
const TOKENS =
  /(?<![A-Za-z0-9])(?:(?:gh[pousr]|glpat|github_pat|npm|hf|dop_v1|shpat|pypi|sk_live|rk_live|sk_test|whsec)[_-][A-Za-z0-9_-]{12,}|xox[abeposr]-[A-Za-z0-9-]{10,}|(?:AKIA|ASIA)[A-Z0-9]{16}|LTAI[A-Za-z0-9]{12,28}|AIza[A-Za-z0-9_-]{30,}|SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}|eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]+)/g

/** The tokens in a text that are known by their form, such as those of GitHub. Takes linear time. */
export function knownTokens(text: string): string[] {
  return text.match(TOKENS) ?? []
}
