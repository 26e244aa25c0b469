import { formsOf } from './secret-forms.ts'
import { SecretMatcher, type Span } from './secret-matcher.ts'

/** With more secrets, building a matcher is not attempted. */
const MOST_SECRETS = 2 ** 17
/** The estimated total length of a value's forms, relative to the value. */
const FORMS_LENGTH = 2
/** Shorter ones are searched for as they are: in other letters they could be ordinary words. */
const SHORTEST_IN_ANY_CASE = 12

/** Finds secrets: as they are, and those of at least twelve characters also where capital letters are small ones or the reverse. */
export class SecretIndex {
  readonly #exact: SecretMatcher
  /** Of texts in small letters, to search a text in small letters. */
  readonly #small: SecretMatcher | undefined

  private constructor(exact: SecretMatcher, small: SecretMatcher | undefined) {
    this.#exact = exact
    this.#small = small
  }

  /** `undefined` if the secrets are too many or too long. */
  static of(values: ReadonlySet<string>): SecretIndex | undefined {
    if (values.size > MOST_SECRETS) return undefined
    const [exactLength, smallLength] = expectedLengths(values)
    const exact = SecretMatcher.of(formsWith(values, false), exactLength)
    const small = smallLength === 0 ? undefined : SecretMatcher.of(formsWith(values, true), smallLength)
    if (exact === undefined || (small === undefined && smallLength > 0)) return undefined
    return new SecretIndex(exact, small)
  }

  /** As `SecretMatcher.spansIn`, but in no order. */
  spansIn(
    units: Uint16Array,
    options: { readonly shortest?: number; readonly cut?: number | undefined },
  ): Span[] {
    const spans = this.#exact.spansIn(units, options)
    if (this.#small !== undefined)
      for (const span of this.#small.spansIn(inSmallLetters(units), options)) spans.push(span)
    return spans
  }
}

function expectedLengths(values: ReadonlySet<string>): readonly [exact: number, small: number] {
  let [exact, small] = [0, 0]
  for (const value of values)
    if (countsInAnyCase(value)) small += value.length * FORMS_LENGTH
    else exact += value.length * FORMS_LENGTH
  return [exact, small]
}

function* formsWith(values: ReadonlySet<string>, inAnyCase: boolean): Generator<string> {
  for (const value of values) {
    const isLong = countsInAnyCase(value)
    if (inAnyCase && !isLong) continue
    for (const written of inAnyCase ? capitalAndSmall(value) : [value])
      for (const form of formsOf(written))
        if ((isLong && countsInAnyCase(form)) === inAnyCase)
          yield inAnyCase ? form.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase()) : form
  }
}

/** Of letters that are not in ASCII, a text is searched for its own, the capital and the small ones. */
function capitalAndSmall(value: string): readonly string[] {
  return /[^\x00-\x7f]/.test(value) ? [value, value.toUpperCase(), value.toLowerCase()] : [value]
}

function countsInAnyCase(form: string): boolean {
  return form.length >= SHORTEST_IN_ANY_CASE && /[A-Za-z]/.test(form)
}

/** With the letters of ASCII only: others may change their length. */
function inSmallLetters(units: Uint16Array): Uint16Array {
  return units.map((unit) => (unit >= 65 && unit <= 90 ? unit + 32 : unit))
}
