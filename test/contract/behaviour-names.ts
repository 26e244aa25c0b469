/** The behaviours that every provider must have; the contract's table has a line for each. */
export const BEHAVIOURS = [
  'a Create makes one stack and answers with its outputs',
  'a Create that is delivered twice makes one stack and one answer',
  'a Create that is delivered again after its Delete makes no stack',
  'an operation completes through invocations that poll once each',
  'a second Create of the same resource adopts its stack',
  "another owner's stack with the same name is named in the reason and not changed",
  'a stack without a mark is adopted only if OnExisting asks for it and the operator allows it',
  'a Create with TakeOverFrom moves the stack of exactly that owner, and changes nothing but the mark',
  'a plan of a Create tells whose stack it would take over, and changes nothing',
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
  'doctor checks for a read-only resource what it needs, and changes nothing',
  'a Delete of a read-only resource that lost its mode makes no call',
  'an Update cannot switch between managed and read-only',
  'a Delete with OnDelete retain leaves the stack, and a failed Create is cleaned up all the same',
  'a plan tells what a Create would make, and makes nothing',
  'a plan tells what an Update would change and replace, and changes nothing',
  'an Update that its policy refuses is FAILED with the list, and changes nothing',
  'a take-over that its policy refuses is FAILED with the list, and changes nothing',
  'drift that the cloud detects is listed, and an Update mends it',
  'an Update with OnDrift tells the drift in its outputs, or is FAILED with the list',
  'a diagnosis lists what failed with its events in order, and changes nothing',
  'calls to a cloud that fails for a while are retried',
] as const

export type Behaviour = (typeof BEHAVIOURS)[number]

/** What only the command line does: the bundle of the function leaves it out. test/cli runs it on the built command line. */
const OF_THE_COMMAND_LINE: readonly Behaviour[] = [
  'doctor checks for a read-only resource what it needs, and changes nothing',
  'a diagnosis lists what failed with its events in order, and changes nothing',
]

/** `onBundle`: of the function's bundle, instead of the sources. */
export function behavioursOf(onBundle: boolean): readonly Behaviour[] {
  return onBundle ? BEHAVIOURS.filter((one) => !OF_THE_COMMAND_LINE.includes(one)) : BEHAVIOURS
}
