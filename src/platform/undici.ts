/**
 * The parts of undici that the bridge uses. Import this module dynamically, never the package: in a bundle, the dynamic
 * import of a CommonJS package has only `default`.
 */
export { Agent, buildConnector, request } from 'undici'
