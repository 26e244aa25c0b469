/** Takes what an embedded cloud says of itself, not in the voice of the cloud that it stands for. */
export type NoteSink = (note: string) => void

/** Tells each note once: a stack is read many times. */
export function onceEach(sink: NoteSink): NoteSink {
  const reported = new Set<string>()
  return (note) => {
    if (reported.has(note)) return
    reported.add(note)
    sink(note)
  }
}
