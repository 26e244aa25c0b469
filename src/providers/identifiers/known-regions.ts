import { nearest } from '../../platform/nearest-name.ts'

/** The regions that a vendor's documents list, and the properties that name them. */
export interface KnownRegions {
  /** Each as its path; the value is a region or a list of regions. */
  readonly properties: readonly (readonly string[])[]
  readonly names: readonly string[]
}

/**
 * A warning about a region that has the form of one and is on no list: it may be misspelt, or newer than the list.
 * `undefined` where there is nothing to say.
 */
export function unknownRegion(region: string, known: KnownRegions): string | undefined {
  return known.names.includes(region)
    ? undefined
    : `is no region that Stackbridge knows${suggestedRegion(region, known)}`
}

/** `; did you mean …?`, or nothing where no region of the list is near. */
export function suggestedRegion(region: string, { names }: KnownRegions): string {
  const near = nearest(region, names)
  return near === undefined ? '' : `; did you mean ${near}?`
}
