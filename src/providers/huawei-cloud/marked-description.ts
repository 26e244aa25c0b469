import * as v from 'valibot'

/** A description that has room for `marks`, and none of their texts. `longest`: characters; `purpose`: of the others. */
export function markedDescription(longest: number, purpose: string, marks: readonly string[], rule: string) {
  return v.pipe(
    v.string('must be a string'),
    v.maxLength(
      longest,
      `must be at most ${String(longest)} characters long: RFS takes 1024, and the rest is for ${purpose}`,
    ),
    v.check((given) => marks.every((mark) => !given.includes(mark)), rule),
  )
}
