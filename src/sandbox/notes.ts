/** Receives what an embedded cloud says as the sandbox, and not as the real cloud would. */
export type NoteSink = (note: string) => void

/** Passes each note on once, since a stack is read many times. */
export function onceEach(sink: NoteSink): NoteSink {
  const reported = new Set<string>()
  return (note) => {
    if (reported.has(note)) return
    reported.add(note)
    sink(note)
  }
}
