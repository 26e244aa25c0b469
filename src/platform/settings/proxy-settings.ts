import * as v from 'valibot'
import { isSocks, parseProxy } from '../proxy.ts'
import { define, hasSeparator } from './definition.ts'

const proxy = v.pipe(
  v.string(),
  v.check((text) => text === '' || parseProxy(text) !== undefined),
  v.transform(parseProxy),
)

const PROXY_RULE = 'the http or https URL of a proxy, without a path'

/** The variables that the clouds' own tools read, in lower case too, which then counts. */
export const proxySettings = {
  httpsProxy: define({
    name: 'HTTPS_PROXY',
    default: '',
    meaning: 'the proxy for https: requests; https_proxy counts before it',
    rule: PROXY_RULE,
    schema: proxy,
  }),
  httpProxy: define({
    name: 'HTTP_PROXY',
    default: '',
    meaning: 'the proxy for http: requests; http_proxy counts before it',
    rule: PROXY_RULE,
    schema: proxy,
  }),
  allProxy: define({
    name: 'ALL_PROXY',
    default: '',
    meaning:
      'the proxy for requests for which no other is named; all_proxy counts before it. That of a SOCKS proxy is ignored beside HTTPS_PROXY',
    rule: PROXY_RULE,
    schema: v.pipe(
      v.string(),
      v.check((text) => text === '' || isSocks(text) || parseProxy(text) !== undefined),
      v.transform(parseProxy),
    ),
  }),
  noProxy: define({
    name: 'NO_PROXY',
    default: '',
    meaning:
      'hosts that are called without a proxy: names (with their subdomains), addresses, CIDR ranges, or *; no_proxy counts before it',
    rule: 'items without a semicolon, separated by commas or spaces',
    schema: v.pipe(
      v.string(),
      v.transform((text) => text.split(/[,\s]+/).filter((item) => item !== '')),
      v.check((items) => !items.some(hasSeparator)),
    ),
  }),
} as const
