import type { Aim, Section, Table } from './section.ts'

/** The page as Markdown; `circumstances` has the date and the machine. */
export function renderPage(sections: readonly Section[], circumstances: readonly string[]): string {
  const aims = sections.flatMap(({ title, aims }) => aims.map((aim) => ({ title, ...aim })))
  return [
    '# Cost and speed of the bridge',
    'Written by `npm run bench`; do not edit by hand. The bridge is compared with the function of [the article](https://developer.aliyun.com/article/740198) (`bench/cold-start/article.py`), which a user would run instead, and with bare Node and Python.',
    circumstances.map((line) => `- ${line}`).join('\n'),
    '## Targets',
    renderTable({
      caption: '',
      head: ['part', 'target', 'measured', 'met'],
      rows: aims.map((aim) => [aim.title, aim.aim, aim.measured, aim.met ? 'yes' : '**no**']),
    }),
    ...aims.filter(({ met }) => !met).map(renderMiss),
    ...sections.flatMap(renderSection),
  ]
    .filter((block) => block !== '')
    .join('\n\n')
}

export function renderSection(section: Section): string[] {
  return [
    `## ${section.title}`,
    ...section.paragraphs,
    ...section.tables.map(renderTable),
    ...Object.keys(section.plots).map((name) => `![${name}](plots/${name}.svg)`),
  ]
}

function renderMiss({ aim, measured, why }: Aim): string {
  return `**Not met: ${aim}.** ${measured}. ${why ?? ''}`
}

function renderTable({ caption, head, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    ...(caption === '' ? [] : [`${caption}:`, '']),
    line(head),
    line(head.map((_, index) => (index === 0 ? '---' : '---:'))),
    ...rows.map(line),
  ].join('\n')
}
