import type { LineOptions } from './line-options.ts'
import { indented, row, widthOf, type Cell } from './text-layout.ts'

/** What plan, drift and diagnose show alike. */

/** Columns before what belongs to the line above. */
export const INDENTATION = 6

/** The first line on a stack: the command, the resource, and what the answer is about. */
export function headLine(
  command: string,
  { resource, resourceType }: { readonly resource: string; readonly resourceType: string },
  { colors, width }: LineOptions,
  ...cells: readonly Cell[]
): string {
  return row(
    [
      { text: command, paint: colors.cyan },
      ...(resource === '' ? [] : [{ text: resource, paint: colors.bold, shortens: true }]),
      { text: resourceType, paint: colors.dim, optional: 1 },
      ...cells,
    ],
    width,
  )
}

/** Texts below the line that they belong to. */
export function notesBelow(notes: readonly string[], { width }: LineOptions): string[] {
  return notes.flatMap((note) => indented(`note: ${note}`, INDENTATION, width))
}

interface ListedResource {
  readonly resource: string
  readonly type: string
  readonly physicalId?: string | undefined
  /** Their names. */
  readonly properties?: readonly string[] | undefined
}

/** One line for each resource, with the names below each other. `cells`: what comes before, and after. */
export function resourceLines<Resource extends ListedResource>(
  resources: readonly Resource[],
  { colors, width }: LineOptions,
  cells: (resource: Resource) => { readonly sign: Cell; readonly end?: readonly Cell[] },
): string[] {
  const column = Math.max(0, ...resources.map(({ resource }) => widthOf(resource)))
  return resources.map((one) => {
    const { sign, end = [] } = cells(one)
    const { resource, type, physicalId, properties } = one
    return row(
      [
        sign,
        { text: resource, column, shortens: true },
        { text: type, paint: colors.dim, optional: 2 },
        ...physicalIdCell(physicalId, colors.dim),
        ...(properties === undefined
          ? []
          : [{ text: `(${properties.join(', ')})`, optional: 1, shortens: true }]),
        ...end,
      ],
      width,
    )
  })
}

/** A resource that is not made yet has no id. */
export function physicalIdCell(id: string | undefined, paint: (text: string) => string): Cell[] {
  return id === undefined ? [] : [{ text: id, paint, optional: 3, shortens: true }]
}
