/** A problem with one property. It never contains the property's value, which may be a secret. */
export interface PropertyProblem {
  /** For example `Stack.Parameters.Size`; empty for the properties as a whole. */
  readonly path: string
  /** What is wrong and what would be right, for example `must be a string or a map, but is a number`. */
  readonly problem: string
  /** The environment causes the problem: an earlier request may have made a stack with the same properties. */
  readonly isOfEnvironment?: boolean
}
