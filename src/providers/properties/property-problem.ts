/** One property that is not as it should be. Never holds the property's value: it may be a secret. */
export interface PropertyProblem {
  /** For example `Stack.Parameters.Size`; empty for the properties as a whole. */
  readonly path: string
  /** What is wrong and what would be right, for example `must be a string or a map, but is a number`. */
  readonly problem: string
}
