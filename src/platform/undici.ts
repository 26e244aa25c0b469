/**
 * What the bridge uses of undici. To be imported dynamically, which the package itself is not: a bundler gives the dynamic
 * import of a CommonJS package nothing but `default`.
 */
export { Agent, buildConnector, request } from 'undici'
