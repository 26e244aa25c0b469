import * as v from 'valibot'
import { bridgeEntries } from './bridge-properties.ts'
import { names } from './value-schemas.ts'

/** All properties of a service that has stacks: the bridge's, those of the connection, `Stack`, and the service's own. */
export function stackSchema<
  const Connection extends v.ObjectEntries,
  const Stack extends v.GenericSchema<unknown, unknown>,
  const Own extends v.ObjectEntries,
>(connection: Connection, stack: Stack, own: Own) {
  return v.strictObject({
    ...bridgeEntries,
    ...connection,
    Stack: stack,
    ...own,
    SecretParameters: v.optional(names),
  })
}

/**
 * The properties that a Delete or a followed operation needs: where the stack is. All others may be invalid or missing,
 * since the stack must be deleted all the same. The entries of `own` and `stack` are made with `ifValid`.
 */
export function existingSchema<
  const Connection extends v.ObjectEntries,
  const Own extends v.ObjectEntries,
  const Stack extends v.ObjectEntries,
>(connection: Connection, stack: Stack, own: Own) {
  const Stack = v.object(stack)
  return v.object({
    ...connection,
    ...existingEntries,
    ...own,
    Stack: v.fallback(Stack, () => v.parse(Stack, {})),
  })
}

/** What the bridge itself needs of them. */
export const existingEntries = {
  Timeout: v.fallback(bridgeEntries.Timeout, undefined),
  StoredOutputs: v.fallback(bridgeEntries.StoredOutputs, undefined),
}

/** An invalid value counts as not given. */
export function ifValid<const Schema extends v.GenericSchema<unknown, unknown>>(schema: Schema) {
  return v.fallback(v.optional(schema), undefined)
}
