import yoctocolors from 'yoctocolors'

type Paint = (text: string) => string

export interface Colors {
  readonly bold: Paint
  readonly dim: Paint
  readonly red: Paint
  readonly green: Paint
  readonly yellow: Paint
  readonly cyan: Paint
}

const plain: Paint = (text) => text

export function createColors(colored: boolean): Colors {
  if (!colored) return { bold: plain, dim: plain, red: plain, green: plain, yellow: plain, cyan: plain }
  const { bold, dim, red, green, yellow, cyan } = yoctocolors
  return { bold, dim, red, green, yellow, cyan }
}
