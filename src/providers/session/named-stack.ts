/** The stack that ROS's id names, or else the one that has the name of the properties. */
export type NamedStack<Id> =
  { readonly by: 'id'; readonly id: Id } | { readonly by: 'name'; readonly name: string }

/** `nameOf`: the name that the properties give, or the one that the bridge derives. */
export function namedStack<Id>(id: Id | undefined, nameOf: () => string): NamedStack<Id> {
  return id === undefined ? { by: 'name', name: nameOf() } : { by: 'id', id }
}
