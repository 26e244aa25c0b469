import type { JsonObject } from '../../platform/json.ts'
import type { Reference } from '../ros-template/references.ts'
import { error, type Finding } from '../validate/finding.ts'
import type { Dialect } from './dialect.ts'
import { entriesOf } from './sections.ts'
import type { Spelling } from './spelling.ts'

/** Finds functions that refer to a name that the template does not have; each name once for each place. */
export function missingNames(
  document: JsonObject,
  references: readonly Reference[],
  { named, pseudo }: Dialect,
  { outside, spelling }: { readonly outside: ReadonlySet<string>; readonly spelling: Spelling },
): Finding[] {
  const names = named.flatMap((section) => entriesOf(document[section]).map(([name]) => name))
  const known = new Set(names)
  if (names.some((name) => name.startsWith('Fn::'))) return []
  const isKnown = (name: string) => name.startsWith(pseudo) || known.has(withoutIndex(name))
  const reported = new Set<string>()
  return references.flatMap(({ name, path }) => {
    const key = `${path} ${name}`
    if (isKnown(name) || reported.has(key)) return []
    reported.add(key)
    return [
      error(
        path,
        `refers to ${name}, which is neither a parameter nor a resource of this template${outside.has(name) ? OUTSIDE : spelling.hint(name, names)}`,
      ),
    ]
  })
}

/** What to do where a name is the other template's. */
export const OUTSIDE = ', but of the ROS template around it: give its value in Stack.Parameters'

/** `A` for `A[0]`, an instance of a resource with `Count`. */
export function withoutIndex(name: string): string {
  return name.endsWith(']') ? (name.split('[', 1)[0] ?? '') : name
}
