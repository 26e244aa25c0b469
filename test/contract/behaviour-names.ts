/** What every provider has to show; the contract's table has a line for each. */
export const BEHAVIOURS = [
  'a Create makes one stack and answers with its outputs',
  'the same Create delivered twice makes one stack and one answer',
  'a Create delivered again after its Delete makes nothing',
  'an operation is seen to its end by calls of the function that look once each',
  'a second Create of the same resource adopts its stack',
  "a stranger's stack of that name is named, and never touched",
  'an Update changes the stack',
  'an Update without a change is SUCCESS',
  'an Update that fails is FAILED, and the one that takes it back SUCCESS',
  'a Create that fails is FAILED with the cause',
  'a Create that fails and is rolled back is FAILED with the cause',
  'a Delete removes the stack',
  'a Delete of what is gone is SUCCESS',
  'a Delete without an id finds the stack of a failed Create',
  'a stack that takes too long is FAILED with its status before the time is up',
  'a cloud that fails for a while is waited out',
] as const

export type Behaviour = (typeof BEHAVIOURS)[number]
