/** The value that a map has under a name that a user gave: `toString` is no entry of an empty one. */
export function ownValue<Value>(map: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined
}
