/** A host with one port, or with any port if `port` is absent. */
export interface EndpointHost {
  /** In the form of the URL parser. */
  readonly hostname: string
  readonly port?: string
  /** Whether `http:` is allowed too. A host without the scheme does not allow the network path to read the requests. */
  readonly allowsHttp: boolean
}

/** Parses `cloud.example`, `cloud.example:5000`, `http://10.0.0.1` or `[fd00::1]:5000`; `undefined` for other texts. */
export function parseEndpointHost(text: string): EndpointHost | undefined {
  const [, scheme, host, port] =
    /^(http:\/\/)?([a-zA-Z0-9.-]{1,253}|\[[0-9a-fA-F:.]{2,45}\])(?::(\d{1,5}))?$/.exec(text) ?? []
  if (host === undefined || !URL.canParse(`https://${host}`) || Number(port ?? '1') > 65_535) return undefined
  const { hostname } = new URL(`https://${host}`)
  return {
    hostname,
    ...(port === undefined ? {} : { port: String(Number(port)) }),
    allowsHttp: scheme !== undefined || isLoopback(hostname),
  }
}

/** Whether an entry of STACKBRIDGE_ENDPOINT_HOSTS allows the URL, by host, port and scheme. */
export function isAtHost({ hostname, protocol, port }: URL, allowed: EndpointHost): boolean {
  if (hostname !== allowed.hostname) return false
  if (protocol !== 'https:' && !(protocol === 'http:' && allowed.allowsHttp)) return false
  const effective = port === '' ? (protocol === 'http:' ? '80' : '443') : port
  return allowed.port === undefined || allowed.port === effective
}

/**
 * Whether others on the network path can read what is sent to this URL, unless the operator allows it by an entry with
 * http:// in STACKBRIDGE_ENDPOINT_HOSTS.
 */
export function isReadableInTransit(url: URL, endpointHosts: readonly EndpointHost[]): boolean {
  const isAllowed = isLoopback(url.hostname) || endpointHosts.some((allowed) => isAtHost(url, allowed))
  return url.protocol !== 'https:' && !isAllowed
}

/** What is sent to this host, in the form of the URL parser, does not leave the machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname)
}
