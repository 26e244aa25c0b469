import { nearest } from '../properties/property-schema.ts'

/** The regions that a vendor's documents list, and the property that names one. */
export interface KnownRegions {
  readonly property: string
  readonly names: readonly string[]
}

/**
 * A warning about a region that has the form of one and is on no list: it may be misspelt, or newer than the list.
 * `undefined` where there is nothing to say.
 */
export function unknownRegion(region: string, { names }: KnownRegions): string | undefined {
  if (names.includes(region)) return undefined
  const near = nearest(region, names)
  return `is no region that Stackbridge knows${near === undefined ? '' : `; did you mean ${near}?`}`
}
