/** https://www.rfc-editor.org/rfc/rfc1123#section-2.1, in lower case. */
const HOST_LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/** Whether services can have their hosts below it: two labels at least, in lower case, and no address. */
export function isDomain(text: string): boolean {
  const labels = text.split('.')
  const below = `https://host.${text}`
  return (
    labels.length > 1 &&
    labels.every((label) => HOST_LABEL.test(label)) &&
    URL.canParse(below) &&
    new URL(below).host === `host.${text}`
  )
}

/**
 * The https URL of a vendor's service, without a path: `vendorEndpoint('amazonaws.com', 'sts', 'us-east-1')` is
 * `https://sts.us-east-1.amazonaws.com`. `labels` stand before the vendor's own `domain`. Throws a `TypeError` for a label that
 * would lead to another host: parts of identifiers and properties are parsed before, so that would be a defect.
 */
export function vendorEndpoint(domain: string, ...labels: readonly string[]): string {
  const host = [...labels, domain].join('.')
  const endpoint = `https://${host}`
  const isSound = labels.every((label) => HOST_LABEL.test(label)) && URL.canParse(endpoint)
  if (!isSound || new URL(endpoint).href !== `${endpoint}/` || new URL(endpoint).hostname !== host)
    throw new TypeError(`A host below ${domain} cannot be built of these parts`)
  return endpoint
}
