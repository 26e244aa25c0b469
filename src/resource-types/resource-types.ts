/** What a cloud's specification says of a resource type. */
export interface ResourceType {
  readonly properties: readonly string[]
  readonly required: readonly string[]
  /** A change of one of these replaces the resource. */
  readonly replacing: ReadonlySet<string>
  /** A change of one of these replaces the resource, or does not: that depends on the resource. */
  readonly mayReplace: ReadonlySet<string>
  /** The cloud refuses a change of one of these. */
  readonly immutable: ReadonlySet<string>
  readonly attributes: readonly string[]
}

/**
 * Resource types by name, from a text with one per line: its name, its properties, its attributes. Marks follow the name of a
 * property: `!` required, `^` replacing, `?` may replace, `=` immutable.
 */
export class ResourceTypes {
  readonly #lines: ReadonlyMap<string, string>
  readonly #read = new Map<string, ResourceType>()

  constructor(list: string) {
    const lines = list.split('\n').filter((line) => line !== '')
    this.#lines = new Map(lines.map((line) => [line.slice(0, line.indexOf(' ')), line]))
  }

  get names(): readonly string[] {
    return [...this.#lines.keys()]
  }

  get(name: string): ResourceType | undefined {
    const line = this.#lines.get(name)
    const known = this.#read.get(name)
    if (line === undefined || known !== undefined) return known
    const read = resourceTypeIn(line)
    this.#read.set(name, read)
    return read
  }
}

function resourceTypeIn(line: string): ResourceType {
  const [, properties = '', attributes = ''] = line.split(' ')
  const all = namesIn(properties).map((one) => /^([^!^?=]+)([!^?=]*)$/.exec(one) ?? [])
  const marked = (mark: string): string[] =>
    all.flatMap(([, property = '', marks = '']) => (marks.includes(mark) ? [property] : []))
  return {
    properties: all.flatMap(([, property = '']) => property),
    required: marked('!'),
    replacing: new Set(marked('^')),
    mayReplace: new Set(marked('?')),
    immutable: new Set(marked('=')),
    attributes: namesIn(attributes),
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
