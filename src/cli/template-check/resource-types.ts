/** What a cloud's specification says of a resource type. */
export interface ResourceType {
  readonly properties: readonly string[]
  readonly required: readonly string[]
  readonly attributes: readonly string[]
}

/** Resource types by name, from a text with one per line: its name, its properties (`!`: required), its attributes. */
export class ResourceTypes {
  readonly #lines: ReadonlyMap<string, string>

  constructor(list: string) {
    const lines = list.split('\n').filter((line) => line !== '')
    this.#lines = new Map(lines.map((line) => [line.slice(0, line.indexOf(' ')), line]))
  }

  get names(): readonly string[] {
    return [...this.#lines.keys()]
  }

  get(name: string): ResourceType | undefined {
    const [, properties = '', attributes = ''] = this.#lines.get(name)?.split(' ') ?? []
    if (!this.#lines.has(name)) return undefined
    const all = namesIn(properties)
    return {
      properties: all.map((one) => one.replace('!', '')),
      required: all.filter((one) => one.endsWith('!')).map((one) => one.slice(0, -1)),
      attributes: namesIn(attributes),
    }
  }
}

/** Loads a list of types with the first template that needs it: the lists are large. */
export function loadedOnce(load: () => Promise<string>): () => Promise<ResourceTypes> {
  let loaded: ResourceTypes | undefined
  return async () => (loaded ??= new ResourceTypes(await load()))
}

function namesIn(text: string): string[] {
  return text === '' ? [] : text.split(',')
}
