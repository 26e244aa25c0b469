/** The name of a region, where a prefix has `<region>`: no dot, so that the host stays one of the prefix's domain. */
const REGION = '[a-z0-9-]{1,64}'
/** A file's name and folders, plain, so that one certificate has one URL. */
const FILE = /^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/
const LONGEST_URL = 500

/**
 * The URL of a push's certificate, from its header `x-mns-signing-cert-url` (base64); `undefined` where it begins with none
 * of the prefixes. Host and path are compared after the URL has been parsed. An http: URL is read by https: where the prefix
 * says so: whoever could change the certificate on its way could sign.
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
