/** What a function of the zip does with its invocations. Each is the file of a handler: `on-failure.handler`. */
export const ROLES = ['index', 'on-failure', 'mns', 'http'] as const
export type Role = (typeof ROLES)[number]

/** `undefined` if `name` is no role. */
export function parseRole(name: string): Role | undefined {
  return ROLES.find((role) => role === name)
}

/** The role that the name of a function's handler says, such as `mns.handler`; the bridge's for any other name. */
export function roleOfHandler(handler: string): Role {
  return parseRole(handler.split('.', 1)[0] ?? '') ?? 'index'
}
