/** Writes line and scatter plots as SVG. The pages need only axes, lines and dots, so there is no library. */

export interface Series {
  readonly name: string
  readonly points: readonly (readonly [x: number, y: number])[]
  readonly as: 'line' | 'dots'
}

export interface Axis {
  readonly label: string
  readonly ticks: readonly (readonly [value: number, text: string])[]
  readonly scale: 'linear' | 'log'
}

export interface Plot {
  readonly title: string
  readonly x: Axis
  readonly y: Axis
  readonly series: readonly Series[]
}

const [WIDTH, HEIGHT] = [760, 420]
const MARGIN = { left: 70, right: 190, top: 40, bottom: 55 }
const INNER = { width: WIDTH - MARGIN.left - MARGIN.right, height: HEIGHT - MARGIN.top - MARGIN.bottom }
/** The palette of Okabe and Ito, which is safe for color-blind readers. */
const COLORS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#000000']

/** Both axes start at their first tick and end at their last one; values beyond are drawn at the edge. */
export function renderPlot({ title, x, y, series }: Plot): string {
  const toX = place(x, MARGIN.left, INNER.width)
  const toY = place(y, MARGIN.top + INNER.height, -INNER.height)
  const bottom = MARGIN.top + INNER.height
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(WIDTH)} ${String(HEIGHT)}" font-family="sans-serif" font-size="12">`,
    `<rect width="${String(WIDTH)}" height="${String(HEIGHT)}" fill="#fff"/>`,
    text(MARGIN.left, 22, title, 'font-size="14" font-weight="bold"'),
    ...x.ticks.map(
      ([value, label]) =>
        `<path d="M${toX(value)} ${String(MARGIN.top)}V${String(bottom)}" stroke="#ddd"/>` +
        text(toX(value), bottom + 18, label, 'text-anchor="middle"'),
    ),
    ...y.ticks.map(
      ([value, label]) =>
        `<path d="M${String(MARGIN.left)} ${toY(value)}h${String(INNER.width)}" stroke="#ddd"/>` +
        text(MARGIN.left - 8, Number(toY(value)) + 4, label, 'text-anchor="end"'),
    ),
    text(MARGIN.left + INNER.width / 2, HEIGHT - 12, x.label, 'text-anchor="middle"'),
    text(
      16,
      MARGIN.top + INNER.height / 2,
      y.label,
      `text-anchor="middle" transform="rotate(-90 16 ${String(MARGIN.top + INNER.height / 2)})"`,
    ),
    ...series.map((one, index) => renderSeries(one, COLORS[index % COLORS.length] ?? '#000', toX, toY)),
    ...series.map(({ name }, index) => {
      const at = MARGIN.top + 12 + index * 18
      const color = COLORS[index % COLORS.length] ?? '#000'
      return (
        `<rect x="${String(WIDTH - MARGIN.right + 14)}" y="${String(at - 9)}" width="12" height="10" fill="${color}"/>` +
        text(WIDTH - MARGIN.right + 32, at, name)
      )
    }),
    '</svg>\n',
  ].join('\n')
}

type Place = (value: number) => string

function place({ ticks, scale }: Axis, from: number, length: number): Place {
  const values = ticks.map(([value]) => value)
  const stretch = (value: number): number => (scale === 'log' ? Math.log(value) : value)
  const [low, high] = [Math.min(...values), Math.max(...values)]
  return (value) => {
    const inside = Math.min(high, Math.max(low, value))
    return (from + ((stretch(inside) - stretch(low)) / (stretch(high) - stretch(low))) * length).toFixed(1)
  }
}

function renderSeries({ points, as }: Series, color: string, toX: Place, toY: Place): string {
  if (as === 'dots')
    return points.map(([x, y]) => `<circle cx="${toX(x)}" cy="${toY(y)}" r="4.5" fill="${color}"/>`).join('')
  const path = points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${toX(x)} ${toY(y)}`).join('')
  return `<path d="${path}" fill="none" stroke="${color}" stroke-width="2"/>`
}

function text(x: number | string, y: number, content: string, attributes = ''): string {
  const escaped = content.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `<text x="${String(x)}" y="${String(y)}" ${attributes}>${escaped}</text>`
}
