/** The behaviours that every provider must have; the contract's table has a line for each. */
export const BEHAVIOURS = [
  'a Create makes one stack and answers with its outputs',
  'a Create that is delivered twice makes one stack and one answer',
  'a Create that is delivered again after its Delete makes no stack',
  'an operation completes through invocations that poll once each',
  'a second Create of the same resource adopts its stack',
  "another owner's stack with the same name is named in the reason and not changed",
  'a stack without a mark is adopted only if OnExisting asks for it and the operator allows it',
  'an Update changes the stack',
  'an Update without a change is SUCCESS',
  'an Update that fails is FAILED, and the Update that reverts it is SUCCESS',
  'a Create that fails is FAILED with the cause',
  'a Create that fails and is rolled back is FAILED with the cause',
  'a Delete removes the stack',
  'a Delete of a deleted stack is SUCCESS',
  'a Delete without an id finds the stack of a failed Create',
  'a stack that takes too long is FAILED with its status before the deadline',
  'endpoints and ResponseURLs without TLS are warned of in the log, once an event',
  'a number arrives as it was written',
  "a read-only resource answers with the outputs of another's stack, and its Delete leaves the stack",
  'a read-only resource waits for an operation on the stack if OnBusy asks for it, else it is FAILED',
  'a Delete of a read-only resource that lost its mode makes no call',
  'an Update cannot switch between managed and read-only',
  'a Delete with OnDelete retain leaves the stack, and a failed Create is cleaned up all the same',
  'calls to a cloud that fails for a while are retried',
] as const

export type Behaviour = (typeof BEHAVIOURS)[number]
