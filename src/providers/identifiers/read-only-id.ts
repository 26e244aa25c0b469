const SCHEME = 'read-only:'
const FORM = /^read-only:(\w+):[0-9a-f]{24}$/

/**
 * The PhysicalResourceId of a resource that only reads: it names the ROS resource and no stack, so that no Delete can find a
 * stack by it, whatever its properties are. `owner`: the digest of the ROS resource.
 */
export function formatReadOnlyId(provider: string, owner: string): string {
  return `${SCHEME}${provider}:${owner}`
}

/** Whether the text begins like such an id. ROS makes up no such id. */
export function isReadOnlyId(physicalResourceId: string): boolean {
  return physicalResourceId.startsWith(SCHEME)
}

/** The provider that wrote the id; `undefined` for any other text. */
export function readerOf(physicalResourceId: string): string | undefined {
  return FORM.exec(physicalResourceId)?.[1]
}
