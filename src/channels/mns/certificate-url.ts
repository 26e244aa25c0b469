/** Matches `<region>` in a prefix. It has no dot, so the host is always in the prefix's domain. */
const REGION = '[a-z0-9-]{1,64}'
/** Folders and a file name of plain characters, so that each certificate has only one URL. */
const FILE = /^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/
const LONGEST_URL = 500

/**
 * The URL of a push's certificate, from its header `x-mns-signing-cert-url` (base64); `undefined` if the URL has none of the
 * prefixes. Host and path are compared after the URL is parsed. An http: URL becomes an https: URL if the prefix is one: a
 * client that can change the certificate in transit could sign pushes.
 */
export function certificateUrl(header: string, prefixes: readonly string[]): URL | undefined {
  const text = Buffer.from(header.slice(0, 2 * LONGEST_URL), 'base64').toString()
  if (text.length > LONGEST_URL || !URL.canParse(text)) return undefined
  return prefixes.map((prefix) => urlUnder(prefix, text)).find((url) => url !== undefined)
}

function urlUnder(prefix: string, text: string): URL | undefined {
  const [, protocol = '', host = '', path = ''] = /^(https?:)\/\/([^/]+)(\/.*)$/.exec(prefix) ?? []
  const url = new URL(text)
  if (protocol === 'https:' && url.protocol === 'http:') url.protocol = protocol
  const isPlain = url.username === '' && url.password === '' && url.search === '' && url.hash === ''
  if (!isPlain || url.protocol !== protocol || !hostForm(host).test(url.host)) return undefined
  return url.pathname.startsWith(path) && FILE.test(url.pathname.slice(path.length)) ? url : undefined
}

function hostForm(host: string): RegExp {
  const literal = host.split('<region>').map((part) => part.replaceAll(/[^\w-]/g, String.raw`\$&`))
  return new RegExp(`^${literal.join(REGION)}$`)
}
